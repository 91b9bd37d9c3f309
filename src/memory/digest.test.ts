import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Change } from '../domain/change.ts'
import { edgeKinds } from '../domain/edge.ts'
import { itemActions, personActions } from '../domain/event.ts'
import { createExactVectors } from '../vectors/exact.ts'
import { bytesOf, hourMs, itemChange, scene, start } from './changes.fixture.ts'
import { createMemory, loadSnapshot } from './create-memory.ts'
import type { Memory } from './memory.ts'

const options = { createVectors: createExactVectors }
const person = fc.integer({ min: 0, max: 5 }).map((number) => `person ${number}`)
const post = fc.integer({ min: 0, max: 7 }).map((number) => `post ${number}`)
const vector = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 16, maxLength: 16 })

/** Changes without clocks; clocks are given by their place. */
const change: fc.Arbitrary<(clock: number) => Change> = fc.oneof(
  fc.tuple(person, fc.boolean()).map(
    ([id, isPrivate]) =>
      (clock: number): Change => ({
        kind: 'user',
        clock,
        user: { id, isPrivate, languages: [], allowsUnsafe: false, isSample: false },
      }),
  ),
  fc.tuple(post, person, vector, fc.nat(100)).map(
    ([id, authorId, values, hours]) =>
      (clock: number) =>
        itemChange(
          clock,
          { id, authorId, createdAt: new Date(start + hours * hourMs).toISOString() },
          values,
        ),
  ),
  fc
    .tuple(person, person, fc.constantFrom(...edgeKinds), fc.integer({ min: 0, max: 10 }))
    .filter(([from, to]) => from !== to)
    .map(
      ([from, to, kind, tenths]) =>
        (clock: number): Change => ({
          kind: 'edge',
          clock,
          edge: { from, to, kind, weight: tenths / 10 },
        }),
    ),
  fc.tuple(person, person, fc.constantFrom(...edgeKinds)).map(
    ([from, to, edgeKind]) =>
      (clock: number): Change => ({ kind: 'edge-removed', clock, from, to, edgeKind }),
  ),
  eventChange(),
  eventChange(),
  eventChange(),
  post.map(
    (itemId) =>
      (clock: number): Change => ({ kind: 'item-removed', clock, itemId }),
  ),
  person.map(
    (userId) =>
      (clock: number): Change => ({ kind: 'user-removed', clock, userId }),
  ),
)

function eventChange(): fc.Arbitrary<(clock: number) => Change> {
  const about = fc.oneof(
    fc.record({ itemId: post, type: fc.constantFrom(...itemActions) }),
    fc.record({ targetUserId: person, type: fc.constantFrom(...personActions, 'more', 'less') }),
  )
  return fc.tuple(person, about, fc.nat(2000)).map(
    ([userId, facts, minutes]) =>
      (clock: number): Change => ({
        kind: 'event',
        clock,
        event: { userId, ...facts, value: minutes % 7, at: new Date(start + minutes * 60_000) },
      }),
  )
}

const histories = fc
  .array(change, { maxLength: 150 })
  .map((changes) => possible(changes.map((make, place) => make(place + 1))))

/** Without changes that the store refuses: those that name somebody or something unknown. */
function possible(changes: readonly Change[]): Change[] {
  const users = new Set<string>(['person 0', 'person 1', 'person 2'])
  const authors = new Map<string, string>()
  const first = [...users].map((id): Change => ({ kind: 'user', clock: 0, user: plainUser(id) }))
  return [...first, ...changes.filter((change) => isPossible(change, users, authors))]
}

function plainUser(id: string) {
  return { id, isPrivate: false, languages: [], allowsUnsafe: false, isSample: false }
}

function isPossible(change: Change, users: Set<string>, authors: Map<string, string>): boolean {
  follow(change, users, authors)
  if (change.kind === 'item') return authors.get(change.item.id) === change.item.authorId
  if (change.kind === 'edge') return users.has(change.edge.from) && users.has(change.edge.to)
  if (change.kind !== 'event') return true
  const { userId, itemId, targetUserId } = change.event
  const isKnown = itemId === undefined ? users.has(targetUserId ?? '') : authors.has(itemId)
  return users.has(userId) && isKnown && userId !== targetUserId
}

