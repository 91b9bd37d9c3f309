import { expect, it } from 'vitest'
import type { ActionModel } from '../learn/actions/action-model.ts'
import type { PageRecord } from '../store/store.ts'
import { readPolicyLog } from './policy-log.ts'
import { createTestNetwork } from './stage.contract.ts'

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

const draw = { place: 1, taken: 1, said: Float32Array.of(0.25, 1, 0.5, 0) }

function pageOf(id: string, at: Date, draws = [draw], itemIds = ['one', 'two']): PageRecord {
  const shown = {
    ...{ parts: ['popularity', 'freshness'], context: ['hour:12'], draws },
    ...{ said: new Float32Array(4), chances: Float32Array.of(1, 0.5) },
  }
  return { id, feed: 'home', userId: 'ada', at, itemIds, shown }
}

function read(
  pages: PageRecord[],
  memory: ReturnType<typeof network>['memory'],
  actions?: ActionModel,
) {
  const source = {
    async *shown() {
      yield pages
    },
  }
  return readPolicyLog(source, memory, { now: after(60), actions })
}

it('tells what could have stood where chance chose, and whether the person engaged with what did', async () => {
  const { memory, addEvent } = network()
  addEvent({ type: 'like', userId: 'ada', itemId: 'two', at: after(3).toISOString() })
  addEvent({ type: 'view', userId: 'ada', itemId: 'three', at: after(4).toISOString() })
  const log = await read(
    [
      pageOf('p1', noon),
      pageOf('p2', noon, [draw], ['one', 'three']),
      pageOf('p3', noon, []),
      pageOf('gone', noon, [draw], ['one', '']),
      pageOf('too new', after(55)),
    ],
    memory,
  )
  expect(log).toMatchObject({ pages: 4, parts: ['popularity', 'freshness'] })
  const said = [
    [0.25, 1],
    [0.5, 0],
  ]
  const choice = { at: noon.toISOString(), taken: 1, said }
  expect(log.choices).toEqual([
    { ...choice, isRewarded: true },
    { ...choice, isRewarded: false },
  ])
})

it('says what the serving model would expect of each', async () => {
  const { memory } = network()
  const at = Float64Array.of(0, 1)
  const like = { action: 'like', base: -1, heights: Float64Array.of(0, 2) } as const
  const actions: ActionModel = {
    ...{ parts: ['freshness'], knots: { count: 2, at } },
    curves: [{ ...like, contexts: {}, places: new Float64Array(9) }],
  }
  const { choices } = await read([pageOf('p', noon)], memory, actions)
  const gain = 1 / (1 + Math.exp(-1)) - 1 / (1 + Math.exp(1))
  expect(choices[0]?.expected).toEqual([expect.closeTo(gain, 5), 0])
})
