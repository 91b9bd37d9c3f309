/** What people wrote lately, as moods: one small sealed row a person, gone when they refuse it. */
import type { Query } from '../database/database.ts'
import type { Change } from '../domain/change.ts'
import { type MoodReading, moodReadingsKept } from '../domain/labels.ts'
import type { Vault } from '../vault/vault.ts'
import { column } from './arrays.ts'
import { openJson, openUser, sealJson } from './envelopes.ts'
import type { Lookup } from './lookup.ts'
import type { MoodStore } from './store.ts'
import type { Turn, Writer } from './writer.ts'

interface Parts {
  readonly vault: Vault
  readonly lookup: Lookup
  readonly writer: Writer
}

type SealedReading = readonly [at: number, ...emotions: number[]]

const putSql = `insert into moods (user_key, clock, sealed) values ($1, $2, $3)
  on conflict (user_key) do update set clock = excluded.clock, sealed = excluded.sealed`

export function createMoodStore({ vault, lookup, writer }: Parts): MoodStore {
  async function addFor(turn: Turn, userId: string, fresh: readonly MoodReading[]): Promise<void> {
    const keys = await lookup.keysInTurn(turn.query, 'user', [userId])
    const key = keys.get(userId)
    // Erased, or switched off, while the text was being read.
    if (key === undefined || !(await usesMood(turn.query, vault, key))) return
    const before = await readingsOf(turn.query, vault, key)
    const readings = [...before, ...fresh.map(rounded)]
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .slice(-moodReadingsKept)
    const clock = turn.tick()
    await turn.query(putSql, [key, clock, sealReadings(vault, key, readings)])
    turn.changes.push({ kind: 'mood', clock, userId, readings })
  }

  return {
    add: (entries) =>
      writer.write(async (turn): Promise<Change[]> => {
        for (const [userId, fresh] of entries) await addFor(turn, userId, fresh)
        return turn.changes
      }),
  }
}

async function usesMood(query: Query, vault: Vault, key: number): Promise<boolean> {
  const sql = 'select sealed from users where key = $1 and pseudonym is not null'
  const [row] = await query<{ sealed: Buffer }>(sql, [key])
  const user = row && openUser(vault, key, row.sealed)
  return user !== undefined && user.usesMood !== false
}

export async function readingsOf(query: Query, vault: Vault, key: number): Promise<MoodReading[]> {
  const [row] = await query<{ sealed: Buffer }>('select sealed from moods where user_key = $1', [
    key,
  ])
  return (row && openReadings(vault, key, row.sealed)) ?? []
}

function sealReadings(vault: Vault, key: number, readings: readonly MoodReading[]): Uint8Array {
  const rows = readings.map(({ at, emotions }): SealedReading => {
    return [at.getTime(), ...emotions]
  })
  return sealJson(vault, key, rows)
}

/** What is told is what is kept. */
function rounded({ at, emotions }: MoodReading): MoodReading {
  return { at, emotions: emotions.map((probability) => Math.round(probability * 1000) / 1000) }
}

/** Undefined when the key is gone. */
export function openReadings(
  vault: Vault,
  key: number,
  sealed: Uint8Array,
): MoodReading[] | undefined {
  const rows = openJson<SealedReading[]>(vault, key, sealed)
  return rows?.map(([at, ...emotions]) => ({ at: new Date(at), emotions }))
}

/** For people who switched it off: what was read is overwritten, and those who follow are told. */
export async function forgetMoods(
  turn: Turn,
  vault: Vault,
  people: ReadonlyMap<number, string>,
): Promise<void> {
  if (people.size === 0) return
  const sql = 'select user_key as key from moods where user_key = any($1::int[])'
  for (const { key } of await turn.query<{ key: number }>(sql, [column([...people.keys()])])) {
    const clock = turn.tick()
    await turn.query(putSql, [key, clock, sealReadings(vault, key, [])])
    turn.changes.push({ kind: 'mood', clock, userId: people.get(key) ?? '', readings: [] })
  }
}
