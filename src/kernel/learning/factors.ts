/** What factor models are made of: least squares by halves, steps on pairs, and the nearest rows. */
import type { SparseMatrix, Table } from '../learning-memory.ts'
import { type Context, createSpare, expectSame, rowsPerChunk } from './context.ts'
import type { PackedFactor } from './dense.ts'

export interface FactorOperations {
  /**
   * Each row of x [m × d] towards the solution of (αG + λ_row I + Σ_e w_e y_e y_eᵀ) x = Σ_e w_e y_e
   * over its entries, by conjugate gradient from where it stands; 0 for a row without entries.
   */
  alsHalfStep(entries: SparseMatrix, y: Table, x: Table, options: AlsOptions): Promise<void>
  /** Σ_e w_e (1 − x_row · y_e)² over all entries. */
  alsError(entries: SparseMatrix, y: Table, x: Table): Promise<number>
  /** Steps of BPR on pairs drawn at random, in order on one thread; returns their summed loss. */
  pairSteps(factors: PairFactors, options: PairStepOptions): Promise<number>
  /** The k best columns of a · packed for each row of a. */
  nearest(a: Table, packed: PackedFactor, options: NearestOptions): Promise<Nearest>
}

export interface AlsOptions {
  /** α yᵀy [d × d], packed. */
  readonly gram: PackedFactor
  /** [m] λ of each row */
  readonly regularisation: Float32Array
  /** Steps of conjugate gradient. Default 3 */
  readonly steps?: number | undefined
}

export interface PairFactors {
  /** [users × items] columns ascending in each row */
  readonly entries: SparseMatrix
  /** [entries] the row of each */
  readonly rowOf: Int32Array
  readonly users: Table
  readonly items: Table
  /** [items] */
  readonly biases: Float32Array
}

export interface PairStepOptions {
  /** A whole number: which stream of pairs. */
  readonly seed: number
  /** Where in the stream to begin. */
  readonly first: number
  readonly count: number
  readonly rate: number
  readonly userDecay: number
  readonly itemDecay: number
  readonly biasDecay: number
}

export interface NearestOptions {
  /** At least 1. */
  readonly k: number
  /** [rows of a × columns] left out */
  readonly known?: SparseMatrix | undefined
}

/** [rows × k] each, best first; -1 and -Infinity where there are no more. Copies. */
export interface Nearest {
  readonly numbers: Int32Array
  readonly scores: Float32Array
}

/** Rows that one call takes: about a millisecond of work. */
const alsRowsPerChunk = 128
const nearestRowsPerChunk = 16
/** Steps that one call takes: about 10 ms. */
const stepsPerCall = 50_000

export function createFactorOperations({ crew, memory }: Context): FactorOperations {
  const { offsetOf } = memory
  const placesOf = ({ starts, columnOf, values }: SparseMatrix): number[] => [
    offsetOf(starts),
    offsetOf(columnOf),
    values ? offsetOf(values) : 0,
  ]
  const spare = createSpare(memory)

  return {
    async alsHalfStep(entries, y, x, { gram, regularisation, steps = 3 }) {
      expectSame(entries.rows, y.width, x)
      expectSame(entries.columns, y.width, y)
      const arrays = [y.values, x.values, gram.panels, regularisation].map(offsetOf)
      const parameters = [...placesOf(entries), ...arrays, x.width, steps]
      await crew.run('alsRows', { count: x.rows, chunk: alsRowsPerChunk, parameters })
    },
    async alsError(entries, y, x) {
      expectSame(entries.rows, y.width, x)
      const errors = spare('errors', x.rows)
      const arrays = [y.values, x.values, errors].map(offsetOf)
      const parameters = [...placesOf(entries), ...arrays, x.width]
      await crew.run('alsErrors', { count: x.rows, chunk: rowsPerChunk, parameters })
      return errors.reduce((sum, error) => sum + error, 0)
    },
    async pairSteps({ entries, rowOf, users, items, biases }, options) {
      const { seed, rate, userDecay, itemDecay, biasDecay } = options
      expectSame(entries.rows, items.width, users)
      expectSame(entries.columns, items.width, items)
      const loss = spare('loss', 2)
      const out = new Float64Array(loss.buffer, loss.byteOffset, 1)
      const places = [entries.starts, rowOf, entries.columnOf].map(offsetOf)
      const sizes = [entries.columnOf.length, items.rows]
      const tables = [users.values, items.values, biases].map(offsetOf)
      const end = options.first + options.count
      let sum = 0
      for (let first = options.first; first < end; first += stepsPerCall) {
        const count = Math.min(stepsPerCall, end - first)
        const stream = [items.width, first, count, seed | 0]
        const rates = [rate, userDecay, itemDecay, biasDecay]
        const parameters = [...places, ...sizes, ...tables, ...stream, ...rates, offsetOf(loss)]
        await crew.run('pairSteps', { count: 1, chunk: 1, parameters })
        sum += out[0]!
      }
      return sum
    },
    async nearest(a, { inner, columns, panels }, { k, known }) {
      expectSame(a.rows, inner, a)
      const size = a.rows * k
      const scores = spare('scores', size)
      const cells = spare('numbers', size)
      const numbers = new Int32Array(cells.buffer, cells.byteOffset, size)
      const masked = known ? [known.starts, known.columnOf].map(offsetOf) : [0, 0]
      const out = [numbers, scores].map(offsetOf)
      const parameters = [
        offsetOf(a.values),
        offsetOf(panels),
        columns,
        inner,
        k,
        ...masked,
        ...out,
      ]
      await crew.run('nearest', { count: a.rows, chunk: nearestRowsPerChunk, parameters })
      return { numbers: Int32Array.from(numbers), scores: Float32Array.from(scores) }
    },
  }
}
