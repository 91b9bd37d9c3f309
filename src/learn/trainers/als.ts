/**
 * Implicit alternating least squares: everything a person lacks is a weak no, everything they have a
 * yes (Hu, Koren & Volinsky, ICDM 2008), with regularisation by frequency, which makes an old method
 * as good as newer ones (Rendle, Krichene, Zhang & Koren, RecSys 2022).
 */
import { type LearningKernel, openLearningKernel } from '../../kernel/learning-kernel.ts'
import type { SparseMatrix, Table } from '../../kernel/learning-memory.ts'
import { normal, type Random } from '../../math/random.ts'
import { type Csr, rowLength, transpose } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Tunable } from '../search/space.ts'
import type { FitContext, Model, SavedModel, Trainer } from '../trainer.ts'
import { type Factors, factorModel, factorsOf, tensorOf, tensorsOf } from './factor-model.ts'

export interface AlsOptions {
  /** Numbers per person and per item; rounded up to a multiple of 8. */
  readonly width: number
  readonly iterations: number
  /** α₀: how much an absent pair counts beside a present one. */
  readonly absentWeight: number
  /**
   * The mean λ of a side: each row is held back in proportion to (its entries + α₀ · all it could
   * have)^ν. As a mean it fits data of any size; only the product over both sides matters.
   */
  readonly regularisation: number
  /** ν */
  readonly frequencyPower: number
  /** How much of a value counts: 0 = had or not, 1 = the value itself; between, its power. Mean 1. */
  readonly valuePower: number
  /** Iterations between two checkpoints. */
  readonly checkpointEvery: number
}

/**
 * Near the best on lastfm's validation part (8:1:1); gowalla's, searched briefly, likes a smaller
 * absentWeight (0.01) and regularisation (1.85).
 */
export const alsDefaults: AlsOptions = {
  width: 128,
  iterations: 16,
  absentWeight: 0.03,
  regularisation: 3,
  frequencyPower: 1,
  valuePower: 0.2,
  checkpointEvery: 5,
}

/** As in the paper's code: the first products are about 0.1. */
const firstSpread = 0.1

export function alsTrainer(options: Partial<AlsOptions> = {}): Trainer {
  const asked = { ...alsDefaults, ...options }
  const chosen = { ...asked, width: Math.ceil(asked.width / 8) * 8 }
  return {
    name: 'als',
    usesChance: true,
    async fit(train, context) {
      const kernel = openLearningKernel({ threads: 2, ...context.machine })
      try {
        return alsModel(await fitAls(kernel, train, chosen, context), chosen, context)
      } finally {
        await kernel.close()
      }
    },
    async load(saved) {
      return factorModel(factorsOf(saved), saved)
    },
  }
}

export const alsTunable: Tunable = {
  name: 'als',
  defaults: { ...alsDefaults },
  space: {
    width: { kind: 'choice', values: [64, 128, 256] },
    iterations: { kind: 'whole', from: 5, to: 20 },
    absentWeight: { kind: 'real', from: 0.005, to: 1, isLog: true },
    regularisation: { kind: 'real', from: 0.3, to: 30, isLog: true },
    frequencyPower: { kind: 'choice', values: [0.5, 1] },
    valuePower: { kind: 'choice', values: [0, 0, 0.1, 0.3] },
  },
  make: (options) => alsTrainer(options),
}

function alsModel(
  { factors, gram, ...scales }: Fitted,
  { absentWeight, frequencyPower, valuePower }: AlsOptions,
  { machine }: FitContext,
): Model {
  const meta = { absentWeight, frequencyPower, valuePower, ...scales }
  return factorModel(factors, { tensors: { gram: tensorOf(gram, factors.width) }, meta }, machine)
}

interface Fitted {
  readonly factors: Factors
  /** α₀ itemsᵀ·items [width × width] */
  readonly gram: Float32Array
  /** An entry counts weightScale · value^valuePower. */
  readonly weightScale: number
  /** λ of a person is lambdaScale · (their entries + α₀ items)^ν. */
  readonly lambdaScale: number
}

async function fitAls(
  kernel: LearningKernel,
  train: Dataset,
  options: AlsOptions,
  context: FitContext,
): Promise<Fitted> {
  const { signal, progress, report, checkpoint, random } = context
  const { iterations, checkpointEvery } = options
  const { valuePower } = options
  const weightScale = weightScaleOf(train.interactions, valuePower)
  const values = train.interactions.values.map((value) => weightScale * value ** valuePower)
  const weighted = { ...train.interactions, values }
  const lambdaScale = lambdaScaleOf(weighted, options)
  const users = sideOf(kernel, weighted, options)
  const items = sideOf(kernel, transpose(weighted).csr, options)
  const fitTo = await createHalfStep(kernel, options)
  const entries = Math.max(1, weighted.columnOf.length)
  const first = begin(users, items, random, await checkpoint?.load())
  for (let iteration = first; iteration < iterations; iteration++) {
    progress?.(iteration, iterations)
    signal?.throwIfAborted()
    await fitTo(users, items)
    await fitTo(items, users)
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
  return { factors: factorsIn(users, items), gram: gram.slice(), weightScale, lambdaScale }
}

interface Side {
  readonly entries: SparseMatrix
  readonly factors: Table
  /** [rows] λ of each */
  readonly regularisation: Float32Array
}

/** Of mean 1, so that the other options mean the same whatever the unit of the values. */
function weightScaleOf({ values }: Csr, valuePower: number): number {
  const sum = values.reduce((total, value) => total + value ** valuePower, 0)
  return sum > 0 ? values.length / sum : 1
}

function sideOf(kernel: LearningKernel, csr: Csr, options: AlsOptions): Side {
  const { width, valuePower } = options
  const isPlain = valuePower === 0
  const entries = kernel.sparse({ ...csr, values: isPlain ? undefined : csr.values })
  const scale = lambdaScaleOf(csr, options)
  const lambdas = kernel.floats(csr.rows)
  for (let row = 0; row < csr.rows; row++) lambdas[row] = scale * reachOf(csr, row, options)
  return { entries, factors: kernel.table(csr.rows, width), regularisation: lambdas }
}

/** What λ is in proportion to. */
function reachOf(csr: Csr, row: number, { absentWeight, frequencyPower }: AlsOptions): number {
  return (rowLength(csr, row) + absentWeight * csr.columns) ** frequencyPower
}

/** Makes `regularisation` the mean of all rows. */
function lambdaScaleOf(csr: Csr, options: AlsOptions): number {
  let sum = 0
  for (let row = 0; row < csr.rows; row++) sum += reachOf(csr, row, options)
  return sum > 0 ? (options.regularisation * csr.rows) / sum : options.regularisation
}

/** Small chance numbers, or where a killed fit stood; returns the iteration to go on with. */
function begin(users: Side, items: Side, random: Random, saved: SavedModel | undefined): number {
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
async function createHalfStep(kernel: LearningKernel, { width, absentWeight }: AlsOptions) {
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
