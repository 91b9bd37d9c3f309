/**
 * An encoder without a model: words and pieces of words, hashed with a sign into a fixed width
 * (Weinberger et al., ICML 2009). It sees shared wording, not shared meaning.
 */
import { type Embedding, embeddingOf } from '../domain/embedding.ts'
import { cleanText } from './clean-text.ts'
import type { Encoder } from './encoder.ts'

const space = 'hashing@1'
const width = 256
const maxCharacters = 4_096
/** Texts encoded before others get their turn. */
const textsAtOnce = 200

const run =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+)|([\p{L}\p{M}\p{N}]+)|\p{Extended_Pictographic}/gu
const link = /https?:\/\/\S+/giu

export function hashingEncoder(): Encoder {
  return {
    name: 'hashing (no model)',
    spaces: [space],
    async encode(texts, { signal, onProgress } = {}) {
      const embeddings: (Embedding | undefined)[] = []
      signal?.throwIfAborted()
      while (embeddings.length < texts.length) {
        for (const text of texts.slice(embeddings.length, embeddings.length + textsAtOnce)) {
          embeddings.push(encodeText(text))
        }
        onProgress?.(embeddings.length)
        if (embeddings.length < texts.length) await new Promise((next) => setImmediate(next))
        signal?.throwIfAborted()
      }
      return embeddings
    },
    async close() {},
  }
}

function encodeText(given: string): Embedding | undefined {
  const text = cleanText(given, maxCharacters)
  if (text === '') return undefined
  const vector = new Float64Array(width)
  for (const [feature, weight] of featuresOf(text)) {
    const hash = hashOf(feature)
    vector[hash % width] = (vector[hash % width] ?? 0) + (hash & 0x1000 ? weight : -weight)
  }
  const seesNothing = vector.every((component) => component === 0)
  if (seesNothing) vector[hashOf(text) % width] = 1
  return embeddingOf(space, vector)
}

/** What a text has, and how much it says: the root of how often, less for short words. */
function featuresOf(text: string): Map<string, number> {
  const weights = new Map<string, number>()
  const counts = new Map<string, number>()
  function add(feature: string, weight: number): void {
    weights.set(feature, weight)
    counts.set(feature, (counts.get(feature) ?? 0) + 1)
  }
  const folded = text.normalize('NFKC').toLowerCase().replace(link, ' ')
  for (const [piece, dense, word] of folded.matchAll(run)) {
    if (dense) addDense(piece, add)
    else if (word) addWord(piece, add)
    else add(piece, 1)
  }
  for (const [feature, weight] of weights) {
    weights.set(feature, weight * Math.sqrt(counts.get(feature) ?? 1))
  }
  return weights
}

type Add = (feature: string, weight: number) => void

/** Scripts without spaces: pairs of characters are most of the words. */
function addDense(piece: string, add: Add): void {
  const characters = [...piece]
  for (const [n, character] of characters.entries()) {
    add(character, 0.4)
    const next = characters[n + 1]
    if (next !== undefined) add(character + next, 1)
  }
}

/** Threes of characters join `run` and `running`. */
function addWord(piece: string, add: Add): void {
  add(piece, Math.min(1, piece.length / 6))
  const framed = `<${piece.slice(0, 40)}>`
  for (let at = 0; at + 3 <= framed.length; at++) add(`${framed.slice(at, at + 3)}#`, 0.25)
}

/** FNV-1a, then mixed so that the low bits are as good as the high ones. */
function hashOf(feature: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < feature.length; at++) {
    hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
