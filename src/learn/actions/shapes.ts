/**
 * What one part adds to log-odds: a curve of straight pieces between knots, 0 where the part says
 * nothing, flat beyond its ends (a generalised additive model; Hastie and Tibshirani 1986).
 */

/** Knots of all curves side by side. */
export interface Knots {
  readonly count: number
  /** Rising, `count` of each part. [parts × count] */
  readonly at: Float64Array
}

export interface KnotSource {
  readonly columns: number
  /** Calls back with the values of one column, at most some thousands. */
  valuesOf(column: number): Float32Array
}

const leastGap = 1e-4

/**
 * At the quantiles of what is not 0, with one knot at 0 itself, so that rare large values get pieces of
 * their own.
 */
export function chooseKnots({ columns, valuesOf }: KnotSource, count = 10): Knots {
  const at = new Float64Array(columns * count)
  for (let column = 0; column < columns; column++) {
    const told = valuesOf(column)
      .filter((value) => value !== 0)
      .sort()
    at.set(knotsOf(told, count), column * count)
  }
  return { count, at }
}

function knotsOf(sorted: Float32Array, count: number): Float64Array {
  const knots = new Float64Array(count)
  const least = Math.min(0, sorted[0] ?? 0)
  const below = sorted.findIndex((value) => value > 0)
  const negatives = below < 0 ? sorted.length : below
  // As many knots below 0 as there are values there, in proportion, and one at least.
  const under = least < 0 ? Math.max(1, Math.round((negatives / sorted.length) * (count - 2))) : 0
  for (let n = 0; n < under; n++) knots[n] = quantile(sorted, 0, negatives, n / under)
  const over = count - 1 - under
  for (let n = 1; n <= over; n++) {
    knots[under + n] = quantile(sorted, negatives, sorted.length, n / over)
  }
  return spread(knots)
}

function quantile(sorted: Float32Array, from: number, to: number, share: number): number {
  if (from >= to) return 0
  return sorted[from + Math.min(to - from - 1, Math.floor(share * (to - from)))]!
}

/** Knots that fall together are moved apart. */
function spread(knots: Float64Array): Float64Array {
  const zero = knots.indexOf(0)
  for (let n = zero + 1; n < knots.length; n++) {
    knots[n] = Math.max(knots[n]!, knots[n - 1]! + leastGap)
  }
  for (let n = zero - 1; n >= 0; n--) knots[n] = Math.min(knots[n]!, knots[n + 1]! - leastGap)
  return knots
}

/** Where a value lies: `floor(result)` is the knot at or below it, the rest how far to the next. */
export function placeOf({ count, at }: Knots, part: number, value: number): number {
  const first = part * count
  const last = first + count - 1
  if (!(value > at[first]!)) return 0
  if (value >= at[last]!) return count - 1
  let knot = first
  while (at[knot + 1]! <= value) knot++
  return knot - first + (value - at[knot]!) / (at[knot + 1]! - at[knot]!)
}

/** @param heights of one part at its knots, from `first` on */
export function heightAt(heights: Float64Array, first: number, place: number): number {
  const knot = Math.floor(place)
  const height = heights[first + knot]!
  const rest = place - knot
  return rest === 0 ? height : height + rest * (heights[first + knot + 1]! - height)
}
