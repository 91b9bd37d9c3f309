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
    const lines = chunk.map((row) => ({ row, clock: turn.tick() }))
    const [added] = await turn.query<{ count: number; clocks: string | null }>(
      insertSql,
      columnsOf(lines, vault, lookup),
    )
    const isNew = newAmong(added, chunk.length)
    for (const { row, clock } of lines) {
      if (isNew(clock)) changes.set(row, { kind: 'event', clock, event: folded(row.event) })
    }
    turn.count('events', added?.count ?? 0)
  }
  for (const change of changes.values()) turn.changes.push(change)
  return changes
}

interface Line {
  readonly row: KeyedEvent
  readonly clock: number
}

/** Sorted by person, as the primary key is, so that what lies together is written together. */
function columnsOf(lines: readonly Line[], vault: Vault, lookup: Lookup): string[] {
  const sorted = lines.toSorted((a, b) => a.row.user - b.row.user)
  const rows = sorted.map(({ row }) => row)
  return [
    column(rows.map(({ user }) => user)),
    column(rows.map((row) => identity(row, lookup))),
    column(rows.map(({ event }) => actionCodes[event.type])),
    column(rows.map(({ item }) => item)),
    column(rows.map(({ target }) => target)),
    column(rows.map(({ event }) => event.at.getTime())),
    column(rows.map(({ event }) => event.value)),
    column(sorted.map(({ clock }) => clock)),
    bytesColumn(rows.map((row) => sealedWords(row, vault))),
  ]
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
