import { expect, it } from 'vitest'
import { outcomeBit } from '../../domain/action-values.ts'
import { createTestNetwork } from '../../recommend/stage.contract.ts'
import type { PageRecord } from '../../store/store.ts'
import { readShown, type ShownPart, slatesOf } from './shown-past.ts'

const noon = new Date('2026-03-01T12:00:00Z')
const after = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000)

function network() {
  const made = createTestNetwork(after(60))
  for (const id of ['ada', 'bob']) made.putUser({ id })
  for (const id of ['one', 'two', 'three']) {
    made.putItem({ id, authorId: 'bob', createdAt: '2026-02-01T00:00:00Z' })
  }
  return made
}

function pageOf(id: string, itemIds: string[], at: Date): PageRecord {
  const shown = {
    ...{ parts: ['taste', 'old part'], context: ['hour:12'] },
    said: Float32Array.from(itemIds.flatMap((_, n) => [n / 10, 1])),
    chances: new Float32Array(itemIds.length).fill(1),
  }
  return { id, feed: 'home', userId: 'ada', at, itemIds, shown }
}

async function read(pages: PageRecord[], memory: ReturnType<typeof network>['memory']) {
  const source = {
    async *shown() {
      yield pages
    },
  }
  const parts: ShownPart[] = []
  for await (const part of readShown(source, memory, { now: after(120) })) parts.push(part)
  return parts
}

it('says of each item on a page what the person did about it within a day', async () => {
  const { memory, addEvent } = network()
  addEvent({ type: 'like', userId: 'ada', itemId: 'two', at: after(-5).toISOString() })
  addEvent({ type: 'view', userId: 'ada', itemId: 'one', at: after(1).toISOString() })
  addEvent({ type: 'like', userId: 'ada', itemId: 'one', at: after(2).toISOString() })
  addEvent({ type: 'hide', userId: 'ada', itemId: 'three', at: after(3).toISOString() })
  addEvent({ type: 'like', userId: 'bob', itemId: 'two', at: after(4).toISOString() })
  const [part] = await read([pageOf('p', ['three', 'two', '', 'one'], noon)], memory)
  expect(part?.slate).toMatchObject({ context: ['hour:12'], shareKept: 1 })
  expect([...part!.slate.places]).toEqual([1, 2, 4])
  expect([...part!.slate.outcomes]).toEqual([
    outcomeBit('hide'),
    // What came before the page is no answer to it, nor what others did.
    0,
    outcomeBit('view') | outcomeBit('like'),
  ])
  expect(part!.slate.parts[4]).toBeCloseTo(0.3)
  expect(JSON.stringify(part)).not.toMatch(/ada|bob|one|two|three/)
})

it('leaves out pages that are still being read, and people who are gone', async () => {
  const { memory } = network()
  const young = pageOf('young', ['one'], after(115))
  const strange = { ...pageOf('strange', ['one'], noon), userId: 'nobody' }
  expect(await read([strange, young], memory)).toEqual([])
})

it('gives the columns that are asked for, once there are enough pages', async () => {
  const { memory, addEvent } = network()
  addEvent({ type: 'like', userId: 'ada', itemId: 'one', at: after(2).toISOString() })
  const [part] = await read([pageOf('p', ['three', 'one'], noon)], memory)
  expect(slatesOf([part!], ['taste'])).toBeUndefined()
  const slates = slatesOf(Array(2_500).fill(part), ['new part', 'taste'])
  expect(slates).toHaveLength(2_500)
  expect([...slates![0]!.parts]).toEqual([0, 0, 0, expect.closeTo(0.1)])
})
