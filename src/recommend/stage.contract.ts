/**
 * What every stage must hold to, run in the town of twelve: a source adds only live items, a filter
 * answers for any item, a scorer writes a finite number for each, a reranker returns a permutation.
 * The network made here serves the other tests of the rooms around it, too.
 */
import { expect, it } from 'vitest'
import type { Change } from '../domain/change.ts'
import { type EdgeInput, edgeSchema } from '../domain/edge.ts'
import { type Embedding, embeddingOf } from '../domain/embedding.ts'
import { type EventInput, eventSchema } from '../domain/event.ts'
import { type ItemInput, itemSchema } from '../domain/item.ts'
import { type LabelName, labelByte, labelWidth, placeOfLabel } from '../domain/labels.ts'
import { type UserInput, userSchema } from '../domain/user.ts'
import { createInterests, type Interests } from '../interest/interests.ts'
import { seededRandom } from '../math/random.ts'
import { createMemory } from '../memory/create-memory.ts'
import type { Memory } from '../memory/memory.ts'
import { town } from '../testing/town.ts'
import { createExactVectors } from '../vectors/exact.ts'
import { createArrangement } from './arrangement.ts'
import { createCandidates } from './candidates.ts'
import { createContexts } from './context.ts'
import type { FeedContext, FeedRequest, Filter, Reranker, Scorer, Source } from './stage.ts'

type Unclocked<Kind> = Kind extends Change ? Omit<Kind, 'clock'> : never

export interface TestNetwork {
  readonly memory: Memory
  readonly interests: Interests
  apply(...changes: Unclocked<Change>[]): void
  putUser(user: UserInput): void
  /** Its first tag is its topic, and the topic its direction; without tags it has no vector. */
  putItem(item: ItemInput): void
  /** An item that was understood: what is left out is not known. */
  putLabels(
    id: string,
    labels: Partial<Record<LabelName, number>>,
    more?: Omit<ItemInput, 'id' | 'createdAt'>,
  ): void
  putEdge(edge: EdgeInput): void
  addEvent(event: EventInput): void
  person(id: string): number
  item(id: string): number
  request(userId: string | undefined, changed?: Partial<FeedRequest>): FeedRequest
  /** Valid until the next call. */
  contextFor(request: FeedRequest): FeedContext
}

export function createTestNetwork(now: Date = town.now): TestNetwork {
  const memory = createMemory({ createVectors: createExactVectors })
  const interests = createInterests(memory)
  let clock = 0
  const apply: TestNetwork['apply'] = (...changes) => {
    memory.apply(changes.map((change) => ({ ...change, clock: ++clock }) as Change))
  }
  return {
    memory,
    interests,
    apply,
    putUser: (user) => apply({ kind: 'user', user: userSchema.parse(user) }),
    putItem(input) {
      const item = itemSchema.parse(input)
      apply({ kind: 'item', item, embedding: topicVector(item.tags[0], item.id) })
    },
    putLabels(id, labels, more = {}) {
      const item = itemSchema.parse({ id, createdAt: now.toISOString(), ...more })
      const values = new Uint8Array(labelWidth)
      for (const [name, probability] of Object.entries(labels)) {
        values[placeOfLabel(name as LabelName)] = labelByte(probability)
      }
      apply({ kind: 'item', item, labels: { by: 'heads@1', values } })
    },
    putEdge: (edge) => apply({ kind: 'edge', edge: edgeSchema.parse(edge) }),
    addEvent(input) {
      const event = eventSchema.parse(input)
      apply({ kind: 'event', event: { ...event, at: event.at ?? now } })
    },
    person: (id) => memory.people.numberOf(id),
    item: (id) => memory.items.numberOf(id),
    request: (userId, changed = {}) => ({
      person: userId === undefined ? -1 : memory.people.numberOf(userId),
      item: -1,
      limit: 20,
      now,
      random: seededRandom(1),
      exclude: new Set(),
      languages: [],
      explain: false,
      locale: 'en',
      ...changed,
    }),
    contextFor: createContexts(memory, interests),
  }
}

