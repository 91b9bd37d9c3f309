/** Short ways to write changes, for the tests of this room. */
import type { Change } from '../domain/change.ts'
import { type EdgeKind, edgeSchema } from '../domain/edge.ts'
import type { Action, DatedEvent } from '../domain/event.ts'
import { type ItemInput, itemSchema } from '../domain/item.ts'
import { type UserInput, userSchema } from '../domain/user.ts'
import { createMemory } from './create-memory.ts'
import type { Memory } from './memory.ts'
import type { MemoryOptions } from './parts.ts'

/** A memory with a clock that ticks by itself. */
export interface Scene {
  readonly memory: Memory
  users(...ids: string[]): Scene
  user(user: UserInput): Scene
  item(item: Partial<ItemInput> & { id: string }, values?: readonly number[]): Scene
  edge(from: string, kind: EdgeKind, to: string, weight?: number): Scene
  unedge(from: string, kind: EdgeKind, to: string): Scene
  /** A word about an item. @param hour when, in hours after the start of 2026 */
  does(userId: string, type: Action, itemId: string, hour?: number, value?: number): Scene
  /** A word about a person. */
  doesTo(userId: string, type: Action, targetUserId: string, hour?: number): Scene
  removeItem(id: string): Scene
  removeUser(id: string): Scene
}

export const start = Date.UTC(2026, 0, 1)
export const hourMs = 3_600_000

export function scene(options: MemoryOptions): Scene {
  const memory = createMemory(options)
  const put = (change: Change): Scene => {
    memory.apply([change])
    return self
  }
  const event = (facts: Omit<DatedEvent, 'at'>, hour: number): Scene =>
    put({ kind: 'event', clock: tick(), event: { ...facts, at: new Date(start + hour * hourMs) } })
  const tick = (): number => memory.clock + 1
  const self: Scene = {
    memory,
    users(...ids) {
      for (const id of ids) self.user({ id })
      return self
    },
    user: (user) => put({ kind: 'user', clock: tick(), user: userSchema.parse(user) }),
    item: (item, values) => put(itemChange(tick(), item, values)),
    edge: (from, kind, to, weight = 1) =>
      put({ kind: 'edge', clock: tick(), edge: edgeSchema.parse({ from, to, kind, weight }) }),
    unedge: (from, edgeKind, to) =>
      put({ kind: 'edge-removed', clock: tick(), from, to, edgeKind }),
    does: (userId, type, itemId, hour = 0, value) => event({ userId, type, itemId, value }, hour),
    doesTo: (userId, type, targetUserId, hour = 0) => event({ userId, type, targetUserId }, hour),
    removeItem: (itemId) => put({ kind: 'item-removed', clock: tick(), itemId }),
    removeUser: (userId) => put({ kind: 'user-removed', clock: tick(), userId }),
  }
  return self
}

export function itemChange(
  clock: number,
  item: Partial<ItemInput> & { id: string },
  values?: readonly number[],
): Change {
  const parsed = itemSchema.parse({ text: item.id, createdAt: '2026-01-01T00:00:00Z', ...item })
  const embedding = values && { space: 'test@1', values: Int8Array.from(values) }
  return { kind: 'item', clock, item: parsed, embedding }
}

export function idsOf(memory: Memory, items: Iterable<number>): (string | undefined)[] {
  return Array.from(items, (item) => memory.items.get(item)?.id)
}

export function peopleOf(
  memory: Memory,
  { values, length }: { values: Int32Array; length: number },
): (string | undefined)[] {
  return Array.from(values.subarray(0, length), (person) => memory.people.get(person)?.id)
}

/** One array of all chunks. */
export function bytesOf(chunks: Iterable<Uint8Array>): Uint8Array {
  return Uint8Array.from(Buffer.concat([...chunks]))
}
