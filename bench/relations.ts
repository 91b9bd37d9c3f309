/**
 * Relations at size, and whether they find the ties that the sample city really has.
 * `npm run -s bench -- relations [--people 50000] [--ties 1000000] [--city 2000] [--seeds 3] [--json]`
 */
import { createInterests } from '../src/interest/interests.ts'
import { leiden } from '../src/math/leiden.ts'
import { integer, seededRandom } from '../src/math/random.ts'
import { mean, quantile, standardDeviation } from '../src/math/stats.ts'
import { createMemory } from '../src/memory/create-memory.ts'
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
  if (sizes.people > 0) measureSpeed(sizes, note)
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
