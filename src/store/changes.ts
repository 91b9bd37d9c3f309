/** What memory folds to come up to date: read as of one instant, in batches, columns at a time. */
import type { Database, Snapshot } from '../database/database.ts'
import type { Change } from '../domain/change.ts'
import type { Edge } from '../domain/edge.ts'
import { KithError } from '../errors.ts'
import type { Vault } from '../vault/vault.ts'
import { numbersOf } from './arrays.ts'
import { actionOf, edgeKindOf } from './codes.ts'
import { openJson, openUser } from './envelopes.ts'
import { encodedItem, type ItemRow, itemColumns } from './items.ts'
import type { Lookup } from './lookup.ts'
import { openReadings } from './moods.ts'
import type { NameKeys } from './name-keys.ts'

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
  readonly spaces: NameKeys
  readonly labellers: NameKeys
}

/** Ids by number, of those already given out in this run. */
interface Known {
  readonly users: Map<number, string>
  readonly items: Map<number, string>
}

const rowBatch = 2_000
/** Clocks that nothing bears any more cost next to nothing. */
const clockBatch = 20_000

/** @throws KithError `conflict` when somebody was erased since `clock` */
export function changesSince(parts: Parts, clock: number): AsyncIterable<Change[]> {
  return ahead(readChanges(parts, clock, refuseBeforeErasure))
}

/** Without asking whether somebody was erased: for a follower who cannot start anew. */
export function readableChangesSince(parts: Parts, clock: number): AsyncIterable<Change[]> {
  return ahead(readChanges(parts, clock, async () => undefined))
}

/** Fetches the next batch while the last one is being folded. */
async function* ahead<Batch>(source: AsyncGenerator<Batch, void>): AsyncGenerator<Batch> {
  const fetch = () => {
    const next = source.next()
    // Whoever stops early does not wait for it; whoever goes on sees it fail.
    next.catch(() => undefined)
    return next
  }
  try {
    for (let next = fetch(); ; ) {
      const { value, done } = await next
      if (done) return
      next = fetch()
      yield value
    }
  } finally {
    await source.return()
  }
}

async function* readChanges(
  parts: Parts,
  clock: number,
  check: typeof refuseBeforeErasure,
): AsyncGenerator<Change[], void> {
  const snapshot = await parts.database.openSnapshot()
  try {
    await check(snapshot, clock)
    await parts.spaces.refresh()
    await parts.labellers.refresh()
    const known: Known = { users: new Map(), items: new Map() }
    if (clock > 0) yield* removals(snapshot, parts, clock)
    yield* users(snapshot, parts, clock, known)
    yield* moods(snapshot, parts, clock, known)
    yield* items(snapshot, parts, clock, known)
    yield* doings(snapshot, parts, clock, known)
  } finally {
    await snapshot.close()
  }
}

async function refuseBeforeErasure({ query }: Snapshot, clock: number): Promise<void> {
  const [row] = await query<{ erased: number }>('select erased from clock where id = 1')
  const erased = row?.erased ?? 0
  if (clock === 0 || clock >= erased) return
  throw new KithError(
    'conflict',
    `Somebody was erased at clock ${erased}, after clock ${clock}. Forget that snapshot and start from 0.`,
    { details: { clock, erased } },
  )
}

/** All rows of a statement, over a cursor: sorted once at most, whatever the planner knows. */
async function* batches<Row extends object>(
  { query }: Snapshot,
  cursor: string,
  sql: string,
  after: number,
): AsyncGenerator<Row[]> {
  await query(`declare ${cursor} no scroll cursor for ${sql}`, [after])
  for (;;) {
    const rows = await query<Row>(`fetch ${rowBatch} from ${cursor}`)
    if (rows.length > 0) yield rows
    if (rows.length < rowBatch) return
  }
}

async function* removals(
  snapshot: Snapshot,
  { vault }: Parts,
  after: number,
): AsyncGenerator<Change[]> {
  const sql = `select clock, coalesce(author_key, 0) as slot, sealed from removals
    where clock > $1 order by clock`
  type Row = { clock: number; slot: number; sealed: Buffer }
  for await (const rows of batches<Row>(snapshot, 'removed', sql, after)) {
    yield rows.flatMap(({ clock, slot, sealed }): Change[] => {
      const itemId = openJson<string>(vault, slot, sealed)
      return itemId === undefined ? [] : [{ kind: 'item-removed', clock, itemId }]
    })
  }
}

async function* users(
  snapshot: Snapshot,
  { vault }: Parts,
  after: number,
  known: Known,
): AsyncGenerator<Change[]> {
  const sql = `select key, clock, sealed from users
    where clock > $1 and pseudonym is not null order by clock`
  type Row = { key: number; clock: number; sealed: Buffer }
  for await (const rows of batches<Row>(snapshot, 'people', sql, after)) {
    yield rows.flatMap(({ key, clock, sealed }): Change[] => {
      const user = openUser(vault, key, sealed)
      if (!user) return []
      known.users.set(key, user.id)
      return [{ kind: 'user', clock, user }]
    })
  }
}

async function* moods(
  snapshot: Snapshot,
  { vault, lookup }: Parts,
  after: number,
  known: Known,
): AsyncGenerator<Change[]> {
  const sql = `select user_key as key, clock, sealed from moods where clock > $1 order by clock`
  type Row = { key: number; clock: number; sealed: Buffer }
  for await (const rows of batches<Row>(snapshot, 'moods_read', sql, after)) {
    const strangers = rows.flatMap(({ key }) => (known.users.has(key) ? [] : [key]))
    for (const [key, id] of await lookup.idsOf(snapshot.query, 'user', strangers)) {
      known.users.set(key, id)
    }
    yield rows.flatMap(({ key, clock, sealed }): Change[] => {
      const userId = known.users.get(key)
      const readings = openReadings(vault, key, sealed)
      return userId === undefined || !readings ? [] : [{ kind: 'mood', clock, userId, readings }]
    })
  }
}

