/**
 * The sample city with a fifth of its ties kept from memory: do closeness and trust find the ties that are
 * there, known and hidden? And is somebody called close who answers with hostile words?
 */
import { hashingEncoder } from '../../src/encoder/hashing.ts'
import { makeCity } from '../../src/ingest/sample/city.ts'
import { openLearningKernel } from '../../src/kernel/learning-kernel.ts'
import { auc } from '../../src/learn/evaluate/metrics.ts'
import { fitNodes } from '../../src/learn/graph/nodes/fit-nodes.ts'
import { fitBoostedTrees } from '../../src/learn/links/boosted-trees.ts'
import { graphOf } from '../../src/math/graph.ts'
import { integer, type Random, seededRandom, shuffle } from '../../src/math/random.ts'
import { quantile } from '../../src/math/stats.ts'
import { createMemory } from '../../src/memory/create-memory.ts'
import type { Memory } from '../../src/memory/memory.ts'
import { createServedGraph } from '../../src/recommend/learned/served-graph.ts'
import { closenessOf } from '../../src/relations/closeness.ts'
import type { PeopleGraph } from '../../src/relations/graph/people-graph.ts'
import { readTies } from '../../src/relations/graph/read-ties.ts'
import { createReportedBy } from '../../src/relations/reported.ts'
import { createToneOf } from '../../src/relations/tone.ts'
import { trustOf } from '../../src/relations/trust.ts'
import { createExactVectors } from '../../src/vectors/exact.ts'
import { now } from '../network.ts'
import { applier, type Fact } from './applier.ts'

type Pair = readonly [from: number, to: number]
type Score = (pair: Pair) => number

interface City {
  readonly memory: Memory
  readonly apply: (facts: readonly Fact[]) => void
  /** Ties that memory knows, and those it was not told of. */
  readonly known: readonly Pair[]
  readonly hidden: readonly Pair[]
  /** Pairs without a tie, as many as are hidden. */
  readonly strangers: readonly Pair[]
  readonly random: Random
}

const nowMs = now.getTime()
/** Of the known ties, taken back for a moment to learn what speaks for a tie. */
const taughtShare = 0.25

/** AUCs against strangers, and how many of a hundred quarrels are called close. */
export async function cityFigures(people: number, seed: number): Promise<[string, number][]> {
  const city = await openCity(people, seed)
  const graph = await learnGraph(city, seed)
  const { memory, known, hidden, strangers } = city
  const area = (ties: readonly Pair[], score: Score): number =>
    auc(Float32Array.from(ties, score), Float32Array.from(strangers, score))
  const reportedBy = createReportedBy(memory)
  const trust =
    (countsTie: boolean): Score =>
    ([a, b]) =>
      trustOf(memory, a, b, { reportedBy, countsTie }).value
  const close =
    (countsTies: boolean): Score =>
    ([a, b]) =>
      closenessOf(memory, a, b, { nowMs, countsTies }).value
  const deeds: Score = ([a, b]) => {
    const { parts } = closenessOf(memory, a, b, { nowMs, countsTies: false })
    return parts.attention + parts.response + parts.reciprocity
  }
  const near: Score = (pair) => likeness(graph, pair)
  const some = known.slice(0, hidden.length)
  return [
    ['AUC of closeness, ties known', area(some, close(true))],
    ['AUC of closeness, their tie not known', area(some, close(false))],
    ['AUC of trust, ties known', area(some, trust(true))],
    ['AUC of trust of hidden ties, along other ties', area(hidden, trust(false))],
    ['AUC of closeness of hidden ties, from behaviour and circle', area(hidden, close(false))],
    ['AUC of closeness of hidden ties, their tie back known', area(hidden, close(true))],
    ['AUC of what both did alone, hidden ties', area(hidden, deeds)],
    ['AUC of the learned graph alone, hidden ties', area(hidden, near)],
    [
      'AUC of closeness and a twentieth of the graph, hidden ties',
      area(hidden, (pair) => close(true)(pair) + near(pair) / 20),
    ],
    [
      'AUC of all of it weighed by trees that known ties taught, hidden ties',
      taughtArea(city, [
        ...[close(true), deeds, near, trust(false)],
        ...[([a, b]: Pair) => looks(memory, a, b), ([a, b]: Pair) => looks(memory, b, a)],
        ([, b]) => memory.ties.in(b).length,
        ([a]) => memory.ties.out(a).length,
      ]),
    ],
    ['of 100 ties with four hostile replies, closer than the median tie', countQuarrels(city)],
  ]
}

