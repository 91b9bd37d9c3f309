/** Where long tasks stand. A task's name may hold a path, so it is kept as a pseudonym. */
import type { Database } from '../database/database.ts'
import type { Vault } from '../vault/vault.ts'
import { openJson, sealJson } from './envelopes.ts'
import type { Lookup } from './lookup.ts'
import type { ProgressStore } from './store.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
}

const putSql = `insert into progress (task, sealed) values ($1, $2)
  on conflict (task) do update set sealed = excluded.sealed`

export function createProgressStore({ database, vault, lookup }: Parts): ProgressStore {
  const nameOf = (task: string) => lookup.pseudonym('task', task)
  return {
    async get(task) {
      const sql = 'select sealed from progress where task = $1'
      const [row] = await database.query<{ sealed: Buffer }>(sql, [nameOf(task)])
      return row && openJson<unknown>(vault, 0, row.sealed)
    },
    async put(task, state) {
      await database.query(putSql, [nameOf(task), sealJson(vault, 0, state)])
    },
    async remove(task) {
      await database.query('delete from progress where task = $1', [nameOf(task)])
    },
  }
}
