/** An encoder whose one space both languages share, made of an English and a Chinese encoder. */
import { embeddingOf } from '../../domain/embedding.ts'
import type { EncodeOptions, Encoder } from '../../encoder/encoder.ts'
import { bagOf, chineseGloss, englishGloss, simple } from './lexicon.ts'
import { type Encoded, type SharedHead, type SharedLanguage, sharedVector } from './shared-space.ts'

export interface SharedEncoderParts {
  /** Changes whenever the head or an encoder does: vectors of two cannot be compared. */
  readonly space: string
  readonly head: SharedHead
  /** Closed with this one. */
  readonly chinese: Encoder
  readonly english: Encoder
}

const han = /\p{Script=Han}/gu
const letters = /\p{L}/gu

/** A Chinese character says about as much as a word, so a fifth of the letters is enough. */
export function sharedLanguageOf(text: string): SharedLanguage {
  const start = text.slice(0, 2_000)
  const count = start.match(han)?.length ?? 0
  return count > 0 && count >= 0.2 * (start.match(letters)?.length ?? 0) ? 'zh' : 'en'
}

export function sharedEncoder({ space, head, chinese, english }: SharedEncoderParts): Encoder {
  const { lexicon } = head

  function embed(text: string, language: SharedLanguage, encoded: Encoded) {
    // What no encoder sees anything in is no text.
    if (!encoded.chinese && !encoded.english) return undefined
    const views = { ...encoded, words: bagOf(lexicon, text) }
    return embeddingOf(space, sharedVector(head, language, views))
  }

  return {
    name: 'shared',
    spaces: [space],
    async encode(texts, options: EncodeOptions = {}) {
      const { onProgress, signal } = options
      const plain = texts.map((text) => simple(lexicon, text.slice(0, 4_000)))
      const languages = plain.map(sharedLanguageOf)
      const inEnglish = plain.map((text, n) =>
        languages[n] === 'zh' ? englishGloss(lexicon, text) : text,
      )
      // The Chinese encoder reads English texts a second time, as glosses, after all the others.
      const glossed = [...plain.keys()].filter((n) => languages[n] === 'en')
      const inChinese = [...plain, ...glossed.map((n) => chineseGloss(lexicon, plain[n]!))]
      const places = new Map(glossed.map((n, at) => [n, plain.length + at]))
      // Both run at once, each in its own workers; the slower one says how far the whole is.
      const done = [0, 0]
      const tell = (which: number, all: number) => (count: number) => {
        done[which] = Math.floor((count / all) * plain.length)
        onProgress?.(Math.min(...done))
      }
      const [own, read] = await Promise.all([
        chinese.encode(inChinese, { signal, onProgress: tell(0, inChinese.length) }),
        english.encode(inEnglish, { signal, onProgress: tell(1, plain.length) }),
      ])
      return plain.map((text, n) =>
        embed(text, languages[n]!, {
          chinese: own[n]?.values,
          gloss: own[places.get(n) ?? -1]?.values,
          english: read[n]?.values,
        }),
      )
    },
    async close() {
      await Promise.all([chinese.close(), english.close()])
    },
  }
}
