/** Lists that were made for people, and what they are worth to whom. */
import { type Csr, rowColumns } from '../data/csr.ts'
import type { Split } from '../data/split.ts'
import {
  coverage,
  gini,
  type ListMetricName,
  listMetricNames,
  listMetrics,
  novelty,
} from './metrics.ts'

export interface Lists {
  readonly users: Int32Array
  readonly length: number
  /** [users × length], -1 where a list has ended */
  readonly items: Int32Array
}

export function metricName(name: ListMetricName, k: number): string {
  return `${name}@${k}`
}

export interface ListValueOptions {
  readonly at: readonly number[]
  readonly names?: readonly ListMetricName[]
  readonly hasPerson?: ((user: number) => boolean) | undefined
  /** Only these count as relevant. */
  readonly hasItem?: ((item: number) => boolean) | undefined
}

/** By metric: one value per person, NaN for those without a relevant item. */
export function listValues(
  { users, length, items }: Lists,
  test: Csr,
  { at, names = listMetricNames, hasPerson, hasItem }: ListValueOptions,
): Map<string, Float64Array> {
  const columns = at.flatMap((k) => names.map((name) => ({ metric: listMetrics[name], name, k })))
  const values = columns.map(() => new Float64Array(test.rows).fill(Number.NaN))
  for (const [row, user] of users.entries()) {
    if (hasPerson?.(user) === false) continue
    const relevant = hasItem ? rowColumns(test, user).filter(hasItem) : rowColumns(test, user)
    if (relevant.length === 0) continue
    const hits = hitsOf(items.subarray(row * length, (row + 1) * length), relevant)
    for (const [place, { metric, k }] of columns.entries()) {
      values[place]![user] = metric(hits, k, relevant.length)
    }
  }
  return new Map(columns.map(({ name, k }, place) => [metricName(name, k), values[place]!]))
}

/** An item that stands twice in a list is a hit once. */
function hitsOf(list: Int32Array, relevant: Int32Array): Uint8Array {
  const left = new Set(relevant)
  return Uint8Array.from(list, (item) => (left.delete(item) ? 1 : 0))
}

/** Over the people with a value; NaN when there is none. */
export function meanKnown(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.reduce((sum, value) => sum + value, 0) / known.length
}

/** What lists do to the catalogue as a whole. */
export function catalogueValues(
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