async function* items(
  snapshot: Snapshot,
  parts: Parts,
  after: number,
  known: Known,
): AsyncGenerator<Change[]> {
  const sql = `select ${itemColumns} from items where clock > $1 order by clock`
  for await (const rows of batches<ItemRow>(snapshot, 'posts', sql, after)) {
    yield rows.flatMap((row): Change[] => {
      const encoded = encodedItem(row, parts)
      if (!encoded) return []
      known.items.set(row.key, encoded.item.id)
      const { item, embedding, labels } = encoded
      return [{ kind: 'item', clock: row.clock, item, embedding, labels }]
    })
  }
}

/** Codes of edges stand above those of actions, and of their removals above those. */
const edgeBase = 1_000
const removedBase = 2_000

const doingsSql = `select array_agg(clock)::text as clock, array_agg(code)::text as code,
    array_agg(a)::text as a, array_agg(b)::text as b, array_agg(at)::text as at,
    array_agg(value)::text as value
  from (
    select clock, action::int as code, user_key as a, coalesce(item_key, -target_key) as b, at, value
      from events where clock > $1 and clock <= $2
    union all
    select clock, kind + case when is_removed then ${removedBase} else ${edgeBase} end,
      from_key, -to_key, at, weight
      from edges where clock > $1 and clock <= $2 and not (is_removed and $3)
    order by clock
  ) doings`

/** `a` is who: the number of a person. `b` is an item, or below 0 a person. */
type Doings = Readonly<Record<'clock' | 'code' | 'a' | 'b' | 'at' | 'value', Float64Array>>

/** Edges, their removals and events, merged by clock, so many clocks at a time. */
async function* doings(
  snapshot: Snapshot,
  parts: Parts,
  after: number,
  known: Known,
): AsyncGenerator<Change[]> {
  const [end] = await snapshot.query<{ value: number }>('select value from clock where id = 1')
  const newest = end?.value ?? 0
  for (let clock = after; clock < newest; clock += clockBatch) {
    const values = [clock, clock + clockBatch, after === 0]
    const [row] = await snapshot.query<Record<keyof Doings, string | null>>(doingsSql, values)
    if (!row?.clock) continue
    const columns = columnsOf(row)
    await learn(snapshot, parts, columns, known)
    yield changesOf(columns, known)
  }
}

function columnsOf(row: Record<keyof Doings, string | null>): Doings {
  const read = (text: string | null) => numbersOf(text ?? '{}')
  return {
    clock: read(row.clock),
    code: read(row.code),
    a: read(row.a),
    b: read(row.b),
    at: read(row.at),
    value: read(row.value),
  }
}

/** People and items that did not change since the given clock have not been given out. */
async function learn(
  { query }: Snapshot,
  { lookup }: Parts,
  { a, b }: Doings,
  known: Known,
): Promise<void> {
  const userKeys = new Set<number>()
  const itemKeys = new Set<number>()
  for (const key of a) if (!known.users.has(key)) userKeys.add(key)
  for (const key of b) {
    if (key < 0 && !known.users.has(-key)) userKeys.add(-key)
    if (key > 0 && !known.items.has(key)) itemKeys.add(key)
  }
  for (const [key, id] of await lookup.idsOf(query, 'user', userKeys)) known.users.set(key, id)
  for (const [key, id] of await lookup.idsOf(query, 'item', itemKeys)) known.items.set(key, id)
}

function changesOf(columns: Doings, known: Known): Change[] {
  const changes: Change[] = []
  for (let i = 0; i < columns.clock.length; i++) {
    const change = changeAt(columns, i, known)
    if (change) changes.push(change)
  }
  return changes
}

/** Undefined when somebody in it can no longer be read. */
function changeAt(columns: Doings, i: number, known: Known): Change | undefined {
  const who = known.users.get(columns.a[i] ?? 0)
  const b = columns.b[i] ?? 0
  const itemId = b > 0 ? known.items.get(b) : undefined
  const person = b < 0 ? known.users.get(-b) : undefined
  if (who === undefined || (itemId ?? person) === undefined) return undefined
  const clock = columns.clock[i] ?? 0
  const code = columns.code[i] ?? 0
  const at = given(columns.at[i], (ms) => new Date(ms))
  const value = given(columns.value[i], Number)
  if (person !== undefined && code > edgeBase) {
    return edgeChange(clock, code, { from: who, to: person, weight: value ?? 1, at })
  }
  if (!at) return undefined
  const event = { type: actionOf(code), userId: who, itemId, targetUserId: person, at, value }
  return { kind: 'event', clock, event }
}

function edgeChange(clock: number, code: number, edge: Omit<Edge, 'kind'>): Change {
  if (code < removedBase) {
    return { kind: 'edge', clock, edge: { ...edge, kind: edgeKindOf(code - edgeBase) } }
  }
  const { from, to } = edge
  return { kind: 'edge-removed', clock, from, to, edgeKind: edgeKindOf(code - removedBase) }
}

function given<Value>(cell: number | undefined, read: (cell: number) => Value): Value | undefined {
  return cell === undefined || Number.isNaN(cell) ? undefined : read(cell)
}
