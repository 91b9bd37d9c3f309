import { afterEach, expect, it } from 'vitest'
import { createPeopleGraphJob, type PeopleGraphJob } from '../../jobs/people-graph.ts'
import type { Log } from '../../log.ts'
import { integer, seededRandom } from '../../math/random.ts'
import { suggestPeople } from '../../relations/people.ts'
import { createExactVectors } from '../../vectors/exact.ts'
import { createTestNetwork, type TestNetwork } from '../stage.contract.ts'
import { createServedGraph, type ServedGraph } from './served-graph.ts'

const jobs: PeopleGraphJob[] = []
afterEach(() => Promise.all(jobs.splice(0).map((job) => job.close())))

const size = 90
const villageOf = (id: string): number => Number(id.slice(1)) % 3
const createdAt = '2025-12-01T00:00:00Z'
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log

/** Three villages that hardly know each other, each with a subject of its own. */
function villages(): TestNetwork {
  const network = createTestNetwork()
  const random = seededRandom(2)
  for (let n = 0; n < size; n++) network.putUser({ id: `p${n}` })
  for (let n = 0; n < size; n++) {
    const tags = [['stars', 'bread', 'bikes'][n % 3]!]
    network.putItem({ id: `by-p${n}`, authorId: `p${n}`, text: `post ${n}`, tags, createdAt })
    for (let tie = 0; tie < 5; tie++) {
      const near = 3 * integer(random, 0, size / 3) + (n % 3)
      const to = random() < 0.95 ? near : integer(random, 0, size)
      if (to !== n) network.putEdge({ from: `p${n}`, to: `p${to}` })
    }
  }
  return network
}

async function learned(network: TestNetwork): Promise<ServedGraph> {
  const graph = createServedGraph(network.memory, { createVectors: createExactVectors })
  const options = { width: 16, epochs: 20, leastBatch: 64, negatives: 8 }
  const parts = { memory: network.memory, graph, log: quiet, isScheduled: false, options }
  const job = createPeopleGraphJob(parts)
  jobs.push(job)
  await job.start()
  return graph
}

/** As an engine tells it: first what stands on memory, then memory. */
function told(network: TestNetwork, graph: ServedGraph): TestNetwork {
  const { memory } = network
  const apply = memory.apply.bind(memory)
  memory.apply = (changes) => {
    graph.note(changes)
    apply(changes)
  }
  return network
}

const nearest = ({ memory, person }: TestNetwork, graph: ServedGraph, id: string): string[] =>
  Array.from(graph.nearest(person(id), 10).people, (other) => memory.people.get(other)?.id ?? '?')
const home = (ids: readonly string[], village: number): number =>
  ids.filter((id) => id !== '?' && villageOf(id) === village).length

it('places people among their own, and newcomers with their first ties or words, without a new fit', async () => {
  const network = villages()
  const graph = await learned(network)
  told(network, graph)
  expect(graph.isReady).toBe(true)
  expect(home(nearest(network, graph, 'p4'), 1)).toBeGreaterThanOrEqual(9)

  network.putUser({ id: 'new' })
  expect(nearest(network, graph, 'new')).toEqual([])
  network.addEvent({ type: 'follow', userId: 'new', targetUserId: 'p2' })
  network.addEvent({ type: 'follow', userId: 'new', targetUserId: 'p5' })
  expect(home(nearest(network, graph, 'new'), 2)).toBeGreaterThanOrEqual(8)

  network.putUser({ id: 'reader' })
  for (const n of [0, 3, 6]) {
    network.addEvent({ type: 'like', userId: 'reader', itemId: `by-p${n}` })
  }
  expect(home(nearest(network, graph, 'reader'), 0)).toBeGreaterThanOrEqual(8)
  const { interests, memory, person } = network
  const request = { person: person('reader'), limit: 10, exclude: new Set<number>() }
  const { people } = suggestPeople(memory, interests.of(request.person), request, graph)
  expect(people[0]!.parts.graph).toBeGreaterThan(0)
  expect(people.some(({ from }) => from.includes('graph'))).toBe(true)
})

it('moves people when their ties change, and knows nobody who went', async () => {
  const network = villages()
  const graph = await learned(network)
  told(network, graph)
  const { person, memory } = network
  const asker = person('p3')
  const other = Int32Array.of(person('p4'))
  const before = new Float32Array(1)
  graph.likeness(asker, other, 1, before)

  for (const n of [1, 7, 10, 13, 16, 19]) network.putEdge({ from: 'p3', to: `p${n}` })
  const after = new Float32Array(1)
  graph.likeness(asker, other, 1, after)
  expect(after[0]).toBeGreaterThan(before[0]! + 0.1)

  const [gone] = nearest(network, graph, 'p3')
  network.apply({ kind: 'user-removed', userId: gone! })
  const left = nearest(network, graph, 'p3')
  expect(left).not.toContain(gone)
  expect(left).not.toContain('?')
  expect(memory.people.numberOf(gone!)).toBe(-1)
})

it('has nothing to say before anything was learned, or where there are hardly any ties', async () => {
  const network = createTestNetwork()
  for (const id of ['ann', 'bea']) network.putUser({ id })
  network.putEdge({ from: 'ann', to: 'bea' })

  const graph = await learned(network)

  expect(graph.isReady).toBe(false)
  expect(graph.nearest(network.person('ann'), 5).people).toHaveLength(0)
})
