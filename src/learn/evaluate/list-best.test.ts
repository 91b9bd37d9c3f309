import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom, shuffle } from '../../math/random.ts'
import { bestOf } from './list-best.ts'

it('lists what sorting by score and lot would list, without what has no score', () => {
  const score = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(Number.NaN, -Infinity, Infinity, 1e30),
  )
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (row, k) => {
      const scores = Float32Array.from(row)
      const lots = shuffle(seededRandom(row.length), Int32Array.from(row.keys()))
      const sorted = [...row.keys()]
        .filter((item) => scores[item]! > -Infinity)
        .sort((a, b) => order(scores[a]!, scores[b]!) || lots[a]! - lots[b]!)
      const expected = Array.from({ length: k }, (_, place) => sorted[place] ?? -1)
      expect([...bestOf(scores, lots, k)]).toEqual(expected)
    }),
  )
})

function order(a: number, b: number): number {
  return a === b ? 0 : b - a
}
