/** The sampled softmax loss where a whole batch shares the rows that are not wanted. */
import type { Table } from '../learning-memory.ts'
import { type Context, createSpare, expectSame } from './context.ts'
import type { DenseOperations, PackedFactor } from './dense.ts'

export interface SharedLossOperations {
  /**
   * The mean over the batch of −log of the wanted row's share among it and all the others, scores
   * divided by the temperature (Wu et al., TOIS 2024, eq. 5). The gradients are written over, and are
   * those of the mean. Costs 6 · n · m · d operations, where samples with others of their own could not
   * use the dense product.
   */
  sharedLoss(sample: SharedSample, gradient: SharedSample, temperature: number): Promise<number>
}

/** A batch of rows, or the gradients at them. */
export interface SharedSample {
  /** [n × d] */
  readonly anchors: Table
  /** [n × d] one for each anchor */
  readonly wanted: Table
  /** [m × d] for all of them; m is a multiple of 8. */
  readonly others: Table
}

const rowsPerChunk = 64

export function createSharedLossOperations(
  { crew, memory }: Context,
  dense: DenseOperations,
): SharedLossOperations {
  const { offsetOf } = memory
  const spare = createSpare(memory)
  const factorOf = (name: string, inner: number, columns: number): PackedFactor => {
    return { inner, columns, panels: spare(name, Math.ceil(columns / 8) * 8 * inner) }
  }

  return {
    async sharedLoss(sample, gradient, temperature) {
      const { anchors, wanted, others } = sample
      const { rows: n, width } = anchors
      const m = others.rows
      expectSame(n, width, wanted, gradient.anchors, gradient.wanted)
      expectSame(m, width, others, gradient.others)
      if (m % 8 !== 0) throw new RangeError(`${m} shared rows: a multiple of 8 is needed.`)
      const columns = factorOf('columns', width, m)
      await dense.pack(others, { isTransposed: true, into: columns })
      const rows = factorOf('rows', m, width)
      await dense.pack(others, { into: rows })
      const slopes = spare('slopes', n * m)
      const losses = spare('losses', n)
      const read = [anchors.values, wanted.values, columns.panels, rows.panels]
      const written = [slopes, gradient.anchors.values, gradient.wanted.values, losses]
      const parameters = [...[...read, ...written].map(offsetOf), m, width, 1 / temperature, 1 / n]
      await crew.run('sharedLossRows', { count: n, chunk: rowsPerChunk, parameters })
      const product = [slopes, anchors.values, gradient.others.values].map(offsetOf)
      const work = { count: m, chunk: rowsPerChunk, parameters: [...product, n, m, width] }
      await crew.run('multiplyTurned', work)
      return losses.reduce((sum, loss) => sum + loss, 0) / n
    },
  }
}
