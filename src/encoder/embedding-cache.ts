/** Remembers the embeddings of texts met lately. Keys are hashes, so it holds no readable text. */
import { createHash } from 'node:crypto'
import type { Embedding } from '../domain/embedding.ts'

export interface EmbeddingCache {
  keyOf(space: string, text: string): string
  get(key: string): Embedding | undefined
  put(key: string, embedding: Embedding): void
}

/** @param limit number of embeddings; the one unused for longest leaves first */
export function createEmbeddingCache(limit: number): EmbeddingCache {
  const kept = new Map<string, Embedding>()
  return {
    keyOf: (space, text) => createHash('sha256').update(`${space}\n${text}`).digest('base64'),
    get(key) {
      const embedding = kept.get(key)
      if (embedding) {
        kept.delete(key)
        kept.set(key, embedding)
      }
      return embedding
    },
    put(key, embedding) {
      kept.delete(key)
      kept.set(key, embedding)
      if (kept.size <= limit) return
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    },
  }
}
