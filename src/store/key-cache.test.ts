import { describe, expect, it } from 'vitest'
import { createKeyCache } from './key-cache.ts'

describe('A key cache', () => {
  it('keeps what is used and drops what is not, within two generations', () => {
    const cache = createKeyCache(3)
    cache.set('used', 1)
    for (let i = 0; i < 20; i++) {
      cache.set(`other ${i}`, i)
      expect(cache.get('used')).toBe(1)
    }
    expect(cache.get('other 0')).toBeUndefined()
    expect(cache.get('other 19')).toBe(19)
  })

  it('forgets one, or all', () => {
    const cache = createKeyCache(2)
    for (const [key, id] of ['a', 'b', 'c'].entries()) cache.set(id, key)
    cache.delete('a')
    expect(cache.get('a')).toBeUndefined()
    expect(cache.get('c')).toBe(2)
    cache.clear()
    expect(cache.get('c')).toBeUndefined()
  })
})
