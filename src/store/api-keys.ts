/** Who may speak to the engine. Of a secret only a hash is kept: it is long and random, so one round is enough. */
import { createHash } from 'node:crypto'
import type { Database } from '../database/database.ts'
import type { Vault } from '../vault/vault.ts'
import { openJson, sealJson } from './envelopes.ts'
import { type Lookup, unknown } from './lookup.ts'
import type { ApiKey, ApiKeyStore } from './store.ts'
import type { Writer } from './writer.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
  readonly writer: Writer
}

interface KeyRow {
  readonly id: string
  readonly user_key: number
  readonly created_at: number
  readonly sealed: Buffer
}

type Words = Pick<ApiKey, 'name' | 'scopes' | 'userId'>

const columns = 'id, user_key, created_at, sealed'
const putSql = `insert into api_keys (id, secret_hash, user_key, created_at, sealed)
  values ($1, $2, $3, $4, $5)`

export function createApiKeyStore({ database, vault, lookup, writer }: Parts): ApiKeyStore {
  const opened = ({ id, user_key, created_at, sealed }: KeyRow): ApiKey[] => {
    const words = openJson<Words>(vault, user_key, sealed)
    return words ? [{ id, ...words, createdAt: new Date(created_at) }] : []
  }

  return {
    put: ({ id, name, scopes, userId, createdAt }, secret) =>
      writer.write(async ({ query }) => {
        const keys = await lookup.keysInTurn(query, 'user', userId === undefined ? [] : [userId])
        const slot = userId === undefined ? 0 : keys.get(userId)
        if (slot === undefined) throw unknown('user', userId ?? '')
        const sealed = sealJson(vault, slot, { name, scopes, userId })
        await query(putSql, [id, hashOf(secret), slot, createdAt.getTime(), sealed])
      }),

    async find(secret) {
      const sql = `select ${columns} from api_keys where secret_hash = $1`
      return (await database.query<KeyRow>(sql, [hashOf(secret)])).flatMap(opened)[0]
    },

    async list() {
      const sql = `select ${columns} from api_keys order by created_at, id`
      return (await database.query<KeyRow>(sql)).flatMap(opened)
    },

    async remove(id) {
      const sql = 'delete from api_keys where id = $1 returning id'
      return (await database.query(sql, [id])).length > 0
    },
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
