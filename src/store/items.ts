/** Items: words and embedding in one sealed row, under the author's key. */
import type { Database, Query } from '../database/database.ts'
import type { Change } from '../domain/change.ts'
import type { Vault } from '../vault/vault.ts'
import { bytesColumn, chunksOf, column, lastOfEach } from './arrays.ts'
import { openItem, sealItem, sealJson } from './envelopes.ts'
import { freshKeys } from './fresh-keys.ts'
import { type Lookup, unknown } from './lookup.ts'
import type { NameKeys } from './name-keys.ts'
import type { EncodedItem, ItemStore, Reader } from './store.ts'
import type { Turn, Writer } from './writer.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
  readonly writer: Writer
  readonly spaces: NameKeys
  readonly labellers: NameKeys
}

export interface ItemRow {
  readonly key: number
  readonly author_key: number | null
  readonly space_key: number | null
  readonly labeller_key: number | null
  readonly is_encodable: boolean
  readonly clock: number
  readonly sealed: Buffer
}

type ReadParts = Pick<Parts, 'vault' | 'spaces' | 'labellers'>

interface StoredItem extends EncodedItem {
  /** False when there is nothing in it to encode. */
  readonly isEncodable: boolean
}

/** `isEncodable` is given by whoever tried to encode it. */
interface Candidate extends EncodedItem {
  readonly isEncodable?: boolean
}

const chunkSize = 1_000
export const itemColumns = 'key, author_key, space_key, labeller_key, is_encodable, clock, sealed'
const putSql = `insert into items
    (key, pseudonym, author_key, space_key, labeller_key, created_at, is_encodable, clock, sealed)
  select * from unnest(
    $1::int[], $2::uuid[], $3::int[], $4::smallint[], $5::smallint[], $6::bigint[], $7::boolean[],
    $8::bigint[], $9::bytea[])
  on conflict (key) do update set author_key = excluded.author_key, space_key = excluded.space_key,
    labeller_key = excluded.labeller_key, created_at = excluded.created_at, is_encodable = excluded.is_encodable, clock = excluded.clock, sealed = excluded.sealed`

const unread = `(is_encodable and not coalesce(space_key = any(
    select key from spaces where name = any($1::text[])), false)
  or $2::text is not null and not coalesce(
    labeller_key = (select key from labellers where name = $2), false))`

export function createItemStore(parts: Parts): ItemStore {
  const { database, vault, lookup, writer } = parts
  return {
    async put(items) {
      if (items.length === 0) return []
      await learnNames(parts, items)
      const unique = lastOfEach(items, ({ item }) => item.id)
      return writer.write(async (turn) => {
        const authors = await authorKeys(turn.query, lookup, unique)
        for (const chunk of chunksOf(unique, chunkSize)) {
          await putChunk(turn, parts, chunk, authors)
        }
        return turn.changes
      })
    },

    async get(id) {
      const rest = 'pseudonym = $1'
      const [found] = await read(database.query, parts, rest, [lookup.pseudonym('item', id)])
      return found?.item
    },

    async list({ limit, after }) {
      const keys = await lookup.keysOf(database.query, 'item', after === undefined ? [] : [after])
      const start = after === undefined ? 0 : keys.get(after)
      if (start === undefined) throw unknown('item', after ?? '')
      const rest = 'key > $1 order by key limit $2'
      return (await read(database.query, parts, rest, [start, limit])).map(({ item }) => item)
    },

    remove: (id) => writer.write((turn) => remove(turn, vault, lookup, id)),

    async listUnread(reader, limit) {
      const rest = `${unread} order by created_at desc, key desc limit $3`
      const found = await read(database.query, parts, rest, [...unreadValues(reader), limit])
      return found.map(({ item, embedding, labels }) => {
        const isCurrent = embedding && reader.spaces.includes(embedding.space)
        return { item, embedding: isCurrent ? embedding : undefined, labels }
      })
    },

    async countUnread(reader) {
      const sql = `select count(*) as n from items where ${unread}`
      const [row] = await database.query<{ n: number }>(sql, unreadValues(reader))
      return row?.n ?? 0
    },

    async keepRead(entries) {
      await learnNames(parts, entries)
      const wanted = new Map(entries.map((entry) => [entry.id, entry]))
      return writer.write(async (turn) => {
        const found = await existing(turn.query, parts, [...wanted.keys()])
        const same = [...found.values()].flatMap(({ item }) => {
          const entry = wanted.get(item.id)
          if (entry?.text !== item.text) return []
          const { embedding } = entry
          const labels = entry.labels ?? found.get(item.id)?.labels
          return [{ item, embedding, labels, isEncodable: embedding !== undefined }]
        })
        const authors = await authorKeys(turn.query, lookup, same)
        for (const chunk of chunksOf(same, chunkSize)) await putChunk(turn, parts, chunk, authors)
        return turn.changes
      })
    },
  }
}

async function learnNames(
  { spaces, labellers }: Parts,
  entries: readonly Pick<EncodedItem, 'embedding' | 'labels'>[],
): Promise<void> {
  await spaces.learn(entries.flatMap(({ embedding }) => embedding?.space ?? []))
  await labellers.learn(entries.flatMap(({ labels }) => labels?.by ?? []))
}

