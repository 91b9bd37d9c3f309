/**
 * Item vectors from what people did, by alternating least squares over implicit feedback (iALS; Hu,
 * Koren and Volinsky, ICDM 2008, with the regularisation of Rendle et al., RecSys 2022):
 *
 *   Σ_observed c (1 - x·v)² + unobserved Σ_all (x·v)² + λ Σ_x (n_x + unobserved·N) |x|²
 *
 * On the kernel, by a thread that stands back behind all others; people are solved for and thrown away.
 */
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { type Csr, rowLength } from '../data/csr.ts'
import type { FitContext, Machine } from '../trainer.ts'
import { fitAls } from '../trainers/fit-als.ts'
import type { FactorOptions } from './serving-model.ts'

export interface FactorFit
  extends Pick<FitContext, 'random' | 'signal' | 'progress' | 'checkpoint' | 'breathe'> {
  /** A multiple of 8. */
  readonly width: number
  readonly iterations: number
  readonly options: FactorOptions
  /** Vectors to begin from: rows of an earlier fit, NaN in rows that are new. [items × width] */
  readonly warm?: Float32Array | undefined
}

export interface FittedItems {
  /** [items × width] */
  readonly vectors: Float32Array
  /** [width × width] */
  readonly gram: Float32Array
}

/** Beside a server that answers. */
const machine: Machine = { threads: 1, niceness: 19 }
const checkpointEvery = 2

/** @param done confidences above 0. [people × items] */
export async function fitFactors(done: Csr, fit: FactorFit): Promise<FittedItems> {
  const { width, iterations, options, warm } = fit
  const { unobserved, regularisation } = options
  const kernel = openLearningKernel(machine)
  try {
    const { factors } = await fitAls(
      kernel,
      done,
      {
        ...{ width, iterations, checkpointEvery, firstItems: warm, absentWeight: unobserved },
        regularisation: (side) => (row) =>
          regularisation * (rowLength(side, row) + unobserved * side.columns),
      },
      fit,
    )
    return { vectors: factors.items, gram: gramOf(factors.items, width) }
  } finally {
    await kernel.close()
  }
}

/** Σ v·vᵀ. [width × width] */
export function gramOf(vectors: Float32Array, width: number): Float32Array {
  const gram = new Float64Array(width * width)
  for (let start = 0; start < vectors.length; start += width) {
    for (let a = 0; a < width; a++) {
      const value = vectors[start + a]!
      if (value === 0) continue
      for (let b = 0; b <= a; b++) gram[a * width + b]! += value * vectors[start + b]!
    }
  }
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < a; b++) gram[b * width + a] = gram[a * width + b]!
  }
  return Float32Array.from(gram)
}
