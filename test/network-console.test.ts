/** Where the page of the network puts communities and people. */
import { expect, it } from 'vitest'
import { layoutOf } from '../console/network/layout.ts'

const sizes = [40, 25, 12, 5]
const people = sizes.flatMap((size, community) =>
  Array.from({ length: size }, (_, n) => ({ id: `${community}-${n}`, community, ties: size - n })),
)
const between = [
  { from: 0, to: 3, ties: 90 },
  { from: 1, to: 2, ties: 2 },
]
const report = { drawing: { people, ties: [] }, between }

const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.hypot(a.x - b.x, a.y - b.y)

it('keeps communities apart, and those with many ties nearest', () => {
  const { centres } = layoutOf(report)
  const place = (id: number) => centres.get(id)!

  for (const [one, size] of sizes.entries()) {
    for (let other = 0; other < one; other++) {
      const apart = Math.sqrt(size) + Math.sqrt(sizes[other]!)
      expect(distance(place(one), place(other))).toBeGreaterThan(apart)
    }
  }
  expect(distance(place(0), place(3))).toBeLessThan(distance(place(1), place(3)))
})

it('lays the people of a community around its middle, none upon another, the same each time', () => {
  const { centres, people: places } = layoutOf(report)

  for (const [n, { community }] of people.entries()) {
    const radius = Math.sqrt(sizes[community]!)
    expect(distance(places[n]!, centres.get(community)!)).toBeLessThanOrEqual(radius)
    for (let other = 0; other < n; other++) {
      expect(distance(places[n]!, places[other]!)).toBeGreaterThan(0.5)
    }
  }
  expect(layoutOf(report)).toEqual(layoutOf(report))
})

it('draws nothing for nobody', () => {
  expect(layoutOf({ drawing: { people: [], ties: [] }, between: [] }).people).toEqual([])
})
