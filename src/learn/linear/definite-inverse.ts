/**
 * The inverse of a large positive definite matrix in the kernel's memory, in place: Gauss and
 * Jordan's elimination by blocks, so that nearly all the work is one dense product per block.
 */
import { KithError } from '../../errors.ts'
import type { PackedFactor } from '../../kernel/learning/dense.ts'
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import { type Table, tableRows } from '../../kernel/learning-memory.ts'
import { definiteInverse } from '../../math/cholesky.ts'
import type { FitContext } from '../trainer.ts'

const blockRows = 256

/**
 * @param matrix [n × n], n a multiple of 8, symmetric; overwritten by its inverse
 * @throws KithError `invalid-input` when it is not positive definite in single precision
 */
export async function invertDefinite(
  kernel: LearningKernel,
  matrix: Table,
  { signal, progress }: Pick<FitContext, 'signal' | 'progress'> = {},
): Promise<void> {
  const size = matrix.rows
  const work = workOf(kernel, size)
  for (let first = 0; first < size; first += blockRows) {
    signal?.throwIfAborted()
    progress?.(first, size)
    await eliminate(kernel, matrix, work, first)
  }
}

interface Work {
  readonly pivot: Table
  readonly panel: Table
  readonly column: Table
  readonly packed: PackedFactor
}

/** Made once for full blocks and once more for a last, smaller one. */
function workOf(kernel: LearningKernel, size: number): (rows: number) => Promise<Work> {
  const made = new Map<number, Work>()
  return async (rows) => {
    const known = made.get(rows)
    if (known) return known
    const panel = kernel.table(rows, size)
    const work = {
      pivot: kernel.table(rows, rows),
      panel,
      column: kernel.table(size, rows),
      packed: await kernel.pack(panel),
    }
    made.set(rows, work)
    return work
  }
}

/**
 * With P the inverse of the block A_kk on the diagonal: A_kj ← P A_kj, A_ij ← A_ij - A_ik P A_kj, A_ik ← -A_ik P,
 * A_kk ← P. What stood in column k is taken out first, so that all rows but k are one product.
 */
async function eliminate(
  kernel: LearningKernel,
  matrix: Table,
  work: (rows: number) => Promise<Work>,
  first: number,
): Promise<void> {
  const rows = Math.min(blockRows, matrix.rows - first)
  const { pivot, panel, column, packed } = await work(rows)
  const block = tableRows(matrix, first, first + rows)
  invertPivot(block, first, pivot)
  await kernel.multiply(pivot, await kernel.pack(block, { into: packed }), panel)
  for (let row = 0; row < rows; row++) {
    const start = row * panel.width + first
    panel.values.set(pivot.values.subarray(row * rows, (row + 1) * rows), start)
  }
  takeColumn(matrix, first, column)
  column.values.fill(0, first * rows, (first + rows) * rows)
  const factor = await kernel.pack(panel, { into: packed })
  await kernel.multiply(column, factor, matrix, { scale: -1, isAdding: true })
  block.values.set(panel.values)
}

function invertPivot({ width, values }: Table, first: number, pivot: Table): void {
  const size = pivot.rows
  const square = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const start = row * width + first
    square.set(values.subarray(start, start + size), row * size)
  }
  try {
    pivot.values.set(definiteInverse(square, size))
  } catch (cause) {
    throw notDefinite(width, cause)
  }
}

function notDefinite(rows: number, cause: unknown): KithError {
  const message = `A matrix of ${rows} rows is not positive definite in single precision. Raise the ridge.`
  return new KithError('invalid-input', message, { cause })
}

/** Copies columns from `first` on and leaves zeros in their place. */
function takeColumn({ rows, width, values }: Table, first: number, column: Table): void {
  for (let row = 0; row < rows; row++) {
    const start = row * width + first
    const cells = values.subarray(start, start + column.width)
    column.values.set(cells, row * column.width)
    cells.fill(0)
  }
}