async function openCity(people: number, seed: number): Promise<City> {
  const city = makeCity({ seed, now, people, posts: people * 6 })
  const random = seededRandom(seed + 2 ** 32)
  const ties = shuffle(random, [
    ...city.edges.map(({ from, to }) => [from, to] as const),
    ...city.events.flatMap(({ type, userId, targetUserId }) =>
      type === 'follow' && targetUserId !== undefined ? [[userId, targetUserId] as const] : [],
    ),
  ])
  const memory = createMemory({ createVectors: createExactVectors })
  const apply = applier(memory)
  const embeddings = await hashingEncoder().encode(city.items.map(({ text }) => text))
  apply(city.users.map((user) => ({ kind: 'user', user })))
  apply(city.items.map((item, n) => ({ kind: 'item', item, embedding: embeddings[n] })))
  const count = Math.floor(ties.length / 5)
  apply(ties.slice(count).map(([from, to]) => tie(from, to)))
  // Events are known, but not the follows among them.
  const deeds = city.events.filter(({ type }) => type !== 'follow')
  apply(deeds.map((event) => ({ kind: 'event', event })))
  const numbers = (pairs: typeof ties): Pair[] =>
    pairs.map(([a, b]) => [memory.people.numberOf(a), memory.people.numberOf(b)])
  const all = new Set(ties.map(([a, b]) => `${a} ${b}`))
  const strangers = strangersOf(memory, all, count, random)
  const [hidden, known] = [numbers(ties.slice(0, count)), numbers(ties.slice(count))]
  return { memory, apply, known, hidden, strangers, random }
}

function tie(from: string, to: string): Fact {
  return { kind: 'edge', edge: { from, to, kind: 'follow', weight: 1 } }
}

function strangersOf(
  memory: Memory,
  ties: ReadonlySet<string>,
  count: number,
  random: Random,
): Pair[] {
  const { people } = memory
  const pairs: Pair[] = []
  while (pairs.length < count) {
    const a = integer(random, 0, people.count)
    const b = integer(random, 0, people.count)
    if (a === b || ties.has(`${people.get(a)?.id} ${people.get(b)?.id}`)) continue
    pairs.push([a, b])
  }
  return pairs
}

async function learnGraph({ memory }: City, seed: number): Promise<PeopleGraph> {
  const read = await readTies(memory, undefined, new AbortController().signal)
  const kernel = openLearningKernel()
  const options = { leastBatch: 256, epochs: 40 }
  const graph = graphOf(read)
  const fit = { kernel, graph, features: read.features, options }
  const model = await fitNodes(fit, { random: seededRandom(seed) }).finally(() => kernel.close())
  const served = createServedGraph(memory, { createVectors: createExactVectors })
  await served.serve(model)
  return served
}

function likeness(graph: PeopleGraph, [a, b]: Pair): number {
  const out = new Float32Array(1)
  graph.likeness(a, Int32Array.of(b), 1, out)
  return Math.max(0, out[0] ?? 0)
}

/** How often one met what the other made, in any way. */
function looks({ histories, items }: Memory, person: number, author: number): number {
  let count = 0
  for (let entry = 0; entry < histories.length(person); entry++) {
    const item = histories.itemAt(person, entry)
    if (item >= 0 && items.authorOf(item) === author) count++
  }
  return count
}

/** Some known ties are taken back, what is then told of them beside strangers teaches, and they return. */
function taughtArea(
  { memory, apply, known, hidden, strangers, random }: City,
  figures: readonly Score[],
): number {
  const taught = known.filter(() => random() < taughtShare)
  const others: Pair[] = []
  while (others.length < taught.length) {
    const pair = [0, 0].map(() => integer(random, 0, memory.people.count)) as unknown as Pair
    if (pair[0] !== pair[1] && memory.ties.weight(...pair) === 0) others.push(pair)
  }
  const columnsOf = (pairs: readonly Pair[]): Float32Array[] =>
    figures.map((figure) => Float32Array.from(pairs, figure))
  const ids = taught.map(([a, b]) => [idOf(memory, a), idOf(memory, b)] as const)
  apply(ids.map(([from, to]) => ({ kind: 'edge-removed', from, to, edgeKind: 'follow' })))
  const columns = columnsOf([...taught, ...others])
  apply(ids.map(([from, to]) => tie(from, to)))
  const size = taught.length + others.length
  const labels = new Uint8Array(size).fill(1, 0, taught.length)
  const trees = fitBoostedTrees({ columns, labels, weights: new Float32Array(size).fill(1) })
  return auc(trees(columnsOf(hidden)), trees(columnsOf(strangers)))
}

/** A hundred ties whose one end answers the other four times in anger, in the last week. */
function countQuarrels({ memory, apply, known }: City): number {
  const toneOf = createToneOf(memory)
  const close: Score = ([a, b]) => closenessOf(memory, a, b, { nowMs, toneOf }).value
  const median = quantile(Float64Array.from(known, close), 0.5)
  const quarrels = known.filter(([, b]) => memory.items.byAuthor(b).length > 0).slice(0, 100)
  for (const [n, [a, b]] of quarrels.entries()) {
    const userId = idOf(memory, a)
    const itemId = memory.items.get(memory.items.byAuthor(b).values[0]!)?.id ?? ''
    const moments = [1, 2, 3, 4].map((day) => new Date(nowMs - day * 86_400_000 - n))
    apply(moments.map((at) => ({ kind: 'event', event: { type: 'reply', userId, itemId, at } })))
    const angry = [0.02, 0.9, 0.02, 0.02, 0.02, 0.01, 0.01]
    const readings = [
      ...memory.people.moodsOf(a),
      ...moments.map((at) => ({ at, emotions: angry })),
    ]
    apply([{ kind: 'mood', userId, readings }])
  }
  return quarrels.filter((pair) => close(pair) > median).length
}

function idOf({ people }: Memory, person: number): string {
  return people.get(person)?.id ?? ''
}
