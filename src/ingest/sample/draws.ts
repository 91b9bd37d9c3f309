/** Fast draws for the simulation: by weight from a fixed list, and moments in a person's day. */
import { integer, normal, type Random } from '../../math/random.ts'

/** Draws indices, each as likely as its weight, by binary search in the running sums. */
export function createDraw(weights: ArrayLike<number>, random: Random): () => number {
  const sums = new Float64Array(weights.length)
  let total = 0
  for (let index = 0; index < weights.length; index++) {
    total += weights[index] ?? 0
    sums[index] = total
  }
  return () => {
    const target = random() * total
    return Math.min(
      weights.length - 1,
      firstIndex(weights.length, (index) => (sums[index] ?? 0) > target),
    )
  }
}

/** The first index from which on `holds` is true; `length` when it never is. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** One of a list, each as likely; undefined when it is empty. */
export function anyOf<Value>(
  list: readonly Value[] | undefined,
  random: Random,
): Value | undefined {
  return list && list.length > 0 ? list[integer(random, 0, list.length)] : undefined
}

const day = 86_400_000
const hour = 3_600_000

/** A whole second within the last `days` days before `nowMs`, around the person's hour. */
export function momentOf(nowMs: number, days: number, atHour: number, random: Random): number {
  const midnight = Math.floor(nowMs / day) * day - integer(random, 0, days) * day
  const moment = midnight + (atHour + 2.5 * normal(random)) * hour
  const wrapped = moment < nowMs ? moment : moment - day
  const earliest = nowMs - days * day
  return Math.floor(Math.max(wrapped, earliest + random() * day) / 1000) * 1000
}
