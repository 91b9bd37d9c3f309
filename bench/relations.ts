/**
 * Relations at size, and whether they find the ties that the sample city really has.
 * `npm run -s bench -- relations [--people 50000] [--ties 1000000] [--city 2000] [--seeds 3] [--json]`
 */
import type { Change } from '../src/domain/change.ts'
import { makeCity } from '../src/ingest/sample/city.ts'
import { createInterests } from '../src/interest/interests.ts'
import { auc } from '../src/learn/evaluate/metrics.ts'
import { leiden } from '../src/math/leiden.ts'
import { integer, type Random, seededRandom, shuffle } from '../src/math/random.ts'
import { mean, quantile, standardDeviation } from '../src/math/stats.ts'
import { createMemory } from '../src/memory/create-memory.ts'
import type { Memory } from '../src/memory/memory.ts'
import { closenessOf } from '../src/relations/closeness.ts'
import { tieGraph } from '../src/relations/network/tie-graph.ts'
import { suggestPeople } from '../src/relations/people.ts'
import { createRelations } from '../src/relations/relations.ts'
import { createReportedBy } from '../src/relations/reported.ts'
import { trustOf } from '../src/relations/trust.ts'
import { createExactVectors } from '../src/vectors/exact.ts'
import { loadNetwork, now } from './network.ts'
import { readOptions } from './options.ts'

type Note = (name: string, value: number) => void
type Fact = Change extends infer Kind ? (Kind extends Change ? Omit<Kind, 'clock'> : never) : never

export async function bench(parameters: string[]): Promise<void> {
  const { json, ...sizes } = readOptions(parameters, {
    people: 50_000,
    ties: 1_000_000,
    events: 500_000,
    city: 2_000,
    seeds: 3,
    json: false,
  })
  const figures: Record<string, number> = {}
  const note: Note = (name, value) => {
    figures[name] = Number(value.toPrecision(4))
    if (!json) process.stdout.write(`${name.padEnd(64)} ${figures[name]}\n`)
  }
  if (sizes.city > 0) rankCityTies(sizes.city, sizes.seeds, note)
  if (sizes.people > 0) measureSpeed(sizes, note)
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
}

/** AUC of true ties against as many pairs without one, by seed. */
function rankCityTies(people: number, seeds: number, note: Note): void {
  const areas = new Map<string, number[]>()
  for (let seed = 1; seed <= seeds; seed++) {
    for (const [name, area] of cityAreas(people, seed)) {
      areas.set(name, [...(areas.get(name) ?? []), area])
    }
  }
  for (const [name, values] of areas) {
    note(`city, AUC of ${name}`, mean(values))
    note(`city, AUC of ${name}, sd`, standardDeviation(values))
  }
}

/** A fifth of the ties is hidden from memory; events are known, but not the follows among them. */
export function cityAreas(people: number, seed: number): [string, number][] {
  const city = makeCity({ seed, now, people, posts: people * 6 })
  const random = seededRandom(seed + 2 ** 32)
  const ties = shuffle(random, [
    ...city.edges.map(({ from, to }) => [from, to] as const),
    ...city.events.flatMap(({ type, userId, targetUserId }) =>
      type === 'follow' && targetUserId !== undefined ? [[userId, targetUserId] as const] : [],
    ),
  ])
  const hidden = ties.slice(0, ties.length / 5)
  const memory = createMemory({ createVectors: createExactVectors })
  const apply = applier(memory)
  apply(city.users.map((user) => ({ kind: 'user' as const, user })))
  apply(city.items.map((item) => ({ kind: 'item' as const, item })))
  apply(
    ties.slice(hidden.length).map(([from, to]) => ({
      kind: 'edge' as const,
      edge: { from, to, kind: 'follow' as const, weight: 1 },
    })),
  )
  const deeds = city.events.filter(({ type }) => type !== 'follow')
  apply(deeds.map((event) => ({ kind: 'event' as const, event })))
  const numbers = (pairs: typeof ties) =>
    pairs.map(([a, b]) => [memory.people.numberOf(a), memory.people.numberOf(b)] as const)
  const strangers = strangersOf(
    memory,
    new Set(ties.map(([a, b]) => `${a} ${b}`)),
    hidden.length,
    random,
  )
  return areasOf(
    memory,
    numbers(hidden),
    numbers(ties.slice(hidden.length, 2 * hidden.length)),
    strangers,
  )
}

