/**
 * Removing a person, in three steps that can be taken up again after a crash: they lose their name,
 * so that nothing new can be written about them; their key is destroyed; their rows go.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { isKithError } from '../errors.ts'
import type { Vault } from '../vault/vault.ts'
import { openItem } from './envelopes.ts'
import { type Lookup, unknown } from './lookup.ts'
import type { Erasure } from './store.ts'
import type { Turn, Writer } from './writer.ts'

interface Parts {
  readonly vault: Vault
  readonly lookup: Lookup
  readonly writer: Writer
}

interface Marked {
  readonly key: number
  readonly itemIds: readonly string[]
}

/** @throws KithError `not-found` for an unknown person */
export async function eraseUser(parts: Parts, userId: string): Promise<Erasure> {
  const { vault, lookup, writer } = parts
  const { key, itemIds } = await writer.write((turn) => mark(turn, vault, lookup, userId))
  await vault.destroy(key)
  return patiently(() =>
    writer.write(async (turn) => {
      const removed = await removeRows(turn, key)
      for (const itemId of itemIds) {
        parts.lookup.forget('item', itemId)
        turn.changes.push({ kind: 'item-removed', clock: turn.tick(), itemId })
      }
      const clock = turn.tick()
      turn.changes.push({ kind: 'user-removed', clock, userId })
      await turn.query('update clock set erased = $1 where id = 1', [clock])
      return { changes: turn.changes, removed }
    }),
  )
}

const patience = 20
const pauseMs = 500

/** Once the key is gone the rest must follow, also when the database is away for a moment. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries >= patience || !isKithError(error) || error.code !== 'unavailable') throw error
      await pause(pauseMs)
    }
  }
}

/** Finishes what a crash left half done. */
export async function finishErasures({ vault, writer }: Parts): Promise<void> {
  const marked = await writer.write(({ query }) =>
    query<{ key: number }>('select key from users where pseudonym is null'),
  )
  for (const { key } of marked) {
    await vault.destroy(key)
    await writer.write(async (turn) => {
      await removeRows(turn, key)
      await turn.query('update clock set erased = $1 where id = 1', [turn.tick()])
    })
  }
}

async function mark(turn: Turn, vault: Vault, lookup: Lookup, userId: string): Promise<Marked> {
  const [row] = await turn.query<{ key: number }>(
    'update users set pseudonym = null where pseudonym = $1 returning key',
    [lookup.pseudonym('user', userId)],
  )
  if (!row) throw unknown('user', userId)
  const rows = await turn.query<{ sealed: Buffer }>(
    'select sealed from items where author_key = $1 order by key',
    [row.key],
  )
  const itemIds = rows.flatMap(({ sealed }) => openItem(vault, row.key, sealed)?.item.id ?? [])
  lookup.forget('user', userId)
  // Other processes see by the clock that what they remember may be wrong.
  turn.tick()
  return { key: row.key, itemIds }
}

async function removeRows({ query, count }: Turn, key: number): Promise<Erasure['removed']> {
  const gone = async (statement: string, values: unknown[]): Promise<number> => {
    const sql = `with gone as (${statement}) select count(*) as n from gone`
    const [row] = await query<{ n: number }>(sql, values)
    return row?.n ?? 0
  }
  const events = await gone(
    `delete from events where user_key = $1 or target_key = $1
      or item_key in (select key from items where author_key = $1) returning 1`,
    [key],
  )
  const items = await gone('delete from items where author_key = $1 returning 1', [key])
  const marks = 'delete from edges where (from_key = $1 or to_key = $1) and'
  await query(`${marks} is_removed`, [key])
  const edges = await gone(`${marks} not is_removed returning 1`, [key])
  const pages = await gone('delete from pages where user_key = $1 returning 1', [key])
  await query('delete from api_keys where user_key = $1', [key])
  await query('delete from removals where author_key = $1', [key])
  await query('delete from moods where user_key = $1', [key])
  count('users', -(await gone('delete from users where key = $1 returning 1', [key])))
  count('items', -items)
  count('edges', -edges)
  count('events', -events)
  return { items, edges, events, pages }
}
