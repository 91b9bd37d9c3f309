/** Numbers for what is put for the first time. A number is also the slot of a person's key. */
import type { Query } from '../database/database.ts'

/**
 * Fills `keys` up with a fresh number for each id that has none.
 * @returns how many were new
 */
export async function freshKeys(
  query: Query,
  sequence: 'user_key' | 'item_key',
  keys: Map<string, number>,
  ids: readonly string[],
): Promise<number> {
  const fresh = [...new Set(ids)].filter((id) => !keys.has(id))
  if (fresh.length === 0) return 0
  const sql = `select nextval('${sequence}') as key from generate_series(1, $1::int)`
  const rows = await query<{ key: number }>(sql, [fresh.length])
  for (const [i, id] of fresh.entries()) keys.set(id, rows[i]?.key ?? 0)
  return fresh.length
}
