/**
 * The hot state at size: how fast it takes changes, answers and comes back. `npm run bench -- memory
 * [--items 100000] [--people 20000] [--events 1000000] [--json]`; data is made from a seed.
 */
import { parseArgs } from 'node:util'
import type { Change } from '../src/domain/change.ts'
import type { Action } from '../src/domain/event.ts'
import { integer, normal, type Random, seededRandom } from '../src/math/random.ts'
import { quantile } from '../src/math/stats.ts'
import { createMemory, loadSnapshot } from '../src/memory/create-memory.ts'
import type { Memory } from '../src/memory/memory.ts'
import { createExactVectors } from '../src/vectors/exact.ts'
import { createInvertedFile } from '../src/vectors/inverted-file.ts'

interface Size {
  readonly items: number
  readonly people: number
  readonly events: number
}

const width = 384
const topicCount = 400
const space = 'bench@1'
const endMs = Date.UTC(2026, 10, 1)
const dayMs = 86_400_000
const options = { createVectors: createInvertedFile }

export async function bench(parameters: string[]): Promise<void> {
  const { values } = parseArgs({
    args: parameters,
    options: {
      items: { type: 'string', default: '100000' },
      people: { type: 'string', default: '20000' },
      events: { type: 'string', default: '1000000' },
      json: { type: 'boolean', default: false },
    },
  })
  const size = {
    items: Number(values.items),
    people: Number(values.people),
    events: Number(values.events),
  }
  const figures: Record<string, number> = {}
  const note = (name: string, value: number): void => {
    figures[name] = Math.round(value * 10_000) / 10_000
    if (!values.json) process.stdout.write(`${name.padEnd(44)} ${figures[name]}\n`)
  }
  const memory = createMemory(options)
  fill(memory, size, note)
  ask(memory, size, note)
  askWhileWriting(memory, size, note)
  note('recall@100 of nearest', recall(memory))
  saveAndLoad(memory, note)
  note('memory of the process, MB', process.memoryUsage.rss() / 1e6)
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`)
}

type Note = (name: string, value: number) => void

function fill(memory: Memory, { items, people, events }: Size, note: Note): void {
  const random = seededRandom(1)
  const network = networkOf(random)
  note(
    'people per second',
    rate(memory, people, (clock) => network.user(clock)),
  )
  note(
    'items per second, lists being made',
    rate(memory, items, (clock) => network.item(clock)),
  )
  note(
    'ties per second',
    rate(memory, people * 20, (clock) => network.edge(clock, people)),
  )
  note(
    'events per second',
    rate(memory, events, (clock) => network.event(clock, people, items)),
  )
}

/** Changes folded in a second; making them is not counted. */
function rate(memory: Memory, count: number, make: (number: number) => Change): number {
  let spent = 0
  for (let first = 0; first < count; first += 1000) {
    const changes = Array.from({ length: Math.min(1000, count - first) }, (_, at) =>
      make(first + at),
    )
    const began = performance.now()
    memory.apply(changes)
    spent += performance.now() - began
  }
  return count / (spent / 1000)
}

/** Topics with a popular head, people who keep to a few of them, and texts in two languages. */
function networkOf(random: Random) {
  const basis = Array.from({ length: 48 }, () => directions(random, width))
  const topics = Array.from({ length: topicCount }, () => directions(random, basis.length))
  const actions: Action[] = ['view', 'view', 'dwell', 'click', 'click', 'like', 'like', 'repost']
  let clock = 0
  const author = (count: number): string => `user-${Math.floor(count * random() ** 2)}`
  return {
    user: (number: number): Change => ({
      kind: 'user',
      clock: ++clock,
      user: plainUser(`user-${number}`),
    }),
    item: (number: number): Change => ({
      kind: 'item',
      clock: ++clock,
      item: plainItem(number, author(1000), random),
      embedding: { space, values: textLike(random, topics[number % topicCount]!, basis) },
    }),
    edge: (_: number, people: number): Change => {
      const from = integer(random, 0, people)
      const to = (from + 1 + Math.floor((people - 1) * random() ** 2)) % people
      const edge = { from: `user-${from}`, to: `user-${to}`, kind: 'follow', weight: 1 } as const
      return { kind: 'edge', clock: ++clock, edge }
    },
    event: (number: number, people: number, items: number): Change => {
      const person = integer(random, 0, people)
      const topic = (person * 7 + integer(random, 0, 6) * 31) % topicCount
      const place = Math.floor((items / topicCount) * random() ** 2)
      const at = new Date(endMs - 30 * dayMs * (1 - number / 1e6) * random())
      const event = {
        userId: `user-${person}`,
        itemId: `item-${Math.min(items - 1, place * topicCount + topic)}`,
        type: actions[integer(random, 0, actions.length)]!,
        at,
      }
      return { kind: 'event', clock: ++clock, event }
    },
  }
}

function plainUser(id: string) {
  return { id, languages: [], isPrivate: false, allowsUnsafe: false, isSample: true }
}

function plainItem(number: number, authorId: string, random: Random) {
  const words = Array.from({ length: 30 }, () => integer(random, 0, 36 ** 5).toString(36))
  return {
    id: `item-${number}`,
    kind: 'post',
    authorId,
    text: words.join(' '),
    createdAt: new Date(endMs - 60 * dayMs * random()),
    language: number % 2 ? 'zh' : 'en',
    tags: [],
    visibility: 'public' as const,
    isUnsafe: false,
  }
}

function textLike(random: Random, topic: Float32Array, basis: readonly Float32Array[]): Int8Array {
  const vector = new Float32Array(width)
  for (const [place, axis] of basis.entries()) {
    const amount = topic[place]! + normal(random)
    for (let d = 0; d < width; d++) vector[d]! += amount * axis[d]!
  }
  for (let d = 0; d < width; d++) vector[d]! += 2 * normal(random)
  const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  return Int8Array.from(vector, (value) => Math.round((value / largest) * 127))
}

function directions(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => normal(random))
}

function ask(memory: Memory, { items, people }: Size, note: Note): void {
  const random = seededRandom(2)
  const item = (): number => integer(random, 0, items)
  const person = (): number => integer(random, 0, people)
  const out = new Float32Array(500)
  const some = (): Int32Array => Int32Array.from({ length: 500 }, item)
  const nowMs = endMs
  time(note, 'nearest 100', 500, () => memory.vectors.nearest(memory.vectors.get(item())!, 100))
  time(note, 'near 100, first time', 500, () => memory.vectors.near(item(), 100))
  time(note, 'near 100, known', 500, () => memory.vectors.near(7, 100))
  time(note, 'alike, first time', 1000, () => memory.engagement.alike(item()))
  time(note, 'alike of the most popular', 20, (turn) =>
    memory.engagement.alike(memory.engagement.trending(100, nowMs)[turn]!),
  )
  time(note, 'alike, known', 500, () => memory.engagement.alike(7))
  time(note, '500 cosines of an item', 500, () => memory.vectors.cosines(item(), some(), 500, out))
  time(note, 'trending 200', 500, () => memory.engagement.trending(200, nowMs))
  time(note, 'newest 200', 500, () => memory.items.newest(200))
  time(note, 'walk through a circle', 500, () => circle(memory, person()))
}

/** What a page does: everything that ties of a person did. */
function circle(memory: Memory, person: number): number {
  const { values, length } = memory.ties.out(person)
  let liked = 0
  for (let place = 0; place < length; place++) {
    const tie = values[place]!
    for (let entry = memory.histories.length(tie) - 1; entry >= 0; entry--) {
      if (memory.histories.actionAt(tie, entry) === 'like') liked++
    }
  }
  return liked
}

function time(note: Note, name: string, turns: number, work: (turn: number) => unknown): void {
  const spent = new Float64Array(turns)
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now()
    work(turn)
    spent[turn] = performance.now() - began
  }
  note(`${name}, ms p50`, quantile(spent, 0.5))
  note(`${name}, ms p99`, quantile(spent, 0.99))
}

/** Events come between questions: neighbours of busy items stay cheap, trends stay true. */
function askWhileWriting(memory: Memory, { items, people }: Size, note: Note): void {
  const random = seededRandom(3)
  const network = networkOf(random)
  const trending = memory.engagement.trending(200, endMs)
  time(note, '40 events, then alike 20 × and trending', 200, (turn) => {
    memory.apply(Array.from({ length: 40 }, () => network.event(1e6, people, items)))
    for (let place = 0; place < 20; place++)
      memory.engagement.alike(trending[(turn + place) % 200]!)
    memory.engagement.trending(200, endMs)
  })
  time(note, '1 item, then near 10 ×', 100, (turn) => {
    memory.apply([network.item(items + turn)])
    for (let place = 0; place < 10; place++) memory.vectors.near(trending[place]!, 100)
  })
  time(note, 'remove an item', 20, (turn) =>
    memory.apply([{ kind: 'item-removed', clock: memory.clock + 1, itemId: `item-${turn}` }]),
  )
}

/** Of new texts, against the exact index. */
function recall(memory: Memory): number {
  const exact = createExactVectors(width)
  for (let item = 0; item < memory.items.count; item++) {
    const embedding = memory.vectors.get(item)
    if (embedding) exact.put(item, embedding.values)
  }
  const random = seededRandom(4)
  const newest = memory.items.newest(200)
  let found = 0
  for (let turn = 0; turn < 100; turn++) {
    const { values } = memory.vectors.get(newest[turn]!)!
    const query = values.map((value) => Math.max(-127, Math.min(127, value + 8 * normal(random))))
    const truth = new Set(exact.nearest(query, 100).rows)
    for (const item of memory.vectors.nearest({ space, values: query }, 100).items) {
      if (truth.has(item)) found++
    }
  }
  return found / 10_000
}

function saveAndLoad(memory: Memory, note: Note): void {
  const digest = memory.digest()
  const began = performance.now()
  const snapshot = memory.save()
  note('save: copy of the state, ms', performance.now() - began)
  const bytes = Buffer.concat([...snapshot])
  note('save: everything, ms', performance.now() - began)
  note('snapshot, MB', bytes.length / 1e6)
  const loadBegan = performance.now()
  const loaded = loadSnapshot(bytes, options)
  note('load, ms', performance.now() - loadBegan)
  const first = loaded.vectors.nearest(loaded.vectors.get(loaded.items.newest(1)[0]!)!, 100)
  note('load and first question, ms', performance.now() - loadBegan)
  note(
    'same digest after loading',
    loaded.digest() === digest && first.items.length === 100 ? 1 : 0,
  )
}
