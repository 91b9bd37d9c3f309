/** Batches of positive pairs with drawn negatives, shared by the whole batch. */
import { integer, type Random, shuffle } from '../../math/random.ts'
import { type Csr, rowColumns, rowOfEntries } from '../data/csr.ts'

export interface Batch {
  /** [batch] */
  readonly users: Int32Array
  readonly positives: Int32Array
  /** [drawn] evenly from all items */
  readonly negatives: Int32Array
  /** [batch × drawn] 0 where the person has the item, else 1. */
  readonly allowed: Float32Array
}

export interface BatchOptions {
  /** Positive pairs, at most. */
  readonly batch: number
  readonly drawn: number
  readonly random: Random
}

/**
 * One epoch: every asked pair once, in random order; a last small batch is left to the next epoch.
 * @param known all that people have, which no negative may be
 */
export function* batchesOf(
  interactions: Csr,
  known: Csr,
  { batch, drawn, random }: BatchOptions,
): Generator<Batch> {
  const { columnOf, columns } = interactions
  const rowOf = rowOfEntries(interactions)
  const order = shuffle(
    random,
    columnOf.map((_, entry) => entry),
  )
  const length = Math.min(batch, order.length)
  for (let from = 0; from + length <= order.length && length > 0; from += length) {
    const entries = order.subarray(from, from + length)
    const users = entries.map((entry) => rowOf[entry]!)
    const negatives = Int32Array.from({ length: drawn }, () => integer(random, 0, columns))
    yield {
      users,
      positives: entries.map((entry) => columnOf[entry]!),
      negatives,
      allowed: allowedOf(known, users, negatives),
    }
  }
}

function allowedOf(interactions: Csr, users: Int32Array, negatives: Int32Array): Float32Array {
  const places = new Map<number, number[]>()
  for (const [place, item] of negatives.entries()) {
    const known = places.get(item)
    if (known) known.push(place)
    else places.set(item, [place])
  }
  const allowed = new Float32Array(users.length * negatives.length).fill(1)
  for (const [row, user] of users.entries()) {
    for (const item of rowColumns(interactions, user)) {
      for (const place of places.get(item) ?? []) allowed[row * negatives.length + place] = 0
    }
  }
  return allowed
}
