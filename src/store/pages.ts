/** The pages that were shown, kept in batches. Items stand in them by number, so an erased id is nowhere. */
import { setTimeout as startTimer } from 'node:timers'
import type { Database, Query } from '../database/database.ts'
import type { Log } from '../log.ts'
import type { Vault } from '../vault/vault.ts'
import { column } from './arrays.ts'
import type { Lookup } from './lookup.ts'
import { openShown, sealShown } from './shown-pages.ts'
import type { ExportedPage, PageRecord, PageStore } from './store.ts'
import type { Turn, Writer } from './writer.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
  readonly writer: Writer
  readonly log: Log
}

export interface KeptPages extends PageStore {
  /** Drops what waits to be kept for somebody who is being erased. */
  forget(userId: string): void
  flush(): Promise<void>
}

interface PageRow {
  readonly id: string
  readonly user_key: number
  readonly feed: string
  readonly at: number
  readonly after: string | null
  readonly item_keys: number[]
}

const waitMs = 250
const batchSize = 250
/** While the database is away, the oldest waiting pages give way. */
const waitingLimit = 20_000
const sessionLimit = 500
const retentionMs = 30 * 24 * 3_600_000

const putSql = `insert into pages (user_key, id, feed, at, after, item_keys, sealed)
  select user_key, id, feed, at, after, item_keys::int[], sealed from unnest(
    $1::int[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bytea[])
    as given (user_key, id, feed, at, after, item_keys, sealed) on conflict do nothing`
const sessionSql = `with recursive session as (
    select pages.*, 1 as depth from pages where id = $1
    union all
    select pages.*, depth + 1 from pages join session
      on pages.id = session.after and pages.user_key = session.user_key where depth < ${sessionLimit}
  ) select id, user_key, feed, at, after, item_keys from session order by depth`

export function createPageStore({ database, vault, lookup, writer, log }: Parts): KeptPages {
  const waiting = new Map<string, PageRecord>()
  let timer: NodeJS.Timeout | undefined
  let flushing: Promise<void> | undefined

  async function flushOnce(): Promise<void> {
    const batch = [...waiting.values()].slice(0, batchSize)
    await writer.write((turn) => putPages(turn, { lookup, vault }, batch))
    for (const page of batch) if (waiting.get(page.id) === page) waiting.delete(page.id)
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    flushing ??= (async () => {
      while (waiting.size > 0) await flushOnce()
    })().finally(() => {
      flushing = undefined
    })
    return flushing
  }

  function flushSoon(): void {
    timer ??= startTimer(() => {
      flush().catch(() => {
        log.warn('pages could not be kept; trying again', { waiting: waiting.size })
        flushSoon()
      })
    }, waitMs).unref()
  }

  return {
    keep(page) {
      if (waiting.size >= waitingLimit) waiting.delete(waiting.keys().next().value ?? '')
      waiting.set(page.id, page)
      flushSoon()
    },

    async session(pageId) {
      const pages: PageRecord[] = []
      let next: string | undefined = pageId
      for (let page = waiting.get(next); page && pages.length < sessionLimit; ) {
        pages.push(page)
        next = page.after
        page = next === undefined ? undefined : waiting.get(next)
      }
      if (next === undefined) return pages
      return [...pages, ...(await readSession(database, lookup, next))]
    },

    async *shown({ feed, limit }) {
      await flush()
      yield* readShown({ database, lookup, vault }, feed, limit)
    },

    forget(userId) {
      for (const [id, page] of waiting) if (page.userId === userId) waiting.delete(id)
    },
    flush,
  }
}

async function putPages(
  turn: Turn,
  { lookup, vault }: Pick<Parts, 'lookup' | 'vault'>,
  batch: readonly PageRecord[],
): Promise<void> {
  const userIds = batch.flatMap(({ userId }) => (userId === '' ? [] : userId))
  const users = await lookup.keysInTurn(turn.query, 'user', userIds)
  const itemIds = batch.flatMap((page) => page.itemIds)
  const items = await lookup.keysInTurn(turn.query, 'item', itemIds)
  // A person who is not there any more has no pages.
  const kept = batch.filter(({ userId }) => userId === '' || users.has(userId))
  if (kept.length === 0) return
  await turn.query(putSql, [
    column(kept.map(({ userId }) => users.get(userId) ?? 0)),
    kept.map(({ id }) => id),
    kept.map(({ feed }) => feed),
    column(kept.map(({ at }) => at.getTime())),
    kept.map(({ after }) => after ?? null),
    kept.map(({ itemIds }) => column(itemIds.flatMap((id) => items.get(id) ?? []))),
    kept.map(({ userId, itemIds, shown }) => {
      const key = users.get(userId)
      const isThere = itemIds.map((id) => items.has(id))
      return shown && key !== undefined ? sealShown(vault, key, shown, isThere) : null
    }),
  ])
  const newest = Math.max(...kept.map(({ at }) => at.getTime()))
  await turn.query('delete from pages where at < $1', [newest - retentionMs])
}

