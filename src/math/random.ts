/**
 * Chance with a seed: the same seed gives the same numbers on every machine. Everything below the
 * root that needs chance takes a `Random` as an argument, so that a page or a run can be replayed.
 */

/** Uniform in [0, 1). */
export type Random = () => number

/** sfc32 (Doty-Humphrey, PractRand), its state filled from the seed by mulberry32. */
export function seededRandom(seed: number): Random {
  const fill = mulberry32(seed)
  let a = fill()
  let b = fill()
  let c = fill()
  let counter = 1
  const random = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) random()
  return random
}

function mulberry32(seed: number): () => number {
  let state = (Math.floor(seed) ^ Math.floor(seed / 2 ** 32)) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) | 0
  }
}

/** A whole number in [from, to). */
export function integer(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from))
}

/** Standard normal, by Box and Muller's transform. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return radius * Math.cos(2 * Math.PI * random())
}

/** Reorders in place (Fisher–Yates) and returns the same list; typed arrays too. */
export function shuffle<List extends Cells>(random: Random, list: List): List {
  const cells: Cells = list
  for (let last = cells.length - 1; last > 0; last--) {
    const other = integer(random, 0, last + 1)
    const kept = cells[last]
    cells[last] = cells[other]
    cells[other] = kept
  }
  return list
}

interface Cells {
  readonly length: number
  [index: number]: unknown
}

/** So many of a list without repeats, each as likely, or all of them in an order by lot. */
export function someOf<Item>(random: Random, list: Iterable<Item>, count: number): Item[] {
  const left = [...list]
  const wanted = Math.min(count, left.length)
  // The first of a shuffle, without shuffling the rest.
  for (let place = 0; place < wanted; place++) {
    const other = integer(random, place, left.length)
    const chosen = left[other]!
    left[other] = left[place]!
    left[place] = chosen
  }
  return left.slice(0, wanted)
}

/** An index, each as likely as its weight; -1 when no weight is positive. */
export function weightedChoice(random: Random, weights: ArrayLike<number>): number {
  let total = 0
  for (let index = 0; index < weights.length; index++) total += Math.max(0, weights[index]!)
  if (!(total > 0)) return -1
  let left = random() * total
  let choice = -1
  for (let index = 0; index < weights.length; index++) {
    const weight = Math.max(0, weights[index]!)
    if (weight === 0) continue
    choice = index
    left -= weight
    if (left < 0) break
  }
  return choice
}
