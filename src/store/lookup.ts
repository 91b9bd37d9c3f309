/** From the caller's ids to our numbers and back. Tables know ids only by pseudonym. */
import type { Query } from '../database/database.ts'
import { KithError } from '../errors.ts'
import type { Vault } from '../vault/vault.ts'
import { chunksOf, column, hex } from './arrays.ts'
import { openItem, openUser } from './envelopes.ts'

export type Noun = 'user' | 'item'

export interface Lookup {
  /** 32 hexadecimal digits, another one for the same id of another noun. */
  pseudonym(noun: Noun | 'task' | 'event', id: string): string
  /** The numbers of those ids that are known. */
  keysOf(query: Query, noun: Noun, ids: Iterable<string>): Promise<Map<string, number>>
  /** The ids of those numbers that can still be read. */
  idsOf(query: Query, noun: Noun, keys: Iterable<number>): Promise<Map<number, string>>
}

/** Pseudonyms at hand, in two generations of this size. */
const generationSize = 50_000
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
  let young = new Map<string, string>()
  let old = new Map<string, string>()

  function pseudonym(noun: string, id: string): string {
    const name = `${noun}:${id}`
    const known = young.get(name)
    if (known !== undefined) return known
    const value = old.get(name) ?? hex(vault.pseudonym(name))
    if (young.size >= generationSize) {
      old = young
      young = new Map()
    }
    young.set(name, value)
    return value
  }

  const idOf = {
    user: ({ slot, sealed }: SealedRow) => openUser(vault, slot, sealed)?.id,
    item: ({ slot, sealed }: SealedRow) => openItem(vault, slot, sealed)?.item.id,
  }

  return {
    pseudonym,
    async keysOf(query, noun, ids) {
      const keys = new Map<string, number>()
      for (const chunk of chunksOf([...new Set(ids)], chunkSize)) {
        const names = column(chunk.map((id) => pseudonym(noun, id)))
        const rows = await query<{ place: number; key: number }>(keySql[noun], [names])
        for (const { place, key } of rows) keys.set(chunk[place - 1] ?? '', key)
      }
      return keys
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
