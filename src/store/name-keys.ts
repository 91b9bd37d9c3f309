/** Names by a small number: the spaces that embeddings lie in, and what labelled the items. */
import type { Database } from '../database/database.ts'

export interface NameKeys {
  /** Makes names known, before the transaction that uses them. */
  learn(names: Iterable<string>): Promise<void>
  keyOf(name: string): number
  nameOf(key: number): string
  /** The names that other processes may have added meanwhile. */
  refresh(): Promise<void>
}

type Table = 'spaces' | 'labellers'

export async function loadNames(database: Database, table: Table): Promise<NameKeys> {
  const keys = new Map<string, number>()
  const names = new Map<number, string>()

  async function refresh(): Promise<void> {
    const sql = `select key, name from ${table}`
    const rows = await database.query<{ key: number; name: string }>(sql)
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
        const sql = `insert into ${table} (name) values ($1) on conflict do nothing`
        await database.query(sql, [name])
      }
      if (missing.length > 0) await refresh()
    },
    keyOf: (name) => known(keys.get(name), name, table),
    nameOf: (key) => known(names.get(key), key, table),
  }
}

function known<Value>(value: Value | undefined, name: string | number, table: Table): Value {
  if (value !== undefined) return value
  throw new RangeError(`Nothing in "${table}" is known as "${name}".`)
}
