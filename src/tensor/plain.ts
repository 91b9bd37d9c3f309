/** Loops over tensors in plain JavaScript, for the reference: slow and obvious. */
import type { Plain } from './expression.ts'
import { countOf } from './shape.ts'

/** @param at gives the element at a place */
export function fill(shape: readonly number[], at: (place: readonly number[]) => number): Plain {
  const data = new Float64Array(countOf(shape))
  const place = shape.map(() => 0)
  for (let n = 0; n < data.length; n++) {
    data[n] = at(place)
    step(place, shape)
  }
  return { shape, data }
}

/** Calls `visit` for every place of a shape, the last axis fastest. */
export function everyPlace(
  shape: readonly number[],
  visit: (place: readonly number[], n: number) => void,
): void {
  const place = shape.map(() => 0)
  for (let n = 0; n < countOf(shape); n++) {
    visit(place, n)
    step(place, shape)
  }
}

function step(place: number[], shape: readonly number[]): void {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis]! += 1
    if (place[axis]! < shape[axis]!) return
    place[axis] = 0
  }
}

/** Where a place lies in a tensor that may be stretched: axes of size 1 and missing ones repeat. */
export function offset(shape: readonly number[], place: readonly number[]): number {
  const skipped = place.length - shape.length
  return shape.reduce(
    (sum, size, axis) => sum * size + (size === 1 ? 0 : place[axis + skipped]!),
    0,
  )
}

export function at({ shape, data }: Plain, place: readonly number[]): number {
  return data[offset(shape, place)]!
}
