/** What the learning kernel computes, in plain loops: slow, obvious, and what its tests compare with. */
import type { SparseSource } from './learning-memory.ts'

/** Row by row. */
export interface Matrix {
  readonly rows: number
  readonly width: number
  readonly values: ArrayLike<number>
}

function matrixOf(rows: number, width: number, cell: (row: number, column: number) => number) {
  const values = Array.from({ length: rows * width }, (_, at) =>
    cell(Math.floor(at / width), at % width),
  )
  return { rows, width, values }
}

function cellOf({ values, width }: Matrix, row: number, column: number): number {
  return values[row * width + column]!
}

export function sparseDense(matrix: SparseSource, x: Matrix): Matrix {
  return matrixOf(matrix.rows, x.width, (row, column) => {
    let sum = 0
    for (let entry = matrix.starts[row]!; entry < matrix.starts[row + 1]!; entry++) {
      sum += (matrix.values?.[entry] ?? 1) * cellOf(x, matrix.columnOf[entry]!, column)
    }
    return sum
  })
}

export function product(a: Matrix, b: Matrix): Matrix {
  return matrixOf(a.rows, b.width, (row, column) => {
    let sum = 0
    for (let k = 0; k < a.width; k++) sum += cellOf(a, row, k) * cellOf(b, k, column)
    return sum
  })
}

export function transposed(a: Matrix): Matrix {
  return matrixOf(a.width, a.rows, (row, column) => cellOf(a, column, row))
}

/** `steps` of conjugate gradient on one symmetric system, from x on (Hestenes & Stiefel 1952). */
export function conjugateGradient(matrix: Matrix, right: number[], x: number[], steps: number) {
  const apply = (v: number[]): number[] =>
    v.map((_, row) => v.reduce((sum, one, column) => sum + cellOf(matrix, row, column) * one, 0))
  const dot = (a: number[], b: number[]): number =>
    a.reduce((sum, one, at) => sum + one * b[at]!, 0)
  let solution = x
  const image = apply(x)
  let residual = right.map((value, at) => value - image[at]!)
  let direction = residual
  for (let step = 0; step < steps; step++) {
    const turned = apply(direction)
    const length = dot(residual, residual) / dot(direction, turned)
    if (!Number.isFinite(length)) break
    solution = solution.map((value, at) => value + length * direction[at]!)
    const next = residual.map((value, at) => value - length * turned[at]!)
    const ratio = dot(next, next) / dot(residual, residual)
    direction = next.map((value, at) => value + ratio * direction[at]!)
    residual = next
  }
  return solution
}

/** The n-th number of the stream that `pairSteps` draws from: SplitMix64 on a counter. */
export function mixed(seed: number, n: number): bigint {
  const whole = (value: bigint): bigint => BigInt.asUintN(64, value)
  let z = whole(BigInt(seed) + BigInt(n) * 0x9e3779b97f4a7c15n)
  z = whole((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
  z = whole((z ^ (z >> 27n)) * 0x94d049bb133111ebn)
  return z ^ (z >> 31n)
}

/** The pair of step n: a user, an item of theirs and one they lack (or undefined after 16 tries). */
export function pairOf({ starts, columnOf, columns }: SparseSource, seed: number, n: number) {
  const below = (random: bigint, size: number): number =>
    Number(((random >> 32n) * BigInt(size)) >> 32n)
  const entry = below(mixed(seed, n * 17), columnOf.length)
  const user = starts.findLastIndex((start) => start <= entry)
  const theirs = columnOf.subarray(starts[user], starts[user + 1])
  for (let attempt = 1; attempt <= 16; attempt++) {
    const other = below(mixed(seed, n * 17 + attempt), columns)
    if (!theirs.includes(other)) return { user, item: columnOf[entry]!, other }
  }
  return undefined
}
