/**
 * From a source to the network: records are checked, put in batches, and counted. Progress is saved
 * after each batch is durable, so that an import that was killed goes on at the next batch; the one
 * in flight is put again, which changes nothing, because puts and events are idempotent.
 */
import type { Edge } from '../domain/edge.ts'
import type { Event } from '../domain/event.ts'
import type { Item } from '../domain/item.ts'
import type { User } from '../domain/user.ts'
import { type Batch, batchesOf } from './batches.ts'
import { deliver, type Receipt } from './deliver.ts'
import type { Importer, RecordKind } from './importer.ts'
import { openRejects, type Reject, type RejectFile } from './rejects.ts'
import { type ImportState, loadState, type ProgressPort } from './state.ts'
import { addTally, type Summary, summaryOf } from './summary.ts'
import { check, refusalOf, type Valid } from './validate.ts'

/** Where records go; the engine has this shape. Each call is all or nothing. */
export interface ImportTarget {
  putUsers(users: readonly User[]): Promise<Receipt>
  putItems(items: readonly Item[]): Promise<Receipt>
  putEdges(edges: readonly Edge[]): Promise<Receipt>
  addEvents(events: readonly Event[]): Promise<Receipt>
}

export interface ImportProgress {
  readonly phase: 'users' | 'items' | 'edges' | 'events'
  /** Records of this phase dealt with, rejected ones included. */
  readonly done: number
  readonly total?: number | undefined
  /** Of all phases so far. */
  readonly rejected: number
}

export interface ImportOptions {
  /** Where progress is kept; without it an interrupted import begins anew. */
  readonly progress?: ProgressPort | undefined
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined
  /** Takes effect between batches: what was put stays, and a later import goes on from there. */
  readonly signal?: AbortSignal | undefined
  /** JSON Lines with file, line, kind and reason; no texts, no ids. */
  readonly rejectFile?: string | undefined
  readonly rejectLimit?: number | undefined
  readonly batchSizes?: Partial<Readonly<Record<RecordKind, number>>> | undefined
}

/** Large enough that a commit weighs little, small enough that a bar moves. */
const usualBatchSizes = { user: 1_000, item: 500, edge: 2_000, event: 2_000 } as const
const usualRejectLimit = 10_000

/**
 * @throws KithError `invalid-input` when the source cannot be read, and whatever the target throws
 * that is not about a record; progress up to there is kept
 */
export async function importInto(
  target: ImportTarget,
  importer: Importer,
  path: string,
  options: ImportOptions = {},
): Promise<Summary> {
  const { progress, signal, onProgress } = options
  const task = `import:${importer.name}:${await importer.fingerprint(path)}`
  let state = await loadState(progress, task)
  const resumedAt = state.taken
  const totals = onProgress ? await importer.count?.(path) : undefined
  const rejects = await openRejects(
    options.rejectFile,
    options.rejectLimit ?? usualRejectLimit,
    state.rejects,
  )
  try {
    const sizes = { ...usualBatchSizes, ...options.batchSizes }
    for await (const batch of batchesOf(importer.read(path, { signal }), sizes, resumedAt)) {
      signal?.throwIfAborted()
      state = await takeBatch(target, batch, state, rejects)
      await progress?.put(task, state)
      onProgress?.(progressOf(batch.kind, state, totals?.[batch.kind]))
    }
    await progress?.remove(task)
  } finally {
    await rejects.close()
  }
  return summaryOf(state, resumedAt)
}

async function takeBatch(
  target: ImportTarget,
  batch: Batch,
  state: ImportState,
  rejects: RejectFile,
): Promise<ImportState> {
  const startedAt = performance.now()
  const { accepted, duplicates, rejected } = await putBatch(target, batch)
  const mark = await rejects.add(rejected)
  const seconds = (performance.now() - startedAt) / 1000
  return {
    taken: state.taken + batch.records.length,
    rejects: mark,
    tallies: addTally(state.tallies, batch.kind, {
      accepted,
      duplicates,
      rejected: rejected.length,
      seconds,
    }),
  }
}

async function putBatch(
  target: ImportTarget,
  batch: Batch,
): Promise<{ accepted: number; duplicates: number; rejected: Reject[] }> {
  switch (batch.kind) {
    case 'user':
      return putChecked(batch, 'user', (users) => target.putUsers(users))
    case 'item':
      return putChecked(batch, 'item', (items) => target.putItems(items))
    case 'edge':
      return putChecked(batch, 'edge', (edges) => target.putEdges(edges))
    case 'event':
      return putChecked(batch, 'event', (events) => target.addEvents(events))
  }
}

async function putChecked<Kind extends RecordKind>(
  { records }: Batch,
  kind: Kind,
  put: (values: readonly Valid[Kind][]) => Promise<Receipt>,
): Promise<{ accepted: number; duplicates: number; rejected: Reject[] }> {
  const rejected: { index: number; reason: string }[] = []
  const entries: { index: number; value: Valid[Kind] }[] = []
  for (const [index, record] of records.entries()) {
    const checked =
      record.problem === undefined ? check(kind, record.value) : { problem: record.problem }
    if (checked.problem === undefined) entries.push({ index, value: checked.value })
    else rejected.push({ index, reason: checked.problem })
  }
  const delivery = await deliver(entries, (some) => put(some.map(({ value }) => value)))
  for (const { entry, error } of delivery.refused) {
    rejected.push({ index: entry.index, reason: refusalOf(error, entry.value) })
  }
  rejected.sort((a, b) => a.index - b.index)
  return {
    accepted: delivery.accepted,
    duplicates: delivery.duplicates,
    rejected: rejected.flatMap(({ index, reason }) => {
      const record = records[index]
      return record ? [{ file: record.file, line: record.line, kind: record.kind, reason }] : []
    }),
  }
}

function progressOf(
  kind: RecordKind,
  { tallies }: ImportState,
  total: number | undefined,
): ImportProgress {
  const { accepted, duplicates, rejected } = tallies[kind]
  return {
    phase: `${kind}s`,
    done: accepted + duplicates + rejected,
    total,
    rejected: Object.values(tallies).reduce((sum, tally) => sum + tally.rejected, 0),
  }
}