type Pair = readonly [number, number]

function areasOf(
  memory: Memory,
  hidden: readonly Pair[],
  known: readonly Pair[],
  strangers: readonly Pair[],
): [string, number][] {
  const reportedBy = createReportedBy(memory)
  const nowMs = now.getTime()
  const close =
    (countsTies: boolean) =>
    ([a, b]: Pair) =>
      closenessOf(memory, a, b, { nowMs, countsTies }).value
  const deeds = ([a, b]: Pair) => {
    const { parts } = closenessOf(memory, a, b, { nowMs, countsTies: false })
    return parts.attention + parts.response + parts.reciprocity
  }
  const trusted =
    (countsTie: boolean) =>
    ([a, b]: Pair) =>
      trustOf(memory, a, b, { reportedBy, countsTie }).value
  const area = (ties: readonly Pair[], score: (pair: Pair) => number) =>
    auc(Float32Array.from(ties, score), Float32Array.from(strangers, score))
  return [
    ['closeness, ties known', area(known, close(true))],
    ['closeness, their tie not known', area(known, close(false))],
    ['trust, ties known', area(known, trusted(true))],
    ['trust of hidden ties, along other ties', area(hidden, trusted(false))],
    ['closeness of hidden ties, from behaviour and circle', area(hidden, close(false))],
    ['what both did alone, hidden ties', area(hidden, deeds)],
  ]
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

function measureSpeed(
  { people, ties, events }: { people: number; ties: number; events: number },
  note: Note,
): void {
  const memory = createMemory({ createVectors: createExactVectors })
  const apply = applier(memory)
  const random = seededRandom(7)
  const network = loadNetwork({ people, items: 20_000, events, width: 4 }, 'bench@1')
  for (const users of network.users()) apply(users.map((user) => ({ kind: 'user' as const, user })))
  for (const items of network.items())
    apply(items.map((one) => ({ kind: 'item' as const, ...one })))
  for (let tie = 0; tie < ties; tie++) {
    const from = tie % people
    // Four in five near, and one in fifty to somebody famous.
    const far = random() < 0.02 ? integer(random, 0, 20) : integer(random, 0, people)
    const to = random() < 0.8 ? (from + 1 + integer(random, 0, 60)) % people : far
    if (to !== from) apply([edge(from, to)])
  }
  for (const some of network.events())
    apply(some.map((event) => ({ kind: 'event' as const, event })))
  note('memory of the process when full, MB', process.memoryUsage.rss() / 1e6)
  const relations = createRelations(memory)
  const interests = createInterests(memory)
  const anybody = () => integer(random, 0, people)
  const near = (person: number) => (person + 1 + integer(random, 0, 60)) % people
  time('relation lookup', 20_000, note, () => {
    const from = anybody()
    relations.between(`u${from}`, `u${random() < 0.5 ? near(from) : (from + 7) % people}`, now)
  })
  time('page of people', 2_000, note, () => {
    const person = anybody()
    suggestPeople(memory, interests.of(person), { person, limit: 20, exclude: new Set() })
  })
  time('one tie, then the relation', 5_000, note, () => {
    const from = anybody()
    apply([edge(from, near(from))])
    relations.closeness(from, near(from), now.getTime())
  })
  const began = performance.now()
  const { graph } = tieGraph(memory)
  note('graph of ties, s', (performance.now() - began) / 1000)
  const started = performance.now()
  const communities = leiden(graph, { random })
  note('communities, s', (performance.now() - started) / 1000)
  note('communities found', new Set(communities).size)
  const again = performance.now()
  leiden(graph, { random, start: communities })
  note('communities from the last, s', (performance.now() - again) / 1000)
}

function time(name: string, count: number, note: Note, work: () => void): void {
  for (let warm = 0; warm < Math.min(500, count); warm++) work()
  const took = Float64Array.from({ length: count }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  note(`${name}, p50 ms`, quantile(took, 0.5))
  note(`${name}, p99 ms`, quantile(took, 0.99))
}

function edge(from: number, to: number): Fact {
  return {
    kind: 'edge',
    edge: { from: `u${from}`, to: `u${to}`, kind: 'follow', weight: 1 },
  }
}

function applier(memory: Memory): (facts: readonly Fact[]) => void {
  let clock = memory.clock
  return (facts) => memory.apply(facts.map((fact) => ({ ...fact, clock: ++clock }) as Change))
}
