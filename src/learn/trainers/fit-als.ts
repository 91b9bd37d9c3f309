/**
 * The loop of implicit alternating least squares on the kernel, for the trainer and for what serves
 * alike: one side is fitted to the other, again and again, and where it stands is kept.
 */
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { SparseMatrix, Table } from '../../kernel/learning-memory.ts'
import { normal, type Random } from '../../math/random.ts'
import { type Csr, transpose } from '../data/csr.ts'
import type { FitContext, SavedModel } from '../trainer.ts'
import { type Factors, factorsOf, tensorsOf } from './factor-model.ts'

export interface AlsFit {
  /** A multiple of 8. */
  readonly width: number
  readonly iterations: number
  /** α₀: how much an absent pair counts beside a present one. */
  readonly absentWeight: number
  /** λ of each row of a side. @param side people × items, or items × people */
  readonly regularisation: (side: Csr) => (row: number) => number
  /** Iterations between two checkpoints. */
  readonly checkpointEvery: number
  /** Items to begin from, NaN where there are none. [items × width] */
  readonly firstItems?: Float32Array | undefined
}

export interface FittedFactors {
  readonly factors: Factors
  /** α₀ itemsᵀ·items [width × width] */
  readonly gram: Float32Array
}

type Context = Pick<
  FitContext,
  'random' | 'signal' | 'progress' | 'report' | 'checkpoint' | 'breathe'
>

/** As in the paper's code: the first products are about 0.1. */
const firstSpread = 0.1

/** @param weights of what was done, above 0. [people × items] */
export async function fitAls(
  kernel: LearningKernel,
  weights: Csr,
  fit: AlsFit,
  { signal, progress, report, checkpoint, random, breathe }: Context,
): Promise<FittedFactors> {
  const { iterations, checkpointEvery } = fit
  const users = sideOf(kernel, weights, fit)
  const items = sideOf(kernel, transpose(weights).csr, fit)
  const fitTo = await createHalfStep(kernel, fit)
  const entries = Math.max(1, weights.columnOf.length)
  const first = begin(users, items, { ...fit, random, saved: await checkpoint?.load() })
  for (let iteration = first; iteration < iterations; iteration++) {
    progress?.(iteration, iterations)
    signal?.throwIfAborted()
    await fitTo(users, items)
    await breathe?.()
    await fitTo(items, users)
    await breathe?.()
    if (report) {
      const error = await kernel.alsError(users.entries, items.factors, users.factors)
      report('squared error', iteration + 1, error / entries)
    }
    const isDue = (iteration + 1) % checkpointEvery === 0 && iteration + 1 < iterations
    if (checkpoint && isDue) await checkpoint.save(stateOf(users, items, iteration + 1))
  }
  // The users once more: then they fit the items as these are now, as a folded-in person does.
  const gram = await fitTo(users, items)
  progress?.(iterations, iterations)
  return { factors: factorsIn(users, items), gram: gram.slice() }
}

interface Side {
  readonly entries: SparseMatrix
  readonly factors: Table
  /** [rows] λ of each */
  readonly regularisation: Float32Array
}

function sideOf(kernel: LearningKernel, csr: Csr, { width, regularisation }: AlsFit): Side {
  const isPlain = csr.values.every((value) => value === 1)
  const entries = kernel.sparse({ ...csr, values: isPlain ? undefined : csr.values })
  const lambdaOf = regularisation(csr)
  const lambdas = kernel.floats(csr.rows)
  for (let row = 0; row < csr.rows; row++) lambdas[row] = lambdaOf(row)
  return { entries, factors: kernel.table(csr.rows, width), regularisation: lambdas }
}

interface Beginning {
  readonly random: Random
  readonly saved: SavedModel | undefined
  readonly firstItems?: Float32Array | undefined
}

/** Small chance numbers, or where a killed fit stood; returns the iteration to go on with. */
function begin(users: Side, items: Side, { random, saved, firstItems }: Beginning): number {
  if (saved) {
    const factors = factorsOf(saved)
    users.factors.values.set(factors.users)
    items.factors.values.set(factors.items)
    return Number(saved.meta['iteration'])
  }
  for (const { factors } of [users, items]) {
    const spread = firstSpread / Math.sqrt(factors.width)
    for (const at of factors.values.keys()) factors.values[at] = spread * normal(random)
  }
  for (const [at, value] of (firstItems ?? []).entries()) {
    if (!Number.isNaN(value)) items.factors.values[at] = value
  }
  return 0
}

function stateOf(users: Side, items: Side, iteration: number): SavedModel {
  return { tensors: tensorsOf(factorsIn(users, items)), meta: { iteration } }
}

/** Copies, which outlive the kernel. */
function factorsIn(users: Side, items: Side): Factors {
  return {
    users: users.factors.values.slice(),
    items: items.factors.values.slice(),
    width: items.factors.width,
  }
}

/** Fits one side to the other as it stands; returns the other's weighted Gram matrix. */
async function createHalfStep(kernel: LearningKernel, { width, absentWeight }: AlsFit) {
  const gram = kernel.table(width, width)
  const packed = await kernel.pack(gram)
  return async (side: Side, other: Side): Promise<Float32Array> => {
    const { entries, factors, regularisation } = side
    await kernel.gram(other.factors, gram)
    await kernel.scaleBy(gram, absentWeight)
    await kernel.pack(gram, { into: packed })
    await kernel.alsHalfStep(entries, other.factors, factors, { gram: packed, regularisation })
    return gram.values
  }
}
