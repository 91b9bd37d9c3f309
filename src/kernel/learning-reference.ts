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
