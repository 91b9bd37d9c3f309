/** The models that serve or served, and what was refused. */
import { setImmediate } from 'node:timers/promises'
import type { Database, Query } from '../database/database.ts'
import type { Model, ModelState } from '../domain/serving.ts'
import { KithError } from '../errors.ts'
import { chunksOf, column } from './arrays.ts'
import type { Lookup } from './lookup.ts'
import type { ModelRecord, ModelStore, StoredModel } from './store.ts'

interface Parts {
  readonly database: Database
  readonly lookup: Lookup
}

interface ModelRow {
  readonly id: string
  readonly at: number
  readonly state: ModelState
  readonly run: string | null
  readonly verdict: Model['verdict']
}

interface WholeRow extends ModelRow {
  readonly item_keys: number[]
  readonly file: Buffer
}

const facts = 'id, at, state, run, verdict'
/** Words on models that do not serve are kept for so many. */
const recordsKept = 100
/** Reading ids opens envelopes; pages are asked for meanwhile. */
const idsPerBreath = 1_000

const putSql = `insert into models (${facts}, item_keys, file)
  values ($1, $2, $3, $4, $5::jsonb, $6::int[], $7)`
const emptied = `item_keys = '{}', file = ''`
/** In this order, so that there is never more than one in a state. */
const stepDownSql = [
  `update models set state = 'retired', ${emptied} where state = 'previous'`,
  `update models set state = 'previous' where state = 'serving'`,
]
const stepBackSql = [
  `update models set state = 'withdrawn', ${emptied} where state = 'serving'`,
  `update models set state = 'serving' where state = 'previous'`,
]
const forgetSql = `delete from models where state not in ('serving', 'previous')
  and id in (select id from models order by at desc, id desc offset ${recordsKept})`

export function createModelStore({ database, lookup }: Parts): ModelStore {
  return {
    put: (model) =>
      database.transaction(async (query) => {
        if (model.state === 'serving') for (const sql of stepDownSql) await query(sql)
        await putModel(query, lookup, model)
        await query(forgetSql)
      }),

    async list() {
      const sql = `select ${facts} from models order by at desc, id desc`
      return (await database.query<ModelRow>(sql)).map(recordOf)
    },

    async servingId() {
      const sql = `select id from models where state = 'serving'`
      const [row] = await database.query<{ id: string }>(sql)
      return row?.id
    },

    async serving() {
      const sql = `select ${facts}, item_keys, file from models where state = 'serving'`
      const [row] = await database.query<WholeRow>(sql)
      if (!row) return undefined
      const ids = new Map<number, string>()
      for (const keys of chunksOf(row.item_keys, idsPerBreath)) {
        for (const [key, id] of await lookup.idsOf(database.query, 'item', keys)) ids.set(key, id)
        await setImmediate()
      }
      const itemIds = row.item_keys.map((key) => ids.get(key) ?? '')
      return { ...recordOf(row), itemIds, file: row.file }
    },

    rollback: () =>
      database.transaction(async (query) => {
        const sql = `select id from models where state = 'serving' for update`
        if ((await query(sql)).length === 0) throw noneServes()
        for (const step of stepBackSql) await query(step)
      }),
  }
}

async function putModel(query: Query, lookup: Lookup, model: StoredModel): Promise<void> {
  const { id, at, state, runId, verdict, itemIds, file } = model
  const canServe = state === 'serving'
  const keys = canServe ? await lookup.keysOf(query, 'item', itemIds) : new Map<string, number>()
  await query(putSql, [
    ...[id, at.getTime(), state, runId ?? null, JSON.stringify(verdict)],
    // Number 0 is nobody's: an item that went while the model was trained.
    column(canServe ? itemIds.map((itemId) => keys.get(itemId) ?? 0) : []),
    canServe ? Buffer.from(file.buffer, file.byteOffset, file.byteLength) : Buffer.alloc(0),
  ])
}

function recordOf({ id, at, state, run, verdict }: ModelRow): ModelRecord {
  return { id, at: new Date(at), state, runId: run ?? undefined, verdict }
}

function noneServes(): KithError {
  return new KithError(
    'conflict',
    'No model serves, so there is none to go back from. Train one with `kith train`.',
  )
}
