/** Products: sparse by dense, dense by dense, and a table with itself. */
import type { SparseMatrix, Table } from '../learning-memory.ts'
import { type Context, createSpare, expectSame, rowsPerChunk } from './context.ts'

export interface DenseOperations {
  /** out [m × d] = scale ⊙ (matrix [m × n] · x [n × d]) (+ out); out must not be x. */
  sparseDense(
    matrix: SparseMatrix,
    x: Table,
    out: Table,
    options?: SparseDenseOptions,
  ): Promise<void>
  /** Lays b out as the right factor of `multiply`; again after b has changed. */
  pack(b: Table, options?: PackOptions): Promise<PackedFactor>
  /** out [m × n] = scale · a [m × k] · b [k × n] (+ out). Any width of `out` will do. */
  multiply(a: Table, b: PackedFactor, out: Table, options?: MultiplyOptions): Promise<void>
  /** out [d × m] = aᵀ of a [m × d]. Any shape will do. */
  transpose(a: Table, out: Table): Promise<void>
  /** out [d × d] = xᵀx of x [m × d]. */
  gram(x: Table, out: Table): Promise<void>
}

export interface SparseDenseOptions {
  /** [m] a factor for each row. */
  readonly scale?: Float32Array | undefined
  readonly isAdding?: boolean | undefined
}

export interface PackOptions {
  /** Packs bᵀ: `multiply` then gives a · bᵀ. */
  readonly isTransposed?: boolean | undefined
  /** Written over in place of new memory; must have been packed from the same shape. */
  readonly into?: PackedFactor | undefined
}

export interface MultiplyOptions {
  readonly scale?: number | undefined
  readonly isAdding?: boolean | undefined
}

/** [inner × columns] in panels of 8 columns. */
export interface PackedFactor {
  readonly inner: number
  readonly columns: number
  readonly panels: Float32Array
}

const panelsPerChunk = 16
const multiplyRowsPerChunk = 64
const mostSlices = 16
const leastSliceRows = 512

export function createDenseOperations({ crew, memory }: Context): DenseOperations {
  const { offsetOf } = memory
  const spare = createSpare(memory)

  return {
    async sparseDense(matrix, x, out, { scale, isAdding = false } = {}) {
      expectSame(matrix.columns, x.width, x)
      expectSame(matrix.rows, x.width, out)
      const places = [matrix.starts, matrix.columnOf].map(offsetOf)
      const values = matrix.values ? offsetOf(matrix.values) : 0
      const factors = scale ? offsetOf(scale) : 0
      const tables = [x.values, out.values].map(offsetOf)
      const parameters = [...places, values, factors, ...tables, x.width, Number(isAdding)]
      await crew.run('sparseDense', { count: matrix.rows, chunk: rowsPerChunk, parameters })
    },
    async pack(b, { isTransposed = false, into } = {}) {
      const inner = isTransposed ? b.width : b.rows
      const columns = isTransposed ? b.rows : b.width
      const count = Math.ceil(columns / 8)
      const packed = into ?? { inner, columns, panels: memory.floats(count * inner * 8) }
      if (packed.inner !== inner || packed.columns !== columns) {
        throw new RangeError(`A factor of [${inner} × ${columns}] does not fit where it was to go.`)
      }
      const parameters = [offsetOf(b.values), columns, inner, offsetOf(packed.panels)]
      const name = isTransposed ? 'packRows' : 'packColumns'
      await crew.run(name, { count, chunk: panelsPerChunk, parameters })
      return packed
    },
    async multiply(a, { inner, columns, panels }, out, { scale = 1, isAdding = false } = {}) {
      if (a.width !== inner || out.width !== columns || out.rows !== a.rows) {
        const shapes = `[${a.rows} × ${a.width}] · [${inner} × ${columns}] → [${out.rows} × ${out.width}]`
        throw new RangeError(`This product does not fit: ${shapes}.`)
      }
      const [left, right, target] = [a.values, panels, out.values].map(offsetOf) as Triple
      const parameters = [left, right, target, columns, inner, scale, Number(isAdding)]
      await crew.run('multiply', { count: a.rows, chunk: multiplyRowsPerChunk, parameters })
    },
    async transpose(a, out) {
      if (out.rows !== a.width || out.width !== a.rows) {
        throw new RangeError(
          `The transpose of [${a.rows} × ${a.width}] is not [${out.rows} × ${out.width}].`,
        )
      }
      const parameters = [offsetOf(a.values), a.rows, a.width, offsetOf(out.values)]
      await crew.run('transpose', { count: a.width, chunk: 16, parameters })
    },
    async gram(x, out) {
      expectSame(x.width, x.width, out)
      const sliceRows = Math.max(leastSliceRows, Math.ceil(x.rows / mostSlices))
      const slices = Math.ceil(x.rows / sliceRows)
      const at = offsetOf(spare('partials', slices * x.width * x.width))
      const parameters = [offsetOf(x.values), x.rows, x.width, sliceRows, at]
      await crew.run('gramSlices', { count: slices, chunk: 1, parameters })
      const sums = [at, slices, x.width, offsetOf(out.values)]
      await crew.run('sumGrams', { count: x.width, chunk: 16, parameters: sums })
    },
  }
}

type Triple = [number, number, number]
