import { expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'

it('draws from the lowest to the highest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 40)).toBe('▁▂▃▄▅▆▇█')
  expect(sparkline([3, 3], 40)).toBe('▅▅')
  expect(sparkline([], 40)).toBe('')
})

it('leaves a gap where there is no number', () => {
  expect(sparkline([1, null, 0], 40)).toBe('█ ▁')
  expect(sparkline([null], 40)).toBe(' ')
})

it('fits a long curve into the width, by means', () => {
  expect(sparkline([0, 2, 1, 1, 0, 0], 3)).toBe('██▁')
  const long = Array.from({ length: 1_001 }, (_, step) => step)
  expect(sparkline(long, 8)).toBe('▁▂▃▄▅▆▇█')
})
