import { expect, it } from 'vitest'
import { mean, quantile, standardDeviation } from './stats.ts'

it('says mean, deviation and quantiles of a list', () => {
  const values = [4, 1, 3, 2]
  expect(mean(values)).toBe(2.5)
  expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(5 / 3), 12)
  expect(quantile(values, 0)).toBe(1)
  expect(quantile(values, 0.5)).toBe(2.5)
  expect(quantile(values, 1)).toBe(4)
  expect(values).toEqual([4, 1, 3, 2])
})

it('is at ease with short lists', () => {
  expect(mean([])).toBe(0)
  expect(standardDeviation([5])).toBe(0)
  expect(quantile([5], 0.9)).toBe(5)
  expect(quantile([], 0.5)).toBeNaN()
})
