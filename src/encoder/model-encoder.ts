/**
 * What all encoders with a model share: texts are cleaned, looked up in the cache, sent once each to
 * the model that suits them, and put back in order.
 */
import { type Embedding, embeddingOf } from '../domain/embedding.ts'
import { cleanText } from './clean-text.ts'
import { createEmbeddingCache } from './embedding-cache.ts'
import type { Encoder } from './encoder.ts'

/** One model, wherever it runs. */
export interface VectorSource {
  readonly space: string
  /** Of one text; the model would cut the rest away. */
  readonly maxCharacters: number
  /**
   * One vector per text, in order, each handed to `onVector` as soon as it is there; `undefined`
   * when the model sees nothing in a text.
   */
  vectors(texts: readonly string[], options: VectorOptions): Promise<void>
  close(): Promise<void>
}

export interface VectorOptions {
  readonly signal?: AbortSignal | undefined
  onVector(index: number, vector: ArrayLike<number> | undefined): void
}

interface ModelEncoderParts {
  readonly name: string
  readonly sources: readonly [VectorSource, ...VectorSource[]]
  /** Which source suits a clean text. Default: the first. */
  readonly choose?: (text: string) => VectorSource
  /** Number of embeddings kept; at 384 components 20,000 take some 15 MB. */
  readonly cacheSize?: number
}

interface Wanted {
  readonly source: VectorSource
  readonly text: string
  readonly key: string
  /** Where the text stands among those given; more than once for a repeated text. */
  readonly places: number[]
}

export function createModelEncoder(parts: ModelEncoderParts): Encoder {
  const { name, sources, choose = () => sources[0], cacheSize = 20_000 } = parts
  const cache = createEmbeddingCache(cacheSize)
  const maxCharacters = Math.max(...sources.map((source) => source.maxCharacters))

  function want(texts: readonly string[]): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>()
    for (const [place, given] of texts.entries()) {
      const text = cleanText(given, maxCharacters)
      if (text === '') continue
      const source = choose(text)
      const key = cache.keyOf(source.space, text)
      const known = wanted.get(key)
      if (known) known.places.push(place)
      else wanted.set(key, { source, text, key, places: [place] })
    }
    return wanted
  }

  return {
    name,
    spaces: sources.map((source) => source.space),
    async encode(texts, { signal, onProgress } = {}) {
      signal?.throwIfAborted()
      const embeddings: (Embedding | undefined)[] = texts.map(() => undefined)
      const missing: Wanted[] = []
      const wanted = want(texts)
      let done = texts.length
      for (const { places } of wanted.values()) done -= places.length
      function settle({ places }: Wanted, embedding: Embedding | undefined): void {
        for (const place of places) embeddings[place] = embedding
        done += places.length
      }
      for (const one of wanted.values()) {
        const known = cache.get(one.key)
        if (known) settle(one, known)
        else missing.push(one)
      }
      if (done > 0 || texts.length === 0) onProgress?.(done)
      await Promise.all(
        sources.map(async (source) => {
          const own = missing.filter((one) => one.source === source)
          if (own.length === 0) return
          await source.vectors(
            own.map(({ text }) => text),
            {
              signal,
              onVector(index, vector) {
                const one = own[index]
                if (!one) return
                const embedding = vector && directionOf(source.space, vector)
                if (embedding) cache.put(one.key, embedding)
                settle(one, embedding)
                onProgress?.(done)
              },
            },
          )
        }),
      )
      return embeddings
    },
    async close() {
      await Promise.all(sources.map((source) => source.close()))
    },
  }
}

function directionOf(space: string, vector: ArrayLike<number>): Embedding | undefined {
  for (let d = 0; d < vector.length; d++) {
    if (vector[d] !== 0) return embeddingOf(space, vector)
  }
  return undefined
}
