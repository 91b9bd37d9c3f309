/** People: one sealed row each, under their own key. */
import type { Database, Query } from '../database/database.ts'
import type { Change } from '../domain/change.ts'
import type { User } from '../domain/user.ts'
import type { Vault } from '../vault/vault.ts'
import { bytesColumn, chunksOf, column, lastOfEach } from './arrays.ts'
import { openUser, sealJson } from './envelopes.ts'
import { freshKeys } from './fresh-keys.ts'
import { type Lookup, unknown } from './lookup.ts'
import { forgetMoods } from './moods.ts'
import type { UserStore } from './store.ts'
import type { Turn, Writer } from './writer.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
  readonly writer: Writer
}

const chunkSize = 1_000
const putSql = `insert into users (key, pseudonym, clock, sealed)
  select * from unnest($1::int[], $2::uuid[], $3::bigint[], $4::bytea[])
  on conflict (key) do update set clock = excluded.clock, sealed = excluded.sealed`

export function createUserStore({ database, vault, lookup, writer }: Parts): UserStore {
  async function putChunk(turn: Turn, users: readonly User[]): Promise<void> {
    const ids = users.map(({ id }) => id)
    const keys = await lookup.keysInTurn(turn.query, 'user', ids)
    const added = await freshKeys(turn.query, 'user_key', keys, ids)
    const changes = users.map((user): Change => ({ kind: 'user', clock: turn.tick(), user }))
    const ordered = ids.map((id) => keys.get(id) ?? 0)
    await turn.query(putSql, [
      column(ordered),
      column(ids.map((id) => lookup.pseudonym('user', id))),
      column(changes.map(({ clock }) => clock)),
      bytesColumn(users.map((user, i) => sealJson(vault, ordered[i] ?? 0, user))),
    ])
    turn.count('users', added)
    turn.changes.push(...changes)
    const refusing = users.filter(({ usesMood }) => usesMood === false)
    await forgetMoods(turn, vault, new Map(refusing.map(({ id }) => [keys.get(id) ?? 0, id])))
  }

  return {
    async put(users) {
      if (users.length === 0) return []
      const unique = lastOfEach(users, ({ id }) => id)
      return writer.write(async (turn) => {
        for (const chunk of chunksOf(unique, chunkSize)) await putChunk(turn, chunk)
        return turn.changes
      })
    },

    async get(id) {
      const [user] = await read(database.query, vault, 'pseudonym = $1', [
        lookup.pseudonym('user', id),
      ])
      return user
    },

    async list({ limit, after }) {
      const keys = await lookup.keysOf(database.query, 'user', after === undefined ? [] : [after])
      const start = after === undefined ? 0 : keys.get(after)
      if (start === undefined) throw unknown('user', after ?? '')
      const rest = 'key > $1 and pseudonym is not null order by key limit $2'
      return read(database.query, vault, rest, [start, limit])
    },
  }
}

async function read(
  query: Query,
  vault: Vault,
  rest: string,
  values: readonly unknown[],
): Promise<User[]> {
  const sql = `select key, sealed from users where ${rest}`
  const rows = await query<{ key: number; sealed: Buffer }>(sql, values)
  return rows.flatMap(({ key, sealed }) => openUser(vault, key, sealed) ?? [])
}
