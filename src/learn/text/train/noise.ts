/**
 * Noise for training: what is left out, hidden or misspelt changes with every epoch, so that a
 * network learns what a text says and not which words it came with.
 */
import { integer, type Random } from '../../../math/random.ts'
import type { Vocabulary } from '../vocabulary.ts'

export interface NoiseOptions {
  /** Chance of each word to be left out. */
  readonly wordDropout: number
  /** Share of the tokens that are hidden, in spans. */
  readonly spanMask: number
  /** Chance of each word to be misspelt: two letters change places, or one is lost or doubled. */
  readonly charNoise: number
}

/** Mean tokens of a hidden span (SpanBERT draws them longer; posts are short). */
const spanLength = 2

/** @param ids with the special tokens around @returns never empty */
export function withTokenNoise(
  ids: Int32Array,
  { wordDropout, spanMask }: NoiseOptions,
  vocabulary: Vocabulary,
  random: Random,
): Int32Array {
  const kept = wordDropout > 0 ? withoutWords(ids, wordDropout, vocabulary, random) : ids
  return spanMask > 0 ? withHiddenSpans(kept, spanMask, vocabulary, random) : kept
}

function withoutWords(
  ids: Int32Array,
  chance: number,
  vocabulary: Vocabulary,
  random: Random,
): Int32Array {
  const pieces = vocabulary.pieces(ids)
  let isDropped = false
  const kept = ids.filter((id, at) => {
    if (vocabulary.isSpecial(id)) return true
    if (!pieces[at]!.startsWith('##')) isDropped = random() < chance
    return !isDropped
  })
  return kept.some((id) => !vocabulary.isSpecial(id)) ? kept : ids
}

function withHiddenSpans(
  ids: Int32Array,
  share: number,
  vocabulary: Vocabulary,
  random: Random,
): Int32Array {
  const hidden = ids.slice()
  let left = 0
  for (const [at, id] of ids.entries()) {
    if (vocabulary.isSpecial(id)) continue
    if (left === 0 && random() < share / spanLength)
      left = 1 + integer(random, 0, 2 * spanLength - 1)
    if (left === 0) continue
    hidden[at] = vocabulary.ids.mask
    left -= 1
  }
  return hidden
}

/** Words of three letters and more may be misspelt; between Chinese characters two change places. */
export function withCharNoise(text: string, chance: number, random: Random): string {
  if (chance === 0) return text
  return text.replace(/[\p{Script=Latin}\p{M}]{3,}|\p{Script=Han}{3,}/gu, (word) =>
    random() < chance ? misspelt(word, random) : word,
  )
}

function misspelt(word: string, random: Random): string {
  const letters = [...word]
  // The first letter stays: people seldom miss it.
  const at = integer(random, 1, letters.length - 1)
  const way = integer(random, 0, 3)
  if (way === 0) letters.splice(at, 2, letters[at + 1]!, letters[at]!)
  else if (way === 1) letters.splice(at, 1)
  else letters.splice(at, 0, letters[at]!)
  return letters.join('')
}
