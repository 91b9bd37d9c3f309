import { expect, it } from 'vitest'
import { createBreath, watchBusiness } from './pace.ts'

function work(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

it('rests as long as the share of the time asks for, and not at all for all of it', async () => {
  let share = 0.25
  const breathe = createBreath(() => share)
  work(20)
  const before = performance.now()
  await breathe()
  expect(performance.now() - before).toBeGreaterThan(55)
  share = 1
  work(20)
  const again = performance.now()
  await breathe()
  expect(performance.now() - again).toBeLessThan(50)
})

it('asks for less while the process is busy, and for all of it afterwards', async () => {
  const told: number[] = []
  const end = watchBusiness((share) => told.push(share))
  const until = performance.now() + 700
  while (performance.now() < until) {
    work(20)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(Math.min(...told)).toBeLessThan(0.5)
  await expect.poll(() => told.at(-1), { timeout: 5_000 }).toBe(1)
  end()
})
