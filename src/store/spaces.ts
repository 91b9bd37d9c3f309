/** The spaces that embeddings lie in, by a small number. */
import type { Database } from '../database/database.ts'

export interface Spaces {
  /** Makes names known, before the transaction that uses them. */
  learn(names: Iterable<string>): Promise<void>
  keyOf(name: string): number
  nameOf(key: number): string
  /** The names that other processes may have added meanwhile. */
  refresh(): Promise<void>
}

export async function loadSpaces(database: Database): Promise<Spaces> {
  const keys = new Map<string, number>()
  const names = new Map<number, string>()

  async function refresh(): Promise<void> {
    const rows = await database.query<{ key: number; name: string }>('select key, name from spaces')
    for (const { key, name } of rows) {
      keys.set(name, key)
      names.set(key, name)
    }
  }

  await refresh()
  return {
    refresh,
    async learn(wanted) {
      const missing = [...new Set(wanted)].filter((name) => !keys.has(name))
      for (const name of missing) {
        await database.query('insert into spaces (name) values ($1) on conflict do nothing', [name])
      }
      if (missing.length > 0) await refresh()
    },
    keyOf: (name) => known(keys.get(name), name),
    nameOf: (key) => known(names.get(key), key),
  }
}

function known<Value>(value: Value | undefined, name: string | number): Value {
  if (value !== undefined) return value
  throw new RangeError(`No space of embeddings is known as "${name}".`)
}
