/** Brings the tables to the newest shape when a database is opened: ordered, once each, one at a time. */
import type { Database } from './database.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { modelTables } from './migrations/0002-models.ts'
import { labelTables } from './migrations/0003-labels.ts'
import { shownPages } from './migrations/0004-shown-pages.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
}

/** In order. A migration that has run anywhere is never changed; a new one is added below it. */
export const migrations: readonly Migration[] = [firstTables, modelTables, labelTables, shownPages]

const lock = 0x6b697468

/** @returns the names of those that ran now */
export function migrate(database: Database, list = migrations): Promise<string[]> {
  return database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [lock])
    await query('create table if not exists migrations (name text primary key)')
    const done = new Set((await query<Migration>('select name from migrations')).map((m) => m.name))
    const missing = list.filter(({ name }) => !done.has(name))
    for (const { name, sql } of missing) {
      await query(sql)
      await query('insert into migrations (name) values ($1)', [name])
    }
    return missing.map(({ name }) => name)
  })
}
