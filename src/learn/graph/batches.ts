/** Interactions of one epoch in a new order, in batches of equal size. */
import { integer, type Random, shuffle } from '../../math/random.ts'
import { type Csr, rowOfEntries } from '../data/csr.ts'

/** Node numbers: person u is u, item i is people + i. */
export interface Batch {
  readonly users: Int32Array
  readonly items: Int32Array
}

/** Every interaction once; what the last batch lacks is drawn again. */
export function* epochBatches(
  interactions: Csr,
  batch: number,
  random: Random,
): Generator<Batch, void> {
  const { rows: people, columnOf } = interactions
  const rowOf = rowOfEntries(interactions)
  const order = shuffle(
    random,
    Int32Array.from(rowOf, (_, entry) => entry),
  )
  for (let from = 0; from < order.length; from += batch) {
    const entries = Int32Array.from(
      { length: batch },
      (_, place) => order[from + place] ?? order[integer(random, 0, order.length)]!,
    )
    yield {
      users: entries.map((entry) => rowOf[entry]!),
      items: entries.map((entry) => people + columnOf[entry]!),
    }
  }
}
