/**
 * The hot state at size: how fast it takes changes, answers and comes back from a snapshot.
 * `npm run bench -- memory [--items 100000] [--people 20000] [--events 1000000] [--json]`
 */
import type { Change } from '../src/domain/change.ts'
import { integer, normal, seededRandom } from '../src/math/random.ts'
import { quantile } from '../src/math/stats.ts'
import { createMemory, loadSnapshot } from '../src/memory/create-memory.ts'
import type { Memory, Scored } from '../src/memory/memory.ts'
import { createExactVectors } from '../src/vectors/exact.ts'
import { createInvertedFile } from '../src/vectors/inverted-file.ts'
import { type LoadNetwork, loadNetwork, type NetworkSize, now } from './network.ts'
import { readOptions } from './options.ts'

type Note = (name: string, value: number) => void
/** A change that has no clock yet. */
type Fact = Change extends infer Kind ? (Kind extends Change ? Omit<Kind, 'clock'> : never) : never

const width = 384
const space = 'bench@1'
const options = { createVectors: createInvertedFile }

export async function bench(parameters: string[]): Promise<void> {
  const { json, ...given } = readOptions(parameters, {
    items: 100_000,
    people: 20_000,
    events: 1_000_000,
    json: false,
  })
  const size = { ...given, width }
  const figures: Record<string, number> = {}
  const note: Note = (name, value) => {
    figures[name] = Number(value.toPrecision(4))
    if (!json) process.stdout.write(`${name.padEnd(50)} ${figures[name]}\n`)
  }
  measure(size, note)
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
}

function measure(size: NetworkSize, note: Note): void {
  const memory = createMemory(options)
  fill(memory, loadNetwork(size, space), note)
  note('memory of the process when full, MB', process.memoryUsage.rss() / 1e6)
  ask(memory, size, note)
  askWhileWriting(memory, size, note)
  note('recall@100 of nearest', recall(memory))
  saveAndLoad(memory, note)
}

function fill(memory: Memory, network: LoadNetwork, note: Note): void {
  note(
    'people per second',
    rate(memory, network.users(), (user) => ({ kind: 'user', user })),
  )
  note(
    'items per second, lists made meanwhile',
    rate(memory, network.items(), (item) => ({ kind: 'item', ...item })),
  )
  note(
    'ties per second',
    rate(memory, network.edges(), (edge) => ({ kind: 'edge', edge })),
  )
  note(
    'events per second',
    rate(memory, network.events(), (event) => ({ kind: 'event', event })),
  )
}

/** Changes folded in a second; making them is not counted. */
function rate<Value>(
  memory: Memory,
  batches: Iterable<Value[]>,
  factOf: (value: Value) => Fact,
): number {
  let spent = 0
  let count = 0
  for (const batch of batches) {
    const facts = batch.map(factOf)
    const began = performance.now()
    apply(memory, facts)
    spent += performance.now() - began
    count += facts.length
  }
  return count / (spent / 1000)
}

function apply(memory: Memory, facts: readonly Fact[]): void {
  memory.apply(facts.map((fact, place) => ({ ...fact, clock: memory.clock + place + 1 })))
}

function ask({ vectors, engagement, items }: Memory, size: NetworkSize, note: Note): void {
  const random = seededRandom(2)
  const item = (): number => integer(random, 0, size.items)
  const nearestTo = (number: number): Scored => {
    const embedding = vectors.get(number)
    return embedding ? vectors.nearest(embedding, 100) : vectors.near(number, 100)
  }
  const popular = engagement.trending(100, now.getTime())
  const out = new Float32Array(500)
  time(note, 'nearest 100', 1000, () => nearestTo(item()))
  time(note, 'near 100, first time', 500, () => vectors.near(item(), 100))
  time(note, 'near 100, known', 500, () => vectors.near(7, 100))
  time(note, 'alike, first time', 1000, () => engagement.alike(item()))
  time(note, 'alike of the trending, first time', 100, (turn) =>
    engagement.alike(popular[turn] ?? 0),
  )
  time(note, 'alike, known', 500, () => engagement.alike(7))
  time(note, '500 cosines of an item', 500, () => {
    vectors.cosines(item(), Int32Array.from({ length: 500 }, item), 500, out)
  })
  time(note, 'trending 200', 500, () => engagement.trending(200, now.getTime()))
  time(note, 'newest 200', 500, () => items.newest(200))
}

function time(note: Note, name: string, turns: number, work: (turn: number) => unknown): void {
  const spent = new Float64Array(turns)
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now()
    work(turn)
    spent[turn] = performance.now() - began
  }
  note(`${name}: ms p50`, quantile(spent, 0.5))
  note(`${name}: ms p99`, quantile(spent, 0.99))
}

/** Events and items come between questions: what is known of busy items stays cheap and true. */
function askWhileWriting(memory: Memory, size: NetworkSize, note: Note): void {
  const { engagement, vectors } = memory
  const more = loadNetwork({ ...size, events: 10_000 }, space, 3)
  const events = [...more.events()].flat()
  const [items = []] = more.items()
  const popular = engagement.trending(200, now.getTime())
  time(note, '40 events, then alike of 20', 200, (turn) => {
    const some = events.slice(turn * 40, (turn + 1) * 40)
    apply(
      memory,
      some.map((event): Fact => ({ kind: 'event', event })),
    )
    for (let place = 0; place < 20; place++) engagement.alike(popular[(turn + place) % 200] ?? 0)
  })
  time(note, '1 item, then near of 10', 100, (turn) => {
    const item = items[turn]
    if (item) apply(memory, [{ kind: 'item', ...item }])
    for (let place = 0; place < 10; place++) vectors.near(popular[place] ?? 0, 100)
  })
  time(note, 'remove an item', 50, (turn) => {
    apply(memory, [{ kind: 'item-removed', itemId: `p${turn * 31}` }])
  })
  time(note, 'remove a person', 20, (turn) => {
    apply(memory, [{ kind: 'user-removed', userId: `u${turn * 31}` }])
  })
}

/** Of directions a little beside those of items, against the exact index. */
function recall({ items, vectors }: Memory): number {
  const exact = createExactVectors(width)
  for (let item = 0; item < items.count; item++) {
    const embedding = vectors.get(item)
    if (embedding) exact.put(item, embedding.values)
  }
  const random = seededRandom(4)
  let found = 0
  let sought = 0
  for (const item of items.newest(100)) {
    const values = vectors.get(item)?.values.map((value) => clamped(value + 8 * normal(random)))
    if (!values) continue
    const truth = new Set(exact.nearest(values, 100).rows)
    for (const other of vectors.nearest({ space, values }, 100).items) found += +truth.has(other)
    sought += 100
  }
  return found / sought
}

function clamped(value: number): number {
  return Math.max(-127, Math.min(127, value))
}

function saveAndLoad(memory: Memory, note: Note): void {
  const began = performance.now()
  const snapshot = memory.save()
  note('save: copy of the state, ms', performance.now() - began)
  const bytes = Buffer.concat([...snapshot])
  note('save: all of it, ms', performance.now() - began)
  note('snapshot, MB', bytes.length / 1e6)
  const loadBegan = performance.now()
  const loaded = loadSnapshot(bytes, options)
  note('load, ms', performance.now() - loadBegan)
  const [newest = 0] = loaded.items.newest(1)
  loaded.vectors.near(newest, 100)
  loaded.engagement.trending(100, now.getTime())
  note('load and first questions, ms', performance.now() - loadBegan)
  note('same digest after loading, 1 = yes', +(loaded.digest() === memory.digest()))
}
