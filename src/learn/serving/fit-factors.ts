/**
 * Item vectors from what people did, by alternating least squares over implicit feedback (iALS; Hu,
 * Koren and Volinsky, ICDM 2008, with the regularisation of Rendle et al., RecSys 2022):
 *
 *   Σ_observed c (1 - x·v)² + unobserved Σ_all (x·v)² + λ Σ_x (n_x + unobserved·N) |x|²
 *
 * In plain loops with a breath between slices; people are solved for and thrown away.
 */
import { setImmediate } from 'node:timers/promises'
import { normal, type Random } from '../../math/random.ts'
import { type Csr, transpose } from '../data/csr.ts'
import { FoldIn } from './fold-in.ts'
import type { FactorOptions } from './serving-model.ts'

export interface FactorFit {
  readonly width: number
  readonly iterations: number
  readonly options: FactorOptions
  readonly random: Random
  /** Vectors to begin from: rows of an earlier fit, NaN in rows that are new. [items × width] */
  readonly warm?: Float32Array | undefined
  readonly signal?: AbortSignal | undefined
  /** Called after each iteration. */
  readonly progress?: ((done: number, total: number) => void) | undefined
}

export interface Factors {
  /** [items × width] */
  readonly vectors: Float32Array
  /** [width × width] */
  readonly gram: Float32Array
}

const rowsPerBreath = 256

/** @param done confidences above 0. [people × items] */
export async function fitFactors(done: Csr, fit: FactorFit): Promise<Factors> {
  const { width, iterations, random, warm } = fit
  const byItem = transpose(done).csr
  const size = 0.1 / Math.sqrt(width)
  const items = Float32Array.from({ length: done.columns * width }, (_, at) => {
    const known = warm?.[at] ?? Number.NaN
    return Number.isNaN(known) ? size * normal(random) : known
  })
  const people = new Float32Array(done.rows * width)
  for (let iteration = 0; iteration < iterations; iteration++) {
    await solveAll(done, items, people, fit)
    await solveAll(byItem, people, items, fit)
    fit.progress?.(iteration + 1, iterations)
  }
  return { vectors: items, gram: gramOf(items, width) }
}

async function solveAll(
  csr: Csr,
  given: Float32Array,
  solved: Float32Array,
  { width, options, signal }: FactorFit,
): Promise<void> {
  const foldIn = new FoldIn(width, gramOf(given, width), given.length / width, options)
  for (let row = 0; row < csr.rows; row++) {
    if (row % rowsPerBreath === 0) {
      await setImmediate()
      signal?.throwIfAborted()
    }
    const from = csr.starts[row]!
    const to = csr.starts[row + 1]!
    if (from === to) solved.fill(0, row * width, (row + 1) * width)
    else {
      const rows = csr.columnOf.subarray(from, to)
      const confidences = csr.values.subarray(from, to)
      const vector = solved.subarray(row * width, (row + 1) * width)
      foldIn.refine({ vectors: given, rows, confidences }, vector)
    }
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
