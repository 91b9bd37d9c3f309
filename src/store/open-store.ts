/** Puts the store together from its parts; each part is one file beside this one. */
import type { Database } from '../database/database.ts'
import { KithError } from '../errors.ts'
import { type Log, silentLog } from '../log.ts'
import type { Vault } from '../vault/vault.ts'
import { createApiKeyStore } from './api-keys.ts'
import { changesSince, readableChangesSince } from './changes.ts'
import { createEdgeStore } from './edges.ts'
import { eraseUser, finishErasures } from './erase.ts'
import { createEventStore } from './events.ts'
import { exportUser } from './export.ts'
import { createItemStore } from './items.ts'
import { createLookup } from './lookup.ts'
import { createModelStore } from './models.ts'
import { createMoodStore } from './moods.ts'
import { loadNames } from './name-keys.ts'
import { createPageStore } from './pages.ts'
import { createProgressStore } from './progress.ts'
import type { Store, StoreCounts } from './store.ts'
import { createUserStore } from './users.ts'
import { createWriter, type Writer } from './writer.ts'

export interface StoreOptions {
  /** Stays open when the store closes: who opened it closes it. So does the vault. */
  readonly database: Database
  readonly vault: Vault
  readonly log?: Log | undefined
}

/** @throws KithError `misconfigured` when the vault is not the one this database was sealed with */
export async function openStore({
  database,
  vault,
  log = silentLog,
}: StoreOptions): Promise<Store> {
  const lookup = createLookup(vault)
  const spaces = await loadNames(database, 'spaces')
  const labellers = await loadNames(database, 'labellers')
  const readable = { database, vault, lookup, spaces, labellers }
  const writer = createWriter({
    database,
    vault,
    lookup,
    log,
    changesSince: (clock) => readableChangesSince(readable, clock),
  })
  const parts = { database, vault, lookup, writer, spaces, labellers, log }
  const pages = createPageStore(parts)
  const progress = createProgressStore(parts)

  await checkVault(vault, writer)
  await keepSlotsUnused(database, vault)
  await finishErasures(parts)

  return {
    users: createUserStore(parts),
    items: createItemStore(parts),
    moods: createMoodStore(parts),
    edges: createEdgeStore(parts),
    events: createEventStore(parts),
    apiKeys: createApiKeyStore(parts),
    pages,
    progress,
    models: createModelStore(parts),
    changesSince: (clock) => changesSince(readable, clock),
    subscribe: writer.subscribe,
    clock: () => clockColumn(database, 'value'),
    oldestClock: () => clockColumn(database, 'erased'),
    eraseUser(userId) {
      pages.forget(userId)
      return eraseUser(parts, userId)
    },
    async exportUser(userId) {
      await pages.flush()
      return exportUser(parts, userId)
    },
    counts: () => counts(database),
    async close() {
      await pages.flush()
      await writer.close()
    },
  }
}

async function clockColumn(database: Database, column: 'value' | 'erased'): Promise<number> {
  const sql = `select ${column} as clock from clock where id = 1`
  const [row] = await database.query<{ clock: number }>(sql)
  return row?.clock ?? 0
}

async function counts(database: Database): Promise<StoreCounts> {
  const sql = 'select users, items, edges, events from clock where id = 1'
  const [row] = await database.query<StoreCounts>(sql)
  return row ?? { users: 0, items: 0, edges: 0, events: 0 }
}

/** With another vault every row would look like somebody's who was erased. */
async function checkVault(vault: Vault, writer: Writer): Promise<void> {
  await writer.write(async ({ query }) => {
    const sql = 'select witness from clock where id = 1'
    const [row] = await query<{ witness: Buffer | null }>(sql)
    if (row?.witness) openWitness(vault, row.witness)
    else await query('update clock set witness = $1', [vault.seal(0, Buffer.from('witness'))])
  })
}

function openWitness(vault: Vault, witness: Uint8Array): void {
  try {
    vault.open(0, witness)
  } catch (error) {
    throw wrongVault(error)
  }
}

function wrongVault(cause: unknown): KithError {
  return new KithError(
    'misconfigured',
    'The vault is not the one that this database was sealed with. Put back the vault folder (DATA) that belongs to it.',
    { cause },
  )
}

/** A database from an older backup must not hand out slots whose key exists, or was destroyed. */
async function keepSlotsUnused(database: Database, vault: Vault): Promise<void> {
  const sql = `select setval('user_key', $1::bigint) from user_key where last_value < $1::bigint`
  if (vault.size > 1) await database.query(sql, [vault.size - 1])
}
