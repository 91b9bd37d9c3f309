/**
 * What people do. Calls made close together share one transaction: whoever comes while one is
 * under way goes into the next, so that many small calls cost one wait for the disk.
 */
import type { Database } from '../database/database.ts'
import type { DatedEvent } from '../domain/event.ts'
import type { Vault } from '../vault/vault.ts'
import { insertEvents, type KeyedEvent } from './insert-events.ts'
import { type Lookup, unknown } from './lookup.ts'
import { readEvents } from './read-events.ts'
import type { AddedEvents, EventStore } from './store.ts'
import type { Turn, Writer } from './writer.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
  readonly writer: Writer
}

interface Call {
  readonly events: readonly DatedEvent[]
  readonly resolve: (added: AddedEvents) => void
  readonly reject: (reason: unknown) => void
}

/** Events in one transaction; a larger single call still goes in whole. */
const groupSize = 20_000

export function createEventStore({ database, vault, lookup, writer }: Parts): EventStore {
  const waiting: Call[] = []
  let isAsked = false

  function ask(): void {
    if (isAsked || waiting.length === 0) return
    isAsked = true
    let group: Call[] = []
    const outcomes = writer.write((turn) => {
      isAsked = false
      group = takeGroup(waiting)
      ask()
      return addGroup(turn, vault, lookup, group)
    })
    outcomes.then(
      (settle) => settle(),
      (error) => {
        // The turn may have failed before it took anybody along.
        isAsked = group.length === 0 ? false : isAsked
        for (const { reject } of group.length === 0 ? waiting.splice(0) : group) reject(error)
      },
    )
  }

  return {
    add(events) {
      if (events.length === 0) return Promise.resolve({ changes: [], duplicates: 0 })
      return new Promise((resolve, reject) => {
        waiting.push({ events, resolve, reject })
        ask()
      })
    },

    async list(userId, { limit }) {
      const keys = await lookup.keysOf(database.query, 'user', [userId])
      const key = keys.get(userId)
      if (key === undefined) throw unknown('user', userId)
      return readEvents(database.query, vault, lookup, { id: userId, key }, limit)
    },
  }
}

function takeGroup(waiting: Call[]): Call[] {
  let size = 0
  let calls = 0
  for (const { events } of waiting) {
    size += events.length
    if (calls > 0 && size > groupSize) break
    calls++
  }
  return waiting.splice(0, calls)
}

/** @returns what to tell the callers once the group is committed */
async function addGroup(
  turn: Turn,
  vault: Vault,
  lookup: Lookup,
  group: readonly Call[],
): Promise<() => void> {
  const users = await lookup.keysInTurn(turn.query, 'user', userIdsOf(group))
  const items = await lookup.keysInTurn(turn.query, 'item', itemIdsOf(group))
  const keyed = group.map(({ events }) => keyedEvents(events, users, items))
  const rows = keyed.flatMap((one) => (Array.isArray(one) ? one : []))
  const added = await insertEvents(turn, vault, lookup, rows)
  return () => {
    for (const [i, { resolve, reject }] of group.entries()) {
      const one = keyed[i]
      if (!Array.isArray(one)) reject(one)
      else {
        const changes = one.flatMap((row) => added.get(row) ?? [])
        resolve({ changes, duplicates: one.length - changes.length })
      }
    }
  }
}

function* userIdsOf(group: readonly Call[]): Generator<string> {
  for (const { events } of group) {
    for (const { userId, targetUserId } of events) {
      yield userId
      if (targetUserId !== undefined) yield targetUserId
    }
  }
}

function* itemIdsOf(group: readonly Call[]): Generator<string> {
  for (const { events } of group) {
    for (const { itemId } of events) if (itemId !== undefined) yield itemId
  }
}

/** @returns the error for this call alone when it names somebody or something unknown */
function keyedEvents(
  events: readonly DatedEvent[],
  users: ReadonlyMap<string, number>,
  items: ReadonlyMap<string, number>,
): KeyedEvent[] | Error {
  const keyed: KeyedEvent[] = []
  for (const [index, event] of events.entries()) {
    const { userId, itemId, targetUserId } = event
    const user = users.get(userId)
    if (user === undefined) return unknown('user', userId, { index })
    const item = itemId === undefined ? undefined : items.get(itemId)
    if (itemId !== undefined && item === undefined) return unknown('item', itemId, { index })
    const target = targetUserId === undefined ? undefined : users.get(targetUserId)
    if (targetUserId !== undefined && target === undefined) {
      return unknown('user', targetUserId, { index })
    }
    keyed.push({ event, user, item, target })
  }
  return keyed
}
