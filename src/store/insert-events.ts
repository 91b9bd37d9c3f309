/** Writes a group of events in few statements and tells which of them were new. */
import type { Change } from '../domain/change.ts'
import type { DatedEvent } from '../domain/event.ts'
import type { Vault } from '../vault/vault.ts'
import { bytesColumn, chunksOf, column } from './arrays.ts'
import { actionCodes } from './codes.ts'
import { sealJson, wordsOf } from './envelopes.ts'
import type { Lookup } from './lookup.ts'
import type { Turn } from './writer.ts'

export interface KeyedEvent {
  readonly event: DatedEvent
  readonly user: number
  readonly item: number | undefined
  readonly target: number | undefined
}

const chunkSize = 5_000
const insertSql = `with added as (
  insert into events (user_key, key, action, item_key, target_key, at, value, clock, sealed)
  select * from unnest($1::int[], $2::uuid[], $3::smallint[], $4::int[], $5::int[], $6::bigint[],
    $7::float8[], $8::bigint[], $9::bytea[])
  on conflict (user_key, key) do nothing returning clock
) select count(*) as count, array_agg(clock)::text as clocks from added`

/** @returns the change of each event that was new */
export async function insertEvents(
  turn: Turn,
  vault: Vault,
  lookup: Lookup,
  rows: readonly KeyedEvent[],
): Promise<Map<KeyedEvent, Change>> {
  const changes = new Map<KeyedEvent, Change>()
  for (const chunk of chunksOf(rows, chunkSize)) {
    const clocks = chunk.map(() => turn.tick())
    const [added] = await turn.query<{ count: number; clocks: string | null }>(insertSql, [
      column(chunk.map(({ user }) => user)),
      column(chunk.map((row) => identity(row, lookup))),
      column(chunk.map(({ event }) => actionCodes[event.type])),
      column(chunk.map(({ item }) => item)),
      column(chunk.map(({ target }) => target)),
      column(chunk.map(({ event }) => event.at.getTime())),
      column(chunk.map(({ event }) => event.value)),
      column(clocks),
      bytesColumn(chunk.map((row) => sealedWords(row, vault))),
    ])
    const isNew = newAmong(added, chunk.length)
    for (const [i, row] of chunk.entries()) {
      const clock = clocks[i] ?? 0
      if (isNew(clock)) changes.set(row, { kind: 'event', clock, event: folded(row.event) })
    }
    turn.count('events', added?.count ?? 0)
  }
  for (const change of changes.values()) turn.changes.push(change)
  return changes
}

function newAmong(
  added: { count: number; clocks: string | null } | undefined,
  size: number,
): (clock: number) => boolean {
  if (added?.count === size) return () => true
  const clocks = new Set((added?.clocks ?? '{}').slice(1, -1).split(',').map(Number))
  return (clock) => clocks.has(clock)
}

const bytes = Buffer.alloc(16)

/** 16 bytes that a second event of the same person must share to be a duplicate. */
function identity({ event, item, target }: KeyedEvent, lookup: Lookup): string {
  if (event.id !== undefined) return lookup.pseudonym('event', event.id)
  bytes.writeUInt16BE(actionCodes[event.type], 0)
  bytes.writeUInt16BE(item === undefined ? 1 : 0, 2)
  bytes.writeUInt32BE(item ?? target ?? 0, 4)
  bytes.writeDoubleBE(event.at.getTime(), 8)
  return bytes.toString('hex')
}

function sealedWords({ event, user }: KeyedEvent, vault: Vault): Uint8Array | undefined {
  const words = wordsOf(event)
  return words && sealJson(vault, user, words)
}

/** What memory folds; the words stay in the store. */
function folded({ type, userId, itemId, targetUserId, at, value }: DatedEvent): DatedEvent {
  return { type, userId, itemId, targetUserId, at, value }
}
