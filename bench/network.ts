/**
 * A synthetic network for load: item vectors around topic centres, people with a few tastes each,
 * follow ties inside communities, events by tastes with a long tail. Seeded.
 */
import type { Edge } from '../src/domain/edge.ts'
import { embeddingOf } from '../src/domain/embedding.ts'
import type { DatedEvent } from '../src/domain/event.ts'
import type { User } from '../src/domain/user.ts'
import { seededRandom } from '../src/math/random.ts'
import type { EncodedItem } from '../src/store/store.ts'

export interface NetworkSize {
  readonly people: number
  readonly items: number
  readonly events: number
  readonly width: number
}

export const now = new Date('2026-11-01T12:00:00Z')
const topics = 200
const day = 86_400_000
const followsPerPerson = 20
const eventTypes = [
  'view',
  'view',
  'view',
  'dwell',
  'click',
  'like',
  'like',
  'reply',
  'repost',
] as const

export interface LoadNetwork {
  users(): Generator<User[]>
  items(): Generator<EncodedItem[]>
  edges(): Generator<Edge[]>
  events(): Generator<DatedEvent[]>
}

export function loadNetwork(size: NetworkSize, space: string, seed = 1): LoadNetwork {
  const random = seededRandom(seed)
  const centres = Array.from({ length: topics }, () => gaussian(size.width, random))
  const tastes = Array.from({ length: size.people }, () => [topic(), topic(), topic()])
  const topicOf = Array.from({ length: size.items }, topic)
  const itemsOf = Array.from({ length: topics }, (): number[] => [])
  for (let n = 0; n < size.items; n++) itemsOf[topicOf[n] ?? 0]?.push(n)

  function topic(): number {
    return Math.floor(random() * topics)
  }

  function item(n: number): EncodedItem {
    const centre = centres[topicOf[n] ?? 0] ?? []
    const noise = gaussian(size.width, random)
    const vector = Array.from(centre, (value, d) => value + 0.9 * (noise[d] ?? 0))
    const createdAt = new Date(now.getTime() - Math.floor(28 * day * random()))
    const text = `Post ${n} about subject ${topicOf[n]}: ${'words of usual length '.repeat(1 + (n % 6))}`
    return {
      item: {
        id: `p${n}`,
        kind: 'post',
        authorId: `u${Math.floor(random() * size.people)}`,
        text,
        createdAt,
        language: 'en',
        tags: [],
        visibility: 'public',
        isUnsafe: false,
      },
      embedding: embeddingOf(space, vector),
    }
  }

  function event(): DatedEvent {
    const person = Math.floor(size.people * random() ** 1.5)
    const liked = itemsOf[tastes[person]?.[Math.floor(3 * random())] ?? 0] ?? []
    const isOnTaste = random() < 0.8 && liked.length > 0
    const pick = Math.floor((isOnTaste ? liked.length : size.items) * random() ** 2)
    return {
      type: eventTypes[Math.floor(eventTypes.length * random())] ?? 'view',
      userId: `u${person}`,
      itemId: `p${isOnTaste ? (liked[pick] ?? 0) : pick}`,
      at: new Date(now.getTime() - Math.floor(28 * day * random())),
    }
  }

  function edge(n: number): Edge {
    const from = n % size.people
    const isNear = random() < 0.8
    const to = isNear
      ? (from + 1 + Math.floor(100 * random())) % size.people
      : Math.floor(size.people * random())
    return {
      from: `u${from}`,
      to: `u${to === from ? (to + 1) % size.people : to}`,
      kind: 'follow',
      weight: 1,
    }
  }

  return {
    users: () =>
      batches(size.people, 2_000, (n) => ({
        id: `u${n}`,
        name: `Person ${n}`,
        languages: [],
        isPrivate: false,
        allowsUnsafe: false,
        isSample: true,
      })),
    items: () => batches(size.items, 1_000, item),
    edges: () => batches(size.people * followsPerPerson, 5_000, edge),
    events: () => batches(size.events, 10_000, event),
  }
}

function* batches<Value>(
  count: number,
  size: number,
  make: (n: number) => Value,
): Generator<Value[]> {
  for (let start = 0; start < count; start += size) {
    yield Array.from({ length: Math.min(size, count - start) }, (_, n) => make(start + n))
  }
}

/** Roughly normal components: the sum of three uniforms. [width] */
function gaussian(width: number, random: () => number): Float32Array {
  return Float32Array.from({ length: width }, () => random() + random() + random() - 1.5)
}