function unreadValues({ spaces, labeller }: Reader): unknown[] {
  return [spaces, labeller ?? null]
}

/** @throws KithError `not-found` for the first unknown author */
async function authorKeys(
  query: Query,
  lookup: Lookup,
  items: readonly EncodedItem[],
): Promise<Map<string, number>> {
  const ids = items.flatMap(({ item }) => item.authorId ?? [])
  const keys = await lookup.keysInTurn(query, 'user', ids)
  for (const [index, { item }] of items.entries()) {
    const { authorId } = item
    if (authorId !== undefined && !keys.has(authorId)) throw unknown('user', authorId, { index })
  }
  return keys
}

async function putChunk(
  turn: Turn,
  parts: Parts,
  chunk: readonly Candidate[],
  authors: ReadonlyMap<string, number>,
): Promise<void> {
  const { vault, lookup, spaces, labellers } = parts
  const ids = chunk.map(({ item }) => item.id)
  const keys = await lookup.keysInTurn(turn.query, 'item', ids)
  const before = await existing(turn.query, parts, [...keys.keys()])
  turn.count('items', await freshKeys(turn.query, 'item_key', keys, ids))
  const rows = chunk.map((one) => {
    const { item } = one
    const author = item.authorId === undefined ? undefined : authors.get(item.authorId)
    const known = settled(one, before.get(item.id))
    const sealed = sealItem(vault, author ?? 0, item, known)
    return { item, author, ...known, sealed, clock: turn.tick() }
  })
  await turn.query(putSql, [
    column(ids.map((id) => keys.get(id))),
    column(ids.map((id) => lookup.pseudonym('item', id))),
    column(rows.map(({ author }) => author)),
    column(rows.map(({ embedding }) => embedding && spaces.keyOf(embedding.space))),
    column(rows.map(({ labels }) => labels && labellers.keyOf(labels.by))),
    column(rows.map(({ item }) => item.createdAt.getTime())),
    column(rows.map(({ isEncodable }) => isEncodable)),
    column(rows.map(({ clock }) => clock)),
    bytesColumn(rows.map(({ sealed }) => sealed)),
  ])
  for (const { item, embedding, labels, clock } of rows) {
    turn.changes.push({ kind: 'item', clock, item, embedding, labels })
  }
}

/** With the same text as before, what was known of it holds on. */
function settled(one: Candidate, before: StoredItem | undefined): Omit<StoredItem, 'item'> {
  const { item, embedding, isEncodable } = one
  const isSame = before?.item.text === item.text
  const labels = one.labels ?? (isSame ? before.labels : undefined)
  if (isEncodable !== undefined) return { embedding, labels, isEncodable }
  if (embedding) return { embedding, labels, isEncodable: true }
  if (isSame) return { embedding: before.embedding, labels, isEncodable: before.isEncodable }
  return { labels, isEncodable: item.text.trim() !== '' }
}

async function existing(
  query: Query,
  parts: Parts,
  ids: readonly string[],
): Promise<Map<string, StoredItem>> {
  if (ids.length === 0) return new Map()
  const names = column(ids.map((id) => parts.lookup.pseudonym('item', id)))
  const found = await read(query, parts, 'pseudonym = any($1::uuid[])', [names])
  return new Map(found.map((one) => [one.item.id, one]))
}

async function read(
  query: Query,
  parts: ReadParts,
  rest: string,
  values: readonly unknown[],
): Promise<StoredItem[]> {
  const rows = await query<ItemRow>(`select ${itemColumns} from items where ${rest}`, values)
  return rows.flatMap((row) => encodedItem(row, parts) ?? [])
}

/** Undefined when the author's key is gone. */
export function encodedItem(
  row: ItemRow,
  { vault, spaces, labellers }: ReadParts,
): StoredItem | undefined {
  const opened = openItem(vault, row.author_key ?? 0, row.sealed)
  if (!opened) return undefined
  const { item, values, labels } = opened
  const embedding =
    row.space_key === null ? undefined : { space: spaces.nameOf(row.space_key), values }
  const by = row.labeller_key === null ? undefined : labellers.nameOf(row.labeller_key)
  return {
    item,
    embedding,
    labels: by === undefined ? undefined : { by, values: labels },
    isEncodable: row.is_encodable,
  }
}

async function remove(turn: Turn, vault: Vault, lookup: Lookup, id: string): Promise<Change[]> {
  const [row] = await turn.query<{ key: number; author_key: number | null }>(
    'delete from items where pseudonym = $1 returning key, author_key',
    [lookup.pseudonym('item', id)],
  )
  if (!row) return turn.changes
  lookup.forget('item', id)
  const sql = `with gone as (delete from events where item_key = $1 returning 1)
    select count(*) as events from gone`
  const [gone] = await turn.query<{ events: number }>(sql, [row.key])
  const clock = turn.tick()
  const sealed = sealJson(vault, row.author_key ?? 0, id)
  await turn.query('insert into removals (clock, author_key, sealed) values ($1, $2, $3)', [
    clock,
    row.author_key,
    sealed,
  ])
  turn.count('items', -1)
  turn.count('events', -(gone?.events ?? 0))
  turn.changes.push({ kind: 'item-removed', clock, itemId: id })
  return turn.changes
}
