/** The best of many numbers without sorting them all. */

/** Places of the `k` greatest values, greatest first; among equals the smaller place first. */
export function bestPlaces(values: ArrayLike<number>, k: number): Int32Array {
  const size = Math.min(k, values.length)
  const heap = new Int32Array(Math.max(0, size))
  for (let place = 0; place < size; place++) heap[place] = place
  for (let root = (size >> 1) - 1; root >= 0; root--) sink(heap, size, root, values)
  for (let place = size; size > 0 && place < values.length; place++) {
    if (!(values[place]! > values[heap[0]!]!)) continue
    heap[0] = place
    sink(heap, size, 0, values)
  }
  for (let last = size - 1; last > 0; last--) {
    const worst = heap[0]!
    heap[0] = heap[last]!
    heap[last] = worst
    sink(heap, last, 0, values)
  }
  return heap
}

/** Keeps the worst at the root. */
function sink(heap: Int32Array, size: number, from: number, values: ArrayLike<number>): void {
  const sinking = heap[from]!
  let place = from
  for (let child = 2 * place + 1; child < size; child = 2 * place + 1) {
    if (child + 1 < size && isWorse(values, heap[child + 1]!, heap[child]!)) child++
    if (!isWorse(values, heap[child]!, sinking)) break
    heap[place] = heap[child]!
    place = child
  }
  heap[place] = sinking
}

function isWorse(values: ArrayLike<number>, a: number, b: number): boolean {
  const left = values[a]!
  const right = values[b]!
  return left < right || (left === right && a > b)
}
