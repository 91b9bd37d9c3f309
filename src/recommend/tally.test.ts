import { expect, it } from 'vitest'
import { createMarks } from './marks.ts'
import { createTally } from './tally.ts'

it('sums what is given, ranks it, and knows who gave what', () => {
  const tally = createTally()
  tally.add(7, 1, 0.5)
  tally.add(100_000, 2, 2)
  tally.add(7, 3, 1)

  expect(tally.sum(7)).toBe(1.5)
  expect(tally.sum(8)).toBe(0)
  expect(tally.highest).toBe(2)
  expect(Array.from(tally.best(5))).toEqual([100_000, 7])
  const lines: number[][] = []
  tally.account((...line) => lines.push(line))
  expect(lines).toEqual([
    [7, 1, 0.5],
    [100_000, 2, 2],
    [7, 3, 1],
  ])
})

it('is empty again after clear, and grows beyond its first size', () => {
  const tally = createTally()
  for (let item = 0; item < 5000; item++) tally.add(item, 0, item)
  expect(Array.from(tally.best(2))).toEqual([4999, 4998])

  tally.clear()

  expect(tally.highest).toBe(0)
  expect(tally.sum(4999)).toBe(0)
  expect(tally.best(5)).toHaveLength(0)
})

it('marks are a set that can be emptied', () => {
  const marks = createMarks()
  marks.add(3)
  marks.add(90_000)
  marks.add(-1)
  expect([3, 4, 90_000, -1].map(marks.has)).toEqual([true, false, true, false])

  marks.clear()

  expect(marks.has(3)).toBe(false)
})
