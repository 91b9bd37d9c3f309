/**
 * Best first, without a comparator: score and row are packed into one number each, and plain
 * numbers sort natively. Equal scores keep the order of their rows, so a page can be replayed.
 */

/** 2^35 steps of score times 2^17 rows fill the 53 bits of a whole number exactly. */
const rowSpan = 2 ** 17
const steps = 2 ** 35

export const mostRows = rowSpan

export interface Ordering {
  /**
   * Writes the rows of the `limit` highest scores, best first, and returns how many.
   * @param scores finite; [count], with count at most `mostRows`
   */
  bestFirst(scores: ArrayLike<number>, count: number, limit: number, rows: Int32Array): number
}

export function createOrdering(): Ordering {
  let keys = new Float64Array(1024)

  function pack(scores: ArrayLike<number>, count: number): void {
    if (keys.length < count) keys = new Float64Array(Math.max(count, keys.length * 2))
    let highest = -Infinity
    let lowest = Infinity
    for (let row = 0; row < count; row++) {
      const score = scores[row]!
      if (score > highest) highest = score
      if (score < lowest) lowest = score
    }
    const scale = highest > lowest ? (steps - 1) / (highest - lowest) : 0
    for (let row = 0; row < count; row++) {
      keys[row] = Math.round((highest - scores[row]!) * scale) * rowSpan + row
    }
  }

  return {
    bestFirst(scores, count, limit, rows) {
      pack(scores, count)
      const kept = Math.min(count, limit, rows.length)
      if (kept < count / 2) selectLowest(keys, count, kept)
      const first = keys.subarray(0, kept < count / 2 ? kept : count).sort()
      for (let place = 0; place < kept; place++) rows[place] = first[place]! % rowSpan
      return kept
    },
  }
}

/** Moves the `wanted` lowest keys to the front, in any order (Hoare's quickselect). */
function selectLowest(keys: Float64Array, count: number, wanted: number): void {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = partition(keys, low, high)
    if (middle === wanted - 1) return
    if (middle < wanted) low = middle + 1
    else high = middle
  }
}

/** Everything up to the returned place is at most everything after it. */
function partition(keys: Float64Array, low: number, high: number): number {
  const pivot = keys[(low + high) >> 1]!
  let left = low - 1
  let right = high + 1
  for (;;) {
    do left++
    while (keys[left]! < pivot)
    do right--
    while (keys[right]! > pivot)
    if (left >= right) return right
    const swapped = keys[left]!
    keys[left] = keys[right]!
    keys[right] = swapped
  }
}