const firstSql = `select coalesce(min(at), 0) as at from (
    select at from pages where feed = $1 and sealed is not null order by at desc limit $2) newest`
const shownSql = `select id, user_key, feed, at, after, item_keys, sealed from pages
  where feed = $1 and sealed is not null and (at, id) > ($2::bigint, $3::text)
  order by at, id limit $4`

interface ShownRow extends PageRow {
  readonly sealed: Buffer
}

async function* readShown(
  { database, lookup, vault }: Pick<Parts, 'database' | 'lookup' | 'vault'>,
  feed: string,
  limit: number,
): AsyncGenerator<PageRecord[]> {
  const [first] = await database.query<{ at: number }>(firstSql, [feed, limit])
  let last = { at: (first?.at ?? 0) - 1, id: '' }
  for (;;) {
    const rows = await database.query<ShownRow>(shownSql, [feed, last.at, last.id, batchSize])
    const end = rows.at(-1)
    if (!end) return
    last = end
    const users = await lookup.idsOf(
      database.query,
      'user',
      rows.map((row) => row.user_key),
    )
    const items = await lookup.idsOf(
      database.query,
      'item',
      rows.flatMap((row) => row.item_keys),
    )
    yield rows.flatMap((row): PageRecord[] => {
      const { id, user_key: key, at, item_keys: keys } = row
      const userId = users.get(key)
      const shown = userId === undefined ? undefined : openShown(vault, key, row.sealed)
      if (userId === undefined || !shown) return []
      // An item that went meanwhile keeps its place, and has no id any more.
      const itemIds = keys.map((item) => items.get(item) ?? '')
      return [{ id, feed, userId, at: new Date(at), itemIds, shown }]
    })
  }
}

const ownSql = `select id, user_key, feed, at, after, item_keys, sealed from pages
  where user_key = $1 order by at, id`

/** Every page that is kept of a person. */
export async function pagesOf(
  query: Query,
  { lookup, vault }: Pick<Parts, 'lookup' | 'vault'>,
  key: number,
): Promise<ExportedPage[]> {
  const rows = await query<PageRow & { readonly sealed: Buffer | null }>(ownSql, [key])
  const itemKeys = rows.flatMap((row) => row.item_keys)
  const ids = await lookup.idsOf(query, 'item', itemKeys)
  return rows.map(({ id, feed, at, item_keys: keys, sealed }) => {
    const shown = sealed ? openShown(vault, key, sealed) : undefined
    const { parts = [], context = [], said = new Float32Array(0), draws = [] } = shown ?? {}
    return {
      ...{ id, feed, at: new Date(at), context },
      items: keys.map((item, row) => ({ id: ids.get(item), said: saidOf(parts, said, row) })),
      draws: draws.map(({ place, said: pool }) => ({
        place,
        among: Array.from({ length: pool.length / Math.max(1, parts.length) }, (_, row) =>
          saidOf(parts, pool, row),
        ),
      })),
    }
  })
}

/** One row of numbers by the names of the scorers. */
function saidOf(parts: readonly string[], said: Float32Array, row: number): Record<string, number> {
  return Object.fromEntries(parts.map((part, n) => [part, said[row * parts.length + n] ?? 0]))
}

async function readSession(
  database: Database,
  lookup: Lookup,
  pageId: string,
): Promise<PageRecord[]> {
  const rows = await database.query<PageRow>(sessionSql, [pageId])
  const userKeys = rows.map((row) => row.user_key)
  const itemKeys = rows.flatMap((row) => row.item_keys)
  const users = await lookup.idsOf(database.query, 'user', userKeys)
  const items = await lookup.idsOf(database.query, 'item', itemKeys)
  return rows.map((row) => ({
    id: row.id,
    feed: row.feed,
    userId: users.get(row.user_key) ?? '',
    at: new Date(row.at),
    itemIds: row.item_keys.flatMap((key) => items.get(key) ?? []),
    after: row.after ?? undefined,
  }))
}
