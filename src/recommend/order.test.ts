import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createOrdering } from './order.ts'

it('gives the same rows as a plain sort, for any scores and any limit', () => {
  const ordering = createOrdering()
  // Whole numbers: scores closer than a 2^35th of their span count as equal.
  const scores = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 300 })
  fc.assert(
    fc.property(scores, fc.nat(310), (list, limit) => {
      const rows = new Int32Array(limit)
      const found = ordering.bestFirst(list, list.length, limit, rows)
      const plain = list.map((_, row) => row).sort((a, b) => list[b]! - list[a]! || a - b)
      expect(Array.from(rows.subarray(0, found))).toEqual(plain.slice(0, limit))
    }),
  )
})
