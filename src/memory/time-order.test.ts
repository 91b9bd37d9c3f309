import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TimeOrder } from './time-order.ts'

it('agrees with sorting after any additions and removals, one by one or in bulk', () => {
  const step = fc.record({
    times: fc.array(fc.nat(50), { maxLength: 50 }),
    removed: fc.nat(100),
    offset: fc.nat(10),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const times: number[] = []
      const order = new TimeOrder((item) => times[item]!)
      const live = new Set<number>()
      for (const { times: added, removed, offset } of steps) {
        for (const time of added) {
          live.add(times.length)
          order.add(times.push(time) - 1)
        }
        if (live.delete(removed)) order.remove(removed)
        const newest = [...live].sort((a, b) => times[b]! - times[a]! || b - a)
        expect([...order.newest(20, offset)]).toEqual(newest.slice(offset, offset + 20))
      }
    }),
  )
})
