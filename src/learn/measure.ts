/** One row, one seed: build the ranker on the training part, rank everybody with a test, measure. */
import { rowColumns, rowLength, union } from './csr.ts'
import { activeUsers } from './dataset.ts'
import {
  coverage,
  gini,
  type ListMetricName,
  listMetricNames,
  listMetrics,
  novelty,
} from './metrics.ts'
import type { BuiltRanker, Ranker } from './ranker.ts'
import type { Split } from './split.ts'
import type { FitContext } from './trainer.ts'

export interface MeasureOptions {
  /** List lengths. */
  readonly at: readonly number[]
  /** Milliseconds that only go forward. */
  readonly clock: () => number
  readonly context: FitContext
  readonly progress?: ((phase: 'fit' | 'rank', done: number, total: number) => void) | undefined
}

export interface Measurement {
  /** By name, for example `recall@10`. */
  readonly metrics: ReadonlyMap<string, number>
  /** The same by person, NaN for those without a test; metrics of lists only. */
  readonly byPerson: ReadonlyMap<string, Float64Array>
  readonly fitSeconds: number
  readonly rankSeconds: number
  /** Largest resident size of the whole process seen during this row. */
  readonly memoryMb: number
}

const usersPerStep = 512

export async function measure(
  ranker: Ranker,
  split: Split,
  { at, clock, context, progress }: MeasureOptions,
): Promise<Measurement> {
  const began = clock()
  const memory = memoryPeak()
  const built = await ranker.build(split.train, {
    ...context,
    valid: split.valid,
    progress: (done, total) => progress?.('fit', done, total),
  })
  memory.sample()
  const fitted = clock()
  const lists = await rankAll(built, split, Math.max(...at), (done, total) => {
    memory.sample()
    context.signal?.throwIfAborted()
    progress?.('rank', done, total)
  }).finally(() => built.close?.())
  const ranked = clock()
  const byPerson = listValues(lists, split, at)
  return {
    metrics: new Map([...meansOf(byPerson), ...catalogueValues(lists, split, at)]),
    byPerson,
    fitSeconds: (fitted - began) / 1000,
    rankSeconds: (ranked - fitted) / 1000,
    memoryMb: memory.peakMb(),
  }
}

interface Lists {
  readonly users: Int32Array
  readonly length: number
  /** [users × length] */
  readonly items: Int32Array
}

/** Whoever has something in the test part gets a list; what they have elsewhere is masked. */
async function rankAll(
  built: BuiltRanker,
  { train, valid, test }: Split,
  length: number,
  progress: (done: number, total: number) => void,
): Promise<Lists> {
  const known = union(train.interactions, valid.interactions)
  const users = activeUsers(test)
  const items = new Int32Array(users.length * length)
  for (let from = 0; from < users.length; from += usersPerStep) {
    const some = users.subarray(from, from + usersPerStep)
    items.set(await built.rank({ users: some, k: length, known }), from * length)
    progress(from + some.length, users.length)
  }
  return { users, length, items }
}

function listValues(
  { users, length, items }: Lists,
  { test }: Split,
  at: readonly number[],
): Map<string, Float64Array> {
  const names = at.flatMap((k) => listMetricNames.map((name) => ({ name, k })))
  const values = new Map(
    names.map(({ name, k }) => [
      metricName(name, k),
      new Float64Array(test.users.size).fill(Number.NaN),
    ]),
  )
  for (const [row, user] of users.entries()) {
    const list = items.subarray(row * length, (row + 1) * length)
    const hits = hitsOf(list, rowColumns(test.interactions, user))
    const relevant = rowLength(test.interactions, user)
    for (const { name, k } of names) {
      values.get(metricName(name, k))![user] = listMetrics[name](hits, k, relevant)
    }
  }
  return values
}

/** An item that stands twice in a list is a hit once. */
function hitsOf(list: Int32Array, relevant: Int32Array): Uint8Array {
  const left = new Set(relevant)
  return Uint8Array.from(list, (item) => (left.delete(item) ? 1 : 0))
}

function meansOf(byPerson: ReadonlyMap<string, Float64Array>): [string, number][] {
  return [...byPerson].map(([name, values]) => {
    const known = values.filter((value) => !Number.isNaN(value))
    return [name, known.reduce((sum, value) => sum + value, 0) / known.length]
  })
}

function catalogueValues(
  { users, length, items }: Lists,
  { train }: Split,
  at: readonly number[],
): [string, number][] {
  const popularity = new Float64Array(train.items.size)
  for (const item of train.interactions.columnOf) popularity[item]! += 1
  return at.flatMap((k): [string, number][] => {
    const shown = new Float64Array(train.items.size)
    for (let row = 0; row < users.length; row++) {
      for (const item of items.subarray(row * length, row * length + k)) {
        if (item >= 0) shown[item]! += 1
      }
    }
    return [
      [`coverage@${k}`, coverage(shown)],
      [`gini@${k}`, gini(shown)],
      [`novelty@${k}`, novelty(shown, popularity, train.users.size)],
    ]
  })
}

export function metricName(name: ListMetricName, k: number): string {
  return `${name}@${k}`
}

export interface MemoryPeak {
  sample(): void
  peakMb(): number
}

export function memoryPeak(): MemoryPeak {
  let peak = process.memoryUsage.rss()
  return {
    sample() {
      peak = Math.max(peak, process.memoryUsage.rss())
    },
    peakMb: () => Math.round(peak / 2 ** 20),
  }
}