/** Keeps the books of who and what is there. */
function follow(change: Change, users: Set<string>, authors: Map<string, string>): void {
  if (change.kind === 'user') users.add(change.user.id)
  if (change.kind === 'item-removed') authors.delete(change.itemId)
  if (change.kind === 'item') {
    const { id, authorId = '' } = change.item
    if (users.has(authorId)) authors.set(id, authorId)
  }
  if (change.kind !== 'user-removed') return
  users.delete(change.userId)
  for (const [id, author] of authors) if (author === change.userId) authors.delete(id)
}

/** As the store gives changes for a rebuild: what is there, then what happened, by the clock. */
function rebuildOrder(live: Memory, changes: readonly Change[]): Change[] {
  const users = lastPut(changes, 'user', (id) => live.people.numberOf(id) >= 0)
  const items = lastPut(changes, 'item', (id) => live.items.numberOf(id) >= 0)
  return [...users, ...items, ...changes.filter(({ kind }) => kind !== 'user' && kind !== 'item')]
}

function lastPut(
  changes: readonly Change[],
  kind: 'user' | 'item',
  isThere: (id: string) => boolean,
): Change[] {
  const last = new Map<string, Change>()
  for (const change of changes) {
    if (change.kind === 'user' && kind === 'user') last.set(change.user.id, change)
    if (change.kind === 'item' && kind === 'item') last.set(change.item.id, change)
  }
  return [...last].filter(([id]) => isThere(id)).map(([, change]) => change)
}

it('is the same after a rebuild as after living through it', () => {
  fc.assert(
    fc.property(histories, (changes) => {
      const live = createMemory(options)
      for (const change of changes) live.apply([change])
      const rebuilt = createMemory(options)
      rebuilt.apply(rebuildOrder(live, changes))
      expect(rebuilt.digest()).toBe(live.digest())
      expectSameTrends(live, rebuilt)
    }),
    { numRuns: 300 },
  )
})

it('is the same after a snapshot and the changes since', () => {
  fc.assert(
    fc.property(histories, fc.nat(150), (changes, cut) => {
      const live = createMemory(options)
      live.apply(changes.slice(0, cut))
      const loaded = loadSnapshot(bytesOf(live.save()), options)
      expect(loaded.digest()).toBe(live.digest())
      expect(loaded.clock).toBe(live.clock)
      for (const memory of [live, loaded]) memory.apply(changes.slice(cut))
      expect(loaded.digest()).toBe(live.digest())
      expectSameTrends(live, loaded)
    }),
    { numRuns: 100 },
  )
})

function expectSameTrends(one: Memory, other: Memory): void {
  const nowMs = start + 100 * hourMs
  for (let item = 0; item < one.items.count; item++) {
    const id = one.items.get(item)?.id
    if (id === undefined) continue
    const same = other.items.numberOf(id)
    expect(other.engagement.trend(same, nowMs)).toBeCloseTo(one.engagement.trend(item, nowMs), 6)
    expect(other.engagement.total(same)).toBeCloseTo(one.engagement.total(item), 6)
  }
}

it.each([
  ['a like', (town: ReturnType<typeof scene>) => town.does('ann', 'like', 'one')],
  ['a second view', (town: ReturnType<typeof scene>) => town.does('ann', 'view', 'one', 5)],
  ['a tie', (town: ReturnType<typeof scene>) => town.edge('ann', 'follow', 'bob')],
  ['a mute', (town: ReturnType<typeof scene>) => town.edge('ann', 'mute', 'bob')],
  ['a block', (town: ReturnType<typeof scene>) => town.edge('ann', 'block', 'bob')],
  ['a new text', (town: ReturnType<typeof scene>) => town.item({ id: 'one', text: 'other' })],
  ['a vector', (town: ReturnType<typeof scene>) => town.item({ id: 'one' }, [1, 2, 3])],
  ['a name', (town: ReturnType<typeof scene>) => town.user({ id: 'ann', name: 'Ann' })],
  ['a removal', (town: ReturnType<typeof scene>) => town.removeItem('one')],
])('differs after %s', (_, change) => {
  const make = () =>
    scene(options)
      .users('ann', 'bob')
      .item({ id: 'one' })
      .item({ id: 'two' })
      .does('ann', 'view', 'one')
  expect(make().memory.digest()).toBe(make().memory.digest())
  expect(change(make()).memory.digest()).not.toBe(make().memory.digest())
})
