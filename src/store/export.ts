/** Everything kept about a person, for themselves to take away. */
import type { Database, Query } from '../database/database.ts'
import type { Edge } from '../domain/edge.ts'
import type { Item } from '../domain/item.ts'
import type { Vault } from '../vault/vault.ts'
import { edgeKindOf } from './codes.ts'
import { openItem, openUser } from './envelopes.ts'
import { type Lookup, unknown } from './lookup.ts'
import { readingsOf } from './moods.ts'
import { pagesOf } from './pages.ts'
import { readEvents } from './read-events.ts'
import type { UserExport } from './store.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
}

interface EdgeRow {
  readonly from_key: number
  readonly to_key: number
  readonly kind: number
  readonly weight: number
  readonly at: number | null
}

const everything = 2_147_483_647

/** As of one instant. @throws KithError `not-found` for an unknown person */
export async function exportUser(parts: Parts, userId: string): Promise<UserExport> {
  const { database, vault, lookup } = parts
  const snapshot = await database.openSnapshot()
  try {
    const { query } = snapshot
    const [row] = await query<{ key: number; sealed: Buffer }>(
      'select key, sealed from users where pseudonym = $1',
      [lookup.pseudonym('user', userId)],
    )
    const user = row && openUser(vault, row.key, row.sealed)
    if (!user) throw unknown('user', userId)
    const person = { id: userId, key: row.key }
    return {
      user,
      items: await itemsOf(query, vault, row.key),
      edges: await edgesOf(query, lookup, row.key),
      events: (await readEvents(query, vault, lookup, person, everything)).reverse(),
      moods: await readingsOf(query, vault, row.key),
      pages: await pagesOf(query, { vault, lookup }, row.key),
    }
  } finally {
    await snapshot.close()
  }
}

async function itemsOf(query: Query, vault: Vault, key: number): Promise<Item[]> {
  const sql = 'select sealed from items where author_key = $1 order by key'
  const rows = await query<{ sealed: Buffer }>(sql, [key])
  return rows.flatMap(({ sealed }) => openItem(vault, key, sealed)?.item ?? [])
}

/** Ties from the person and to the person. */
async function edgesOf(query: Query, lookup: Lookup, key: number): Promise<Edge[]> {
  const sql = `select from_key, to_key, kind, weight, at from edges
    where (from_key = $1 or to_key = $1) and not is_removed order by clock`
  const rows = await query<EdgeRow>(sql, [key])
  const keys = rows.flatMap(({ from_key, to_key }) => [from_key, to_key])
  const ids = await lookup.idsOf(query, 'user', keys)
  return rows.flatMap(({ from_key, to_key, kind, weight, at }) => {
    const from = ids.get(from_key)
    const to = ids.get(to_key)
    if (from === undefined || to === undefined) return []
    const date = at === null ? undefined : new Date(at)
    return [{ from, to, kind: edgeKindOf(kind), weight, at: date }]
  })
}
