import { expect, it, vi } from 'vitest'
import { emptyMemory } from '../live/remember.ts'
import { town } from '../testing/town.ts'
import { startWarming } from './warm.ts'

it('walks every item once in the background, and can be stopped', async () => {
  const memory = emptyMemory()
  memory.apply(town.users.map((user, n) => ({ kind: 'user', clock: n + 1, user })))
  memory.apply(town.items.map((item, n) => ({ kind: 'item', clock: n + 100, item })))
  const asked = new Set<number>()
  const { vectors } = memory
  const near: typeof vectors.near = (item, k) => {
    asked.add(item)
    return vectors.near(item, k)
  }
  const watched = Object.create(memory, { vectors: { value: { near } } })

  const job = startWarming(watched, { neighbours: 60, limit: 1_000, everyMs: 1 })
  expect(job.progress()).toEqual({ done: 0, total: town.items.length })
  await vi.waitFor(() => expect(job.progress().total).toBe(0))
  expect(asked.size).toBe(town.items.length)

  const stopped = startWarming(memory, { neighbours: 60, limit: 1_000, everyMs: 1 })
  stopped.close()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(stopped.progress().done).toBe(0)
})
