/**
 * Shapes of expressions. A dimension is a number, or a name that stays open until a run ('batch').
 * Open dimensions may be sums of products of names: 'batch*length', 'batch+batch'.
 */
import type { Shape } from './onnx.ts'

export type Dimension = Shape[number]

/** What the open names are in one run. */
export type Sizes = ReadonlyMap<string, number>

/** @example times('batch', 50) is '50*batch' */
export function times(...dimensions: readonly Dimension[]): Dimension {
  const parts = dimensions.flatMap((dimension) => String(dimension).split('*'))
  const sum = parts.find((part) => part.includes('+'))
  if (sum !== undefined) throw new RangeError(`The open size "${sum}" cannot be multiplied.`)
  const names = parts.filter((part) => !isCount(part)).sort()
  const count = parts.filter(isCount).reduce((product, part) => product * Number(part), 1)
  if (names.length === 0 || count === 0) return count
  return [...(count === 1 ? [] : [count]), ...names].join('*')
}

function isCount(part: string): boolean {
  return /^\d+$/.test(part)
}

export function plus(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (a === 0) return b
  return b === 0 ? a : `${a}+${b}`
}

/** @throws RangeError when a name is not known */
export function sizeOf(dimension: Dimension, sizes: Sizes): number {
  if (typeof dimension === 'number') return dimension
  return dimension
    .split('+')
    .reduce(
      (sum, term) => sum + term.split('*').reduce((size, part) => size * factor(part, sizes), 1),
      0,
    )
}

export function sizesOf(shape: Shape, sizes: Sizes): number[] {
  return shape.map((dimension) => sizeOf(dimension, sizes))
}

function factor(part: string, sizes: Sizes): number {
  if (isCount(part)) return Number(part)
  const size = sizes.get(part)
  if (size === undefined) throw new RangeError(`No input says how large "${part}" is.`)
  return size
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis])
}

/** The shape of an elementwise operation, as numpy has it: trailing axes meet, 1 stretches. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left === right || right === 1) return left
    if (left === 1) return right
    throw new RangeError(`Shapes [${a}] and [${b}] do not meet: ${left} against ${right}.`)
  })
}

/** From 0, where -1 is the last one. */
export function axisOf(axis: number, rank: number): number {
  const from0 = axis < 0 ? axis + rank : axis
  if (from0 >= 0 && from0 < rank) return from0
  throw new RangeError(`There is no axis ${axis} among ${rank}.`)
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
