/** Operations on whole tables, number by number or row by row. */
import type { Table } from '../learning-memory.ts'
import { type Context, expectSame, floatsPerChunk, rowsPerChunk, stripes } from './context.ts'

export interface RowOperations {
  /** target += factor · source */
  addScaled(target: Table, source: Table, factor: number): Promise<void>
  /** target = factor · target; 0 clears it. */
  scaleBy(target: Table, factor: number): Promise<void>
  /** One step of Adam on a whole table (Kingma & Ba 2015); `moments` hold the state, zeros at first. */
  adam(weights: Table, gradient: Table, moments: Moments, options: AdamOptions): Promise<void>
  /** out = rows of x by their norms; norms [rows] are kept for the way back. out may be x. */
  normaliseRows(x: Table, out: Table, norms: Float32Array): Promise<void>
  /** The gradient at x from the gradient at `units` = x / |x|, in place. */
  normaliseRowsBack(units: Table, norms: Float32Array, gradient: Table): Promise<void>
  /**
   * out = x + length · sign(x) ⊙ a random unit row of the positive orthant (XSimGCL, TKDE 2023, eq.
   * 4); the same seed (a whole number) gives the same noise. out may be x.
   */
  addNoise(x: Table, out: Table, options: { seed: number; length: number }): Promise<void>
  /** out [n × d] = rows of x by number. */
  gatherRows(numbers: Int32Array, x: Table, out: Table): Promise<void>
  /** out[numbers[s]] += factor · x[s]; numbers may repeat. */
  scatterRows(numbers: Int32Array, x: Table, out: Table, factor?: number): Promise<void>
  /** out[numbers[s]] += factor · x[numbers[s]], once for each s: the decay of the rows of a batch. */
  addRowsAt(numbers: Int32Array, x: Table, out: Table, factor: number): Promise<void>
}

export interface Moments {
  readonly mean: Table
  readonly square: Table
}

export interface AdamOptions {
  /** From 1. */
  readonly step: number
  readonly rate: number
  /** Default 0.9 */
  readonly beta1?: number | undefined
  /** Default 0.999 */
  readonly beta2?: number | undefined
  /** Default 1e-8 */
  readonly epsilon?: number | undefined
  /** Shrinks the weights by rate · decay (AdamW). Default 0 */
  readonly decay?: number | undefined
}

export function createRowOperations({ crew, memory }: Context): RowOperations {
  const { offsetOf } = memory
  const at = (...tables: readonly Table[]): number[] =>
    tables.map((table) => offsetOf(table.values))

  return {
    async addScaled(target, source, factor) {
      expectSame(target.rows, target.width, target, source)
      const parameters = [...at(target, source), factor]
      await crew.run('addScaled', {
        count: target.values.length,
        chunk: floatsPerChunk,
        parameters,
      })
    },
    async scaleBy(target, factor) {
      const parameters = [...at(target), factor]
      await crew.run('scaleBy', { count: target.values.length, chunk: floatsPerChunk, parameters })
    },
    async adam(weights, gradient, { mean, square }, options) {
      const { step, rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = 0 } = options
      expectSame(weights.rows, weights.width, weights, gradient, mean, square)
      // m̂ / (√v̂ + ε) with the bias corrections drawn out of the loop (Kingma & Ba, end of §2).
      const root = Math.sqrt(1 - beta2 ** step)
      const corrected = (rate * root) / (1 - beta1 ** step)
      const places = at(weights, gradient, mean, square)
      const parameters = [...places, corrected, beta1, beta2, epsilon * root, rate * decay]
      await crew.run('adam', { count: weights.values.length, chunk: floatsPerChunk, parameters })
    },
    async normaliseRows(x, out, norms) {
      expectSame(x.rows, x.width, x, out)
      const parameters = [...at(x, out), offsetOf(norms), x.width]
      await crew.run('normaliseRows', { count: x.rows, chunk: rowsPerChunk, parameters })
    },
    async normaliseRowsBack(units, norms, gradient) {
      expectSame(units.rows, units.width, units, gradient)
      const parameters = [...at(units), offsetOf(norms), ...at(gradient), units.width]
      await crew.run('normaliseRowsBack', { count: units.rows, chunk: rowsPerChunk, parameters })
    },
    async addNoise(x, out, { seed, length }) {
      expectSame(x.rows, x.width, x, out)
      const parameters = [...at(x, out), x.width, seed | 0, length]
      await crew.run('addNoise', { count: x.rows, chunk: rowsPerChunk, parameters })
    },
    async gatherRows(numbers, x, out) {
      expectSame(numbers.length, x.width, out)
      const parameters = [offsetOf(numbers), ...at(x, out), x.width]
      await crew.run('gatherRows', { count: numbers.length, chunk: rowsPerChunk, parameters })
    },
    async scatterRows(numbers, x, out, factor = 1) {
      expectSame(numbers.length, out.width, x)
      const parameters = [offsetOf(numbers), numbers.length, ...at(x, out), x.width, factor, 0]
      await crew.run('scatterRows', { count: stripes, chunk: 1, parameters })
    },
    async addRowsAt(numbers, x, out, factor) {
      expectSame(x.rows, x.width, x, out)
      const parameters = [offsetOf(numbers), numbers.length, ...at(x, out), x.width, factor, 1]
      await crew.run('scatterRows', { count: stripes, chunk: 1, parameters })
    },
  }
}
