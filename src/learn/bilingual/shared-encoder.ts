/** An encoder whose one space both languages share, made of an English and a Chinese encoder. */
import { type Embedding, embeddingOf } from '../../domain/embedding.ts'
import type { EncodeOptions, Encoder } from '../../encoder/encoder.ts'
import { glossOf } from './lexicon.ts'
import { type SharedHead, type SharedLanguage, sharedVector, wordsOf } from './shared-space.ts'

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
  const { simplified } = head.lexicon
  const simple = (text: string): string =>
    text.replace(/[\u3400-\u4dbf\u4e00-\u9fff]/g, (sign) => simplified.get(sign) ?? sign)

  function embed(text: string, own: Embedding | undefined, gloss: Embedding | undefined) {
    // What neither encoder sees anything in is no text.
    if (!own && !gloss) return undefined
    const words = wordsOf(head, text)
    const views = { chinese: own?.values, english: gloss?.values, words }
    return embeddingOf(space, sharedVector(head, sharedLanguageOf(text), views))
  }

  return {
    name: 'shared',
    spaces: [space],
    async encode(texts, options: EncodeOptions = {}) {
      const { onProgress, signal } = options
      const plain = texts.map((text) => simple(text.slice(0, 4_000)))
      const glosses = plain.map((text) =>
        sharedLanguageOf(text) === 'zh' ? glossOf(head.lexicon, text) : text,
      )
      // Both run at once, each in its own workers; the slower one says how far the whole is.
      const done = [0, 0]
      const tell = (which: number) => (count: number) => {
        done[which] = count
        onProgress?.(Math.min(...done))
      }
      const [own, read] = await Promise.all([
        chinese.encode(plain, { signal, onProgress: tell(0) }),
        english.encode(glosses, { signal, onProgress: tell(1) }),
      ])
      return plain.map((text, n) => embed(text, own[n], read[n]))
    },
    async close() {
      await Promise.all([chinese.close(), english.close()])
    },
  }
}
