/**
 * Means over neighbours, for graphs whose edges weigh a product of two factors. What is gathered from lies
 * in slices (see `assembly/learning/neighbours.ts`): three times as fast as rows of 64 numbers.
 */
import type { SparseMatrix, Table } from '../learning-memory.ts'
import { type Context, expectSame } from './context.ts'

export interface NeighbourOperations {
  /** Zeros. A table's numbers in another order: 16 of each row, then the next 16 of each. */
  slices(rows: number, width: number): Slices
  /** out = factor · factors ⊙ x, in slices. */
  sliceRows(x: Table, out: Slices, options?: SliceOptions): Promise<void>
  /**
   * out [m × d] = into ⊙ (P · x [n × d]) + factor · own ⊙ base [m × d], where P is 1 at each entry of
   * the pattern: its values are not looked at. out must be neither x nor base.
   */
  sumNeighbours(
    pattern: SparseMatrix,
    x: Slices,
    base: Table,
    out: Slices | Table,
    options?: SumOptions,
  ): Promise<void>
}

export interface Slices extends Table {
  readonly isSliced: true
}

export interface SliceOptions {
  /** Default 1 */
  readonly factor?: number | undefined
  /** [rows] Default: ones */
  readonly factors?: Float32Array | undefined
}

export interface SumOptions {
  /** [rows] Default: ones */
  readonly into?: Float32Array | undefined
  /** Default 1 */
  readonly factor?: number | undefined
  /** [rows] Default: ones */
  readonly own?: Float32Array | undefined
}

const sliceWidth = 16
const placesPerChunk = 1024

export function createNeighbourOperations({ crew, memory }: Context): NeighbourOperations {
  const { offsetOf } = memory
  const factorsAt = (factors: Float32Array | undefined, rows: number): number => {
    if (!factors) return 0
    if (factors.length === rows) return offsetOf(factors)
    throw new RangeError(`${factors.length} factors for ${rows} rows: one each is needed.`)
  }
  const places = ({ rows, width }: Table): number => rows * Math.ceil(width / sliceWidth)

  return {
    slices: (rows, width) => ({ ...memory.table(rows, width), isSliced: true }),
    async sliceRows(x, out, { factor = 1, factors } = {}) {
      expectSame(x.rows, x.width, x, out)
      const tables = [x.values, out.values].map(offsetOf)
      const parameters = [x.rows, ...tables, x.width, factorsAt(factors, x.rows), factor]
      await crew.run('sliceRows', { count: places(x), chunk: placesPerChunk, parameters })
    },
    async sumNeighbours(pattern, x, base, out, { into, factor = 1, own } = {}) {
      const { rows, columns } = pattern
      expectSame(columns, base.width, x)
      expectSame(rows, base.width, base, out)
      const arrays = [pattern.starts, pattern.columnOf, x.values, base.values, out.values]
      const factors = [factorsAt(into, rows), factorsAt(own, rows), factor]
      const isFlat = Number(!('isSliced' in out))
      const parameters = [rows, columns, ...arrays.map(offsetOf), base.width, ...factors, isFlat]
      await crew.run('sumNeighbours', { count: places(out), chunk: placesPerChunk, parameters })
    },
  }
}
