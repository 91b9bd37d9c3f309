import { expect, it } from 'vitest'
import { embeddingOf } from '../domain/embedding.ts'
import { createEmbeddingCache } from './embedding-cache.ts'

it('forgets what was unused for longest', () => {
  const cache = createEmbeddingCache(2)
  const [a, b, c] = ['a', 'b', 'c'].map((text) => cache.keyOf('test@1', text)) as [
    string,
    string,
    string,
  ]
  const embedding = embeddingOf('test@1', [1, 0])
  cache.put(a, embedding)
  cache.put(b, embedding)
  cache.get(a)
  cache.put(c, embedding)
  expect([a, b, c].map((key) => cache.get(key))).toEqual([embedding, undefined, embedding])
})

it('keeps spaces apart and no text readable', () => {
  const cache = createEmbeddingCache(2)
  const key = cache.keyOf('test@1', 'a private thought')
  expect(key).not.toBe(cache.keyOf('test@2', 'a private thought'))
  expect(key).not.toContain('private')
})
