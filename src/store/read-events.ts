/** A person's own events, whole, with their words. */
import type { Query } from '../database/database.ts'
import type { DatedEvent } from '../domain/event.ts'
import type { Vault } from '../vault/vault.ts'
import { actionOf } from './codes.ts'
import { type EventWords, openJson } from './envelopes.ts'
import type { Lookup } from './lookup.ts'

interface EventRow {
  readonly action: number
  readonly item_key: number | null
  readonly target_key: number | null
  readonly at: number
  readonly value: number | null
  readonly sealed: Buffer | null
}

const readSql = `select action, item_key, target_key, at, value, sealed from events
  where user_key = $1 order by at desc, clock desc limit $2`

/** The newest first. */
export async function readEvents(
  query: Query,
  vault: Vault,
  lookup: Lookup,
  person: { readonly id: string; readonly key: number },
  limit: number,
): Promise<DatedEvent[]> {
  const rows = await query<EventRow>(readSql, [person.key, limit])
  const itemKeys = rows.flatMap(({ item_key }) => item_key ?? [])
  const userKeys = rows.flatMap(({ target_key }) => target_key ?? [])
  const items = await lookup.idsOf(query, 'item', itemKeys)
  const users = await lookup.idsOf(query, 'user', userKeys)
  return rows.map((row): DatedEvent => {
    const words = row.sealed && openJson<EventWords>(vault, person.key, row.sealed)
    const event = {
      type: actionOf(row.action),
      userId: person.id,
      itemId: row.item_key === null ? undefined : items.get(row.item_key),
      targetUserId: row.target_key === null ? undefined : users.get(row.target_key),
      at: new Date(row.at),
      value: row.value ?? undefined,
      ...words,
    }
    return event
  })
}
