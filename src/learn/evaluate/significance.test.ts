import { expect, it } from 'vitest'
import { pairedTest, twoSidedP } from './significance.ts'

it.each([
  [2.262, 9, 0.05],
  [12.706, 1, 0.05],
  [3.25, 9, 0.01],
  [1.96, 1_000_000, 0.05],
  [0.683, 40, 0.4985],
  [0, 5, 1],
])("agrees with the printed tables of Student's t: t = %d, %d degrees", (t, degrees, p) => {
  expect(twoSidedP(t, degrees)).toBeCloseTo(p, 3)
  expect(twoSidedP(-t, degrees)).toBeCloseTo(p, 3)
})

it('compares pairs and leaves out who was not tested', () => {
  // Mean 2, deviation 1, five people: t = 2 / (1 / √5).
  const comparison = pairedTest([1, 3, 2, Number.NaN, 1, 3])
  expect(comparison.people).toBe(5)
  expect(comparison.difference).toBe(2)
  expect(comparison.p).toBeCloseTo(twoSidedP(2 / (1 / Math.sqrt(5)), 4), 12)
})

it('claims nothing from one person or from no difference', () => {
  expect(pairedTest([0.5]).p).toBe(1)
  expect(pairedTest([0, 0, 0])).toEqual({ difference: 0, p: 1, people: 3 })
  expect(pairedTest([1, 1, 1]).p).toBe(0)
})
