/**
 * Sums over neighbours, for graphs whose edges weigh a product of two factors. What is gathered from lies
 * in slices (see `assembly/learning/neighbours.ts`): half the time that rows of 64 numbers take.
 */
import type { SparseMatrix, Table } from '../learning-memory.ts'
import { type Context, expectSame } from './context.ts'

export interface NeighbourOperations {
  /** Zeros. */
  slices(rows: number, width: number): Slices
  /** out = factors ⊙ x, in slices. @param factors [rows] */
  sliceRows(x: Table, factors: Float32Array, out: Slices): Promise<void>
  /**
   * out [m × d] = scale · into ⊙ (P · x [n × d]) + factor · base [m × d], where P is 1 at each entry of
   * the pattern, whose values are not looked at. out must not be x; it may be base.
   */
  sumNeighbours<Form extends Table | Slices>(
    pattern: SparseMatrix,
    x: Slices,
    base: Form,
    out: Form,
    options: SumOptions,
  ): Promise<void>
}

/** A table's numbers in another order: 16 of each row, then the next 16 of each … */
export interface Slices extends Table {
  readonly isSliced: true
}

export interface SumOptions {
  /** [m] */
  readonly into: Float32Array
  /** Default 1 */
  readonly scale?: number | undefined
  /** Default 1 */
  readonly factor?: number | undefined
}

const sliceWidth = 16
const piecesPerChunk = 1024

export function createNeighbourOperations({ crew, memory }: Context): NeighbourOperations {
  const { offsetOf } = memory
  const pieces = ({ rows, width }: Table): number => rows * Math.ceil(width / sliceWidth)

  return {
    slices: (rows, width) => ({ ...memory.table(rows, width), isSliced: true }),
    async sliceRows(x, factors, out) {
      const { rows, width } = x
      expectSame(rows, width, x, out)
      expectOneEach(factors, rows)
      const [source, target, scales] = [x.values, out.values, factors].map(offsetOf)
      const parameters = [rows, source!, target!, width, scales!]
      await crew.run('sliceRows', { count: pieces(x), chunk: piecesPerChunk, parameters })
    },
    async sumNeighbours(pattern, x, base, out, { into, scale = 1, factor = 1 }) {
      const { rows, columns } = pattern
      expectSame(columns, base.width, x)
      expectSame(rows, base.width, base, out)
      expectOneEach(into, rows)
      if ('isSliced' in base !== 'isSliced' in out) {
        throw new RangeError('Base and result must both be in slices, or both not.')
      }
      const arrays = [pattern.starts, pattern.columnOf, x.values, base.values, out.values]
      const isFlat = Number(!('isSliced' in out))
      const factors = [offsetOf(into), scale, factor]
      const parameters = [rows, columns, ...arrays.map(offsetOf), base.width, ...factors, isFlat]
      await crew.run('sumNeighbours', { count: pieces(out), chunk: piecesPerChunk, parameters })
    },
  }
}

function expectOneEach(factors: Float32Array, rows: number): void {
  if (factors.length === rows) return
  throw new RangeError(`${factors.length} factors for ${rows} rows: one each is needed.`)
}
