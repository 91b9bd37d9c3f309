/**
 * One space for Chinese and English texts: three views of a text side by side, each of which both
 * languages have. Two texts are near when the views agree: the cosine is their weighted mean.
 *
 * - `chinese`: the Chinese encoder's vector; of an English text the sum of two, of the text itself
 *   (of which it reads some) and of its Chinese gloss;
 * - `english`: the English encoder's vector, of the text itself or of a Chinese text's English gloss;
 * - `words`: the bag of English stems, folded into few places by signs drawn from a hash.
 */
import type { Lexicon } from './lexicon.ts'

export const sharedLanguages = ['zh', 'en'] as const
export type SharedLanguage = (typeof sharedLanguages)[number]

export const sharedViews = ['chinese', 'english', 'words'] as const
export type View = (typeof sharedViews)[number]

/** What all texts of a language have in common, taken out of each: means of unit vectors. */
export interface Means {
  /** Of the Chinese encoder's vectors of the texts themselves. */
  readonly chinese: Float32Array
  /** Of its vectors of their Chinese glosses: of English texts alone. */
  readonly gloss?: Float32Array | undefined
  readonly english: Float32Array
}

export interface SharedHead {
  readonly lexicon: Lexicon
  readonly means: Readonly<Record<SharedLanguage, Means>>
  /** How much a view counts in the cosine; above 0. */
  readonly weights: Readonly<Record<View, number>>
}

/** Places of the folded bag: two texts without a common word seem 1 / √places alike by chance. */
export const wordPlaces = 512
const signsPerStem = 8

/** What the encoders say of a text, of any length; what says nothing is left out. */
export interface Encoded {
  readonly chinese?: ArrayLike<number> | undefined
  readonly gloss?: ArrayLike<number> | undefined
  readonly english?: ArrayLike<number> | undefined
}

/** A text as the shared space needs it. */
export interface Views extends Encoded {
  readonly words: ReadonlyMap<string, number>
}

export function widthOf({ means }: Pick<SharedHead, 'means'>): number {
  return means.zh.chinese.length + means.zh.english.length + wordPlaces
}

/** Where a view lies in a shared vector: from, to. */
export function placesOf({ means }: Pick<SharedHead, 'means'>, view: View): [number, number] {
  const chinese = means.zh.chinese.length
  const english = chinese + means.zh.english.length
  if (view === 'chinese') return [0, chinese]
  return view === 'english' ? [chinese, english] : [english, english + wordPlaces]
}

/** [chinese | english | words], of length one; all zeros for a text in which nothing was seen. */
export function sharedVector(
  head: SharedHead,
  language: SharedLanguage,
  views: Views,
): Float32Array {
  const { weights } = head
  const { chinese, gloss, english } = head.means[language]
  const out = new Float32Array(widthOf(head))
  const place = (view: View, part: Float32Array): void => {
    put(out, placesOf(head, view)[0], part, weights[view])
  }
  const [own, other] = [less(chinese, views.chinese), less(gloss, views.gloss)]
  place('chinese', toUnit(own.map((value, d) => value + (other[d] ?? 0))))
  place('english', less(english, views.english))
  place('words', folded(views.words))
  return toUnit(out)
}

/** What is left of a vector's direction without a mean, of length one; zeros for no vector. */
function less(mean: Float32Array = new Float32Array(), values?: ArrayLike<number>): Float32Array {
  if (!values) return new Float32Array(mean.length)
  const unit = toUnit(Float32Array.from(values))
  return toUnit(mean.map((value, d) => unit[d]! - value))
}

/** Feature hashing (Weinberger et al., ICML 2009) with several places a stem. [wordPlaces], unit */
export function folded(bag: ReadonlyMap<string, number>): Float32Array {
  const out = new Float32Array(wordPlaces)
  for (const [stem, weight] of bag) {
    let state = hashOf(stem)
    for (let sign = 0; sign < signsPerStem; sign++) {
      state = next(state)
      out[(state >>> 8) % wordPlaces]! += (state & 1) === 0 ? weight : -weight
    }
  }
  return toUnit(out)
}

/** FNV-1a over the code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

/** One step of a mixing generator (mulberry32). */
function next(state: number): number {
  const moved = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(moved ^ (moved >>> 15), moved | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}

function put(out: Float32Array, start: number, part: Float32Array, weight: number): void {
  // Both sides carry the root, so that the cosine counts the view by its weight.
  const scale = Math.sqrt(weight)
  for (let d = 0; d < part.length; d++) out[start + d] = scale * part[d]!
}

export function toUnit(x: Float32Array): Float32Array {
  let squares = 0
  for (const value of x) squares += value * value
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let d = 0; d < x.length; d++) x[d]! *= scale
  return x
}
