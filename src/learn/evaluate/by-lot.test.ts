import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { csrOf } from '../data/csr.ts'
import { othersByLot } from './by-lot.ts'

/** One person among `columns` items. */
const row = (columns: number, items: readonly number[]) =>
  csrOf({ rows: 1, columns, rowOf: items.map(() => 0), columnOf: items }).csr

it('draws different items that nobody gave the person, as many as asked or as there are', () => {
  const items = fc.uniqueArray(fc.nat(59))
  fc.assert(
    fc.property(items, items, items, fc.nat(70), fc.nat(), (known, test, bans, count, seed) => {
      const allowed = Uint8Array.from({ length: 60 }, (_, item) => (bans.includes(item) ? 0 : 1))
      const random = seededRandom(seed)
      const found = [
        ...othersByLot(0, { random, count, known: row(60, known), test: row(60, test), allowed }),
      ]
      const taken = new Set([...known, ...test, ...bans])
      expect(found.filter((item) => taken.has(item))).toEqual([])
      expect(new Set(found).size).toBe(found.length)
      expect(found).toHaveLength(Math.min(count, 60 - taken.size))
    }),
  )
})

it('is fair to every item and the same for the same seed', () => {
  const draw = (seed: number, count: number): Int32Array =>
    othersByLot(0, {
      random: seededRandom(seed),
      count,
      known: row(50, [0]),
      test: row(50, [1]),
    })
  expect(draw(1, 5)).toEqual(draw(1, 5))
  const shown = new Float64Array(50)
  for (let seed = 1; seed <= 4_000; seed++) for (const item of draw(seed, 3)) shown[item]! += 1
  expect(Math.min(...shown.subarray(2))).toBeGreaterThan(180)
  expect(Math.max(...shown.subarray(2))).toBeLessThan(330)
})
