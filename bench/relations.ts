/**
 * Relations at size, and whether they find the ties that the sample city really has.
 * `npm run -s bench -- relations [--people 50000] [--ties 1000000] [--famous 1000000] [--city 2000] [--seeds 3] [--json]`
 */
import { userSchema } from '../src/domain/user.ts'
import { createInterests } from '../src/interest/interests.ts'
import type { NodeModel } from '../src/learn/graph/nodes/node-model.ts'
import { leiden } from '../src/math/leiden.ts'
import { integer, type Random, seededRandom } from '../src/math/random.ts'
import { mean, quantile, standardDeviation } from '../src/math/stats.ts'
import { createMemory } from '../src/memory/create-memory.ts'
import { createServedGraph } from '../src/recommend/learned/served-graph.ts'
import { tieGraph } from '../src/relations/network/tie-graph.ts'
import { suggestPeople } from '../src/relations/people.ts'
import { createRelations } from '../src/relations/relations.ts'
import { createExactVectors } from '../src/vectors/exact.ts'
import { loadNetwork, now } from './network.ts'
import { readOptions } from './options.ts'
import { applier, type Fact } from './relations/applier.ts'
import { cityFigures } from './relations/city.ts'

type Note = (name: string, value: number) => void

export async function bench(parameters: string[]): Promise<void> {
  const { json, ...sizes } = readOptions(parameters, {
    people: 50_000,
    ties: 1_000_000,
    events: 500_000,
    famous: 1_000_000,
    city: 2_000,
    seeds: 3,
    json: false,
  })
  const figures: Record<string, number> = {}
  const note: Note = (name, value) => {
    figures[name] = Number(value.toPrecision(4))
    if (!json) process.stdout.write(`${name.padEnd(64)} ${figures[name]}\n`)
  }
  if (sizes.city > 0) await rankCityTies(sizes.city, sizes.seeds, note)
  if (sizes.people > 0) await measureSpeed(sizes, note)
  if (sizes.famous > 0) measureFame(sizes.famous, note)
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
}

async function rankCityTies(people: number, seeds: number, note: Note): Promise<void> {
  const figures = new Map<string, number[]>()
  for (let seed = 1; seed <= seeds; seed++) {
    for (const [name, figure] of await cityFigures(people, seed)) {
      figures.set(name, [...(figures.get(name) ?? []), figure])
    }
  }
  for (const [name, values] of figures) {
    note(`city, ${name}`, mean(values))
    note(`city, ${name}, sd`, standardDeviation(values))
  }
}

async function measureSpeed(
  { people, ties, events }: { people: number; ties: number; events: number },
  note: Note,
): Promise<void> {
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
  const graph = createServedGraph(memory, { createVectors: createExactVectors })
  await graph.serve(someModel(people, random))
  time('page of people with a learned graph', 2_000, note, () => {
    const person = anybody()
    suggestPeople(memory, interests.of(person), { person, limit: 20, exclude: new Set() }, graph)
  })
  time('one tie, then the relation', 5_000, note, () => {
    const from = anybody()
    apply([edge(from, near(from))])
    relations.closeness(from, near(from), now.getTime())
  })
  const began = performance.now()
  const { graph: tied } = tieGraph(memory)
  note('graph of ties, s', (performance.now() - began) / 1000)
  const started = performance.now()
  const communities = leiden(tied, { random })
  note('communities, s', (performance.now() - started) / 1000)
  note('communities found', new Set(communities).size)
  const again = performance.now()
  leiden(tied, { random, start: communities })
  note('communities from the last, s', (performance.now() - again) / 1000)
}

/** Somebody whom everybody follows: reading and changing what concerns them must not take longer. */
function measureFame(followers: number, note: Note): void {
  const memory = createMemory({ createVectors: createExactVectors })
  const apply = applier(memory)
  const random = seededRandom(9)
  const famous = followers
  for (let start = 0; start <= followers; start += 10_000) {
    const ids = Array.from({ length: Math.min(10_000, followers + 1 - start) }, (_, n) => start + n)
    apply(ids.map((n) => ({ kind: 'user', user: userSchema.parse({ id: `u${n}` }) })))
  }
  for (let fan = 0; fan < followers; fan++) apply([edge(fan, famous)])
  const relations = createRelations(memory)
  const interests = createInterests(memory)
  const fan = () => integer(random, 0, followers)
  const name = `of ${followers} followers`
  time(`relation ${name}`, 2_000, note, () => {
    relations.between(`u${fan()}`, `u${famous}`, now)
    relations.between(`u${famous}`, `u${fan()}`, now)
  })
  time(`page of people ${name}`, 500, note, () => {
    suggestPeople(memory, interests.of(famous), {
      ...{ person: famous, limit: 20, exclude: new Set<number>() },
    })
  })
  time(`one leaves and returns ${name}`, 500, note, () => {
    const one = fan()
    apply([{ kind: 'edge-removed', from: `u${one}`, to: `u${famous}`, edgeKind: 'follow' }])
    apply([edge(one, famous)])
  })
}

/** Its numbers say nothing: asking takes as long whatever they are. */
function someModel(people: number, random: Random): NodeModel {
  const width = 64
  const some = (rows: number) => Float32Array.from({ length: rows * width }, () => random() - 0.5)
  const featureWidth = 64
  return {
    ...{ width, featureWidth, into: 0.5 },
    ...{ own: some(people), given: some(people), map: some(featureWidth + 2) },
  }
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
