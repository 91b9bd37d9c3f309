/** Which texts learn together: drawn anew every epoch, those of like length side by side. */
import { type Random, shuffle } from '../../../math/random.ts'

/** Batches sorted together: little padding, and yet the texts of a batch change every epoch. */
const batchesSorted = 12

/** Numbers of texts, each once. @param lengths tokens of each */
export function textBatches(
  lengths: ArrayLike<number>,
  size: number,
  random: Random,
): Int32Array[] {
  const order = shuffle(
    random,
    Int32Array.from({ length: lengths.length }, (_, n) => n),
  )
  const batches: Int32Array[] = []
  for (let from = 0; from < order.length; from += size * batchesSorted) {
    const some = order.slice(from, from + size * batchesSorted)
    some.sort((a, b) => lengths[a]! - lengths[b]!)
    for (let at = 0; at < some.length; at += size) batches.push(some.slice(at, at + size))
  }
  return shuffle(random, batches)
}

export function batchCount(texts: number, size: number): number {
  return Math.ceil(texts / size)
}
