/** From the caller's ids to our numbers and back. Tables know ids only by pseudonym. */
import type { Query } from '../database/database.ts'
import { KithError } from '../errors.ts'
import type { Vault } from '../vault/vault.ts'
import { chunksOf, column, hex } from './arrays.ts'
import { openItem, openUser } from './envelopes.ts'
import { createKeyCache } from './key-cache.ts'

export type Noun = 'user' | 'item'

export interface Lookup {
  /** 32 hexadecimal digits, another one for the same id of another noun. */
  pseudonym(noun: Noun | 'task' | 'event', id: string): string
  /** The numbers of those ids that are known. */
  keysOf(query: Query, noun: Noun, ids: Iterable<string>): Promise<Map<string, number>>
  /** The same, from memory where possible: only right while holding the clock's lock. */
  keysInTurn(query: Query, noun: Noun, ids: Iterable<string>): Promise<Map<string, number>>
  /** The ids of those numbers that can still be read. */
  idsOf(query: Query, noun: Noun, keys: Iterable<number>): Promise<Map<number, string>>
  /** Must be called in the turn that removes it. */
  forget(noun: Noun, id: string): void
  /** Must be called when somebody else has written. */
  forgetAll(): void
}

const cacheSize = 100_000
const chunkSize = 10_000

const keySql: Readonly<Record<Noun, string>> = {
  user: `select wanted.place, users.key from unnest($1::uuid[]) with ordinality wanted (name, place)
    join users on users.pseudonym = wanted.name`,
  item: `select wanted.place, items.key from unnest($1::uuid[]) with ordinality wanted (name, place)
    join items on items.pseudonym = wanted.name`,
}

const sealedSql: Readonly<Record<Noun, string>> = {
  user: 'select key, key as slot, sealed from users where key = any($1::int[])',
  item: 'select key, coalesce(author_key, 0) as slot, sealed from items where key = any($1::int[])',
}

interface SealedRow {
  readonly key: number
  readonly slot: number
  readonly sealed: Buffer
}

export function createLookup(vault: Vault): Lookup {
  const caches = { user: createKeyCache(cacheSize), item: createKeyCache(cacheSize) }
  const pseudonym: Lookup['pseudonym'] = (noun, id) => hex(vault.pseudonym(`${noun}:${id}`))
  const idOf = {
    user: ({ slot, sealed }: SealedRow) => openUser(vault, slot, sealed)?.id,
    item: ({ slot, sealed }: SealedRow) => openItem(vault, slot, sealed)?.item.id,
  }

  const keysOf: Lookup['keysOf'] = async (query, noun, ids) => {
    const keys = new Map<string, number>()
    for (const chunk of chunksOf([...new Set(ids)], chunkSize)) {
      const names = column(chunk.map((id) => pseudonym(noun, id)))
      const rows = await query<{ place: number; key: number }>(keySql[noun], [names])
      for (const { place, key } of rows) keys.set(chunk[place - 1] ?? '', key)
    }
    return keys
  }

  return {
    pseudonym,
    keysOf,
    async keysInTurn(query, noun, ids) {
      const keys = new Map<string, number>()
      const missing = new Set<string>()
      for (const id of ids) {
        if (keys.has(id)) continue
        const key = caches[noun].get(id)
        if (key === undefined) missing.add(id)
        else keys.set(id, key)
      }
      for (const [id, key] of await keysOf(query, noun, missing)) {
        caches[noun].set(id, key)
        keys.set(id, key)
      }
      return keys
    },
    forget: (noun, id) => caches[noun].delete(id),
    forgetAll() {
      caches.user.clear()
      caches.item.clear()
    },
    async idsOf(query, noun, keys) {
      const ids = new Map<number, string>()
      for (const chunk of chunksOf([...new Set(keys)], chunkSize)) {
        const rows = await query<SealedRow>(sealedSql[noun], [column(chunk)])
        for (const row of rows) {
          const id = idOf[noun](row)
          if (id !== undefined) ids.set(row.key, id)
        }
      }
      return ids
    },
  }
}

export function unknown(noun: Noun, id: string, details: Record<string, unknown> = {}): KithError {
  return new KithError('not-found', `There is no ${noun} "${id}". Put the ${noun} first.`, {
    details: { [`${noun}Id`]: id, ...details },
  })
}