/** Little Fording as a network, with a made-up encoder that knows the topics. */
export function townNetwork(): TestNetwork {
  const network = createTestNetwork()
  network.apply(
    ...town.users.map((user) => ({ kind: 'user' as const, user })),
    ...town.items.map((item) => ({
      kind: 'item' as const,
      item,
      embedding: topicVector(item.tags[0], item.id),
    })),
    ...town.edges.map((edge) => ({ kind: 'edge' as const, edge })),
    ...town.events.map((event) => ({ kind: 'event' as const, event })),
  )
  return network
}

/** Items of one topic are close (cosine about 0.75), items of different topics are not. */
function topicVector(topic: string | undefined, id: string): Embedding | undefined {
  if (topic === undefined) return undefined
  const vector = new Float32Array(97 + 16)
  vector[hash(topic) % 97] = 1
  vector[97 + (hash(id) % 16)] = 0.6
  return embeddingOf('test@1', vector)
}

function hash(text: string): number {
  let value = 7
  for (const character of text) value = (value * 31 + character.codePointAt(0)!) % 1_000_003
  return value
}

const askers = [undefined, 'ada', 'gus', 'lin']

export function sourceContract(create: () => Source): void {
  const network = townNetwork()
  network.apply({ kind: 'item-removed', itemId: 'stars-5' })

  it(`${create().name} proposes only live items, and stops when enough were taken`, () => {
    const source = create()
    for (const asker of askers) {
      const request = network.request(asker)
      const context = network.contextFor(request)
      const all: number[] = []
      source.propose(request, context, (item) => all.push(item) > 0)
      for (const item of all) expect(network.memory.items.isLive(item)).toBe(true)
      const few: number[] = []
      const again = { ...request, random: seededRandom(1) }
      source.propose(again, context, (item) => few.push(item) < 2)
      expect(few).toEqual(all.slice(0, 2))
    }
  })
}

export function filterContract(create: () => Filter): void {
  it(`${create().name} answers for any item, for anybody`, () => {
    const network = townNetwork()
    network.apply({ kind: 'item-removed', itemId: 'stars-5' })
    const filter = create()
    for (const asker of askers) {
      const request = network.request(asker)
      const keep = filter.keep(request, network.contextFor(request))
      for (let item = 0; item < network.memory.items.count; item++) {
        expect(typeof keep(item)).toBe('boolean')
      }
    }
  })
}

export function scorerContract(create: () => Scorer): void {
  it(`${create().name} writes one finite number for each candidate, the same each time`, () => {
    const network = townNetwork()
    const candidates = allCandidates(network.memory)
    const scorer = create()
    for (const asker of askers) {
      const request = network.request(asker)
      const context = network.contextFor(request)
      const once = new Float32Array(candidates.count)
      scorer.score(candidates, request, context, once)
      expect(once.every(Number.isFinite)).toBe(true)
      const twice = new Float32Array(candidates.count)
      scorer.score(candidates, request, context, twice)
      expect(twice).toEqual(once)
    }
  })
}

export function rerankerContract(create: () => Reranker): void {
  it(`${create().name} returns every row once and changes no score`, () => {
    const network = townNetwork()
    const candidates = allCandidates(network.memory)
    const rows = Int32Array.from({ length: candidates.count }, (_, row) => row)
    const scores = candidates.scores.slice()
    const reranker = create()
    for (const asker of askers) {
      const request = network.request(asker)
      const context = network.contextFor(request)
      const arranged = reranker.arrange(rows, candidates, request, context, createArrangement())
      expect(Array.from(arranged).sort((a, b) => a - b)).toEqual(Array.from(rows))
      expect(candidates.scores).toEqual(scores)
      const none = reranker.arrange(
        new Int32Array(0),
        candidates,
        request,
        network.contextFor(request),
        createArrangement(),
      )
      expect(none).toHaveLength(0)
    }
  })
}

/** Every item as a candidate, scores falling from 1. */
function allCandidates({ items }: Memory) {
  const candidates = createCandidates()
  candidates.reset(['town', 'explore'])
  for (let item = 0; item < items.count; item++) candidates.add(item, item % 5 === 0 ? 1 : 0)
  const column = candidates.column('start')
  for (let row = 0; row < candidates.count; row++) column[row] = 1 - row / candidates.count
  candidates.addPart('start', 1)
  return candidates
}
