import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bestPlaces } from './top-k.ts'

it('finds what sorting everything would find', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(-Infinity)))
  fc.assert(
    fc.property(values, fc.nat(20), (list, k) => {
      const sorted = list
        .map((_, place) => place)
        .sort((a, b) => compare(list[b]!, list[a]!) || a - b)
      expect([...bestPlaces(list, k)]).toEqual(sorted.slice(0, k))
    }),
  )
})

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b
}
