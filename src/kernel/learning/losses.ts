/**
 * Losses on embedding tables with their gradients: on a few sampled items per user, and on all pairs
 * of two batches. Gradients are added to, never overwritten, and come as the mean over the samples.
 */
import { type Table, tableRows } from '../learning-memory.ts'
import { type Context, createSpare, expectSame, stripes } from './context.ts'
import type { DenseOperations, PackedFactor } from './dense.ts'

export interface LossOperations {
  /** The mean loss over the samples; gradients are added to `gradients`. */
  sampledLoss(samples: Samples, tables: SampleTables, loss: SampledLoss): Promise<number>
  /**
   * InfoNCE: the mean over rows of −log softmax(a_r · b / temperature) at b_r, every row of b a
   * candidate (van den Oord et al. 2018). `gradients` are added to, times `scale`.
   */
  contrast(
    a: Table,
    b: Table,
    gradients: ContrastGradients,
    options: ContrastOptions,
  ): Promise<number>
}

/** Rows by number; they may repeat. */
export interface Samples {
  /** [samples] */
  readonly users: Int32Array
  /** [samples × each] the first of each is the wanted one */
  readonly items: Int32Array
}

/** Users and items may be one table, and so may their gradients. */
export interface SampleTables {
  readonly users: Table
  readonly items: Table
  readonly userGradient: Table
  readonly itemGradient: Table
}

export type SampledLoss =
  /** −log of the first's share in softmax(scores / temperature); with two items and 1: BPR. */
  | { readonly kind: 'softmax'; readonly temperature: number; readonly scale?: number }
  /** Binary cross-entropy, summed over a sample's items, each times its weight [samples × each]. */
  | { readonly kind: 'logistic'; readonly weights?: Float32Array; readonly scale?: number }
  /** (1 − first) + weight · mean of max(0, other − margin): SimpleX (CIKM 2021, eq. 1), on unit rows. */
  | {
      readonly kind: 'margin'
      readonly margin: number
      readonly weight: number
      readonly scale?: number
    }

export interface ContrastGradients {
  readonly a: Table
  readonly b: Table
}

export interface ContrastOptions {
  readonly temperature: number
  /** Times the gradients. Default 1 */
  readonly scale?: number | undefined
}

const samplesPerChunk = 128
const softmaxRowsPerChunk = 32
/** Rows of a whose scores are held at once. */
const contrastRows = 512

export function createLossOperations(
  { crew, memory }: Context,
  dense: DenseOperations,
): LossOperations {
  const { offsetOf } = memory
  const at = (...tables: readonly Table[]): number[] =>
    tables.map((table) => offsetOf(table.values))
  const spare = createSpare(memory)
  const contrast = createContrast({ crew, memory }, dense)

  /** Scores become the loss's derivatives by them. */
  async function toSlopes(loss: SampledLoss, { slopes, losses, each }: Scored): Promise<void> {
    const shared = [each, offsetOf(slopes), offsetOf(losses)]
    const work = { count: losses.length, chunk: samplesPerChunk }
    if (loss.kind === 'softmax') {
      await crew.run('softmaxSlopes', { ...work, parameters: [...shared, loss.temperature] })
    } else if (loss.kind === 'logistic') {
      const weights = loss.weights ? offsetOf(loss.weights) : 0
      await crew.run('logisticSlopes', { ...work, parameters: [...shared, weights] })
    } else {
      const parameters = [...shared, loss.margin, loss.weight]
      await crew.run('marginSlopes', { ...work, parameters })
    }
  }

  return {
    contrast,
    async sampledLoss({ users, items }, tables, loss) {
      const count = users.length
      const each = items.length / count
      if (!Number.isInteger(each)) {
        throw new RangeError(`${items.length} items cannot be shared by ${count} samples evenly.`)
      }
      expectSame(tables.users.rows, tables.users.width, tables.userGradient)
      expectSame(tables.items.rows, tables.users.width, tables.items, tables.itemGradient)
      const { width } = tables.users
      const slopes = spare('slopes', items.length)
      const losses = spare('losses', count)
      const numbers = [users, items].map(offsetOf)
      const rows = at(tables.users, tables.items)
      const scoring = [...numbers, each, ...rows, offsetOf(slopes), width]
      await crew.run('sampleScores', { count, chunk: samplesPerChunk, parameters: scoring })
      await toSlopes(loss, { slopes, losses, each })
      const gradients = at(tables.userGradient, tables.itemGradient)
      const factor = (loss.scale ?? 1) / count
      const parameters = [...numbers, count, each, offsetOf(slopes), ...rows, ...gradients]
      const work = { count: stripes, chunk: 1, parameters: [...parameters, width, factor] }
      await crew.run('sampleGradients', work)
      return losses.reduce((sum, one) => sum + one, 0) / count
    },
  }
}

interface Scored {
  /** [samples × each] */
  readonly slopes: Float32Array
  /** [samples] */
  readonly losses: Float32Array
  readonly each: number
}

function createContrast({ crew, memory }: Context, dense: DenseOperations) {
  const { offsetOf } = memory
  const spare = createSpare(memory)
  const factorOf = (name: string, inner: number, columns: number): PackedFactor => {
    return { inner, columns, panels: spare(name, Math.ceil(columns / 8) * 8 * inner) }
  }

  return async (
    a: Table,
    b: Table,
    gradients: ContrastGradients,
    { temperature, scale = 1 }: ContrastOptions,
  ): Promise<number> => {
    expectSame(a.rows, a.width, a, b, gradients.a, gradients.b)
    const { rows: all, width } = a
    const losses = spare('losses', all)
    const right = await dense.pack(b, { isTransposed: true, into: factorOf('right', width, all) })
    const back = await dense.pack(b, { into: factorOf('back', all, width) })
    const options = { scale: scale / (temperature * all), isAdding: true }
    for (let first = 0; first < all; first += contrastRows) {
      const rows = Math.min(contrastRows, all - first)
      const scores = { rows, width: all, values: spare('scores', rows * all) }
      const turned = { rows: all, width: rows, values: spare('turned', rows * all) }
      const part = tableRows(a, first, first + rows)
      await dense.multiply(part, right, scores, { scale: 1 / temperature })
      const blockLosses = offsetOf(losses.subarray(first, first + rows))
      const parameters = [offsetOf(scores.values), all, 0, first, blockLosses]
      await crew.run('softmaxRows', { count: rows, chunk: softmaxRowsPerChunk, parameters })
      await dense.multiply(scores, back, tableRows(gradients.a, first, first + rows), options)
      await dense.transpose(scores, turned)
      const left = await dense.pack(part, { into: factorOf('left', rows, width) })
      await dense.multiply(turned, left, gradients.b, options)
    }
    return losses.reduce((sum, loss) => sum + loss, 0) / all
  }
}
