import { expect, it } from 'vitest'
import { planBatches } from './plan-batches.ts'

it('puts texts of like length together and keeps the padded size within the limit', () => {
  const lengths = [9, 2, 3, 30, 2, 8]
  const batches = planBatches(lengths, 20)
  expect(batches).toEqual([[1, 4, 2], [5, 0], [3]])
})

it('holds every text once, and none that is empty', () => {
  const lengths = Array.from({ length: 100 }, (_, n) => (n * 37) % 23)
  const batches = planBatches(lengths, 64)
  const held = batches.flat().sort((a, b) => a - b)
  expect(held).toEqual(lengths.flatMap((length, n) => (length > 0 ? [n] : [])))
  for (const batch of batches) {
    const padded = batch.length * Math.max(...batch.map((n) => lengths[n] ?? 0))
    expect(padded).toBeLessThanOrEqual(64)
  }
})

it('runs each text alone when one scale holds for a whole batch', () => {
  expect(planBatches([5, 3, 4], 1)).toEqual([[1], [2], [0]])
})
