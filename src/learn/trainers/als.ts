/**
 * Implicit alternating least squares: everything a person lacks is a weak no, everything they have a
 * yes (Hu, Koren & Volinsky, ICDM 2008), with regularisation by frequency, which makes an old method
 * as good as newer ones (Rendle, Krichene, Zhang & Koren, RecSys 2022).
 */
import { type LearningKernel, openLearningKernel } from '../../kernel/learning-kernel.ts'
import { type Csr, rowLength } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Tunable } from '../search/space.ts'
import type { FitContext, Model, Trainer } from '../trainer.ts'
import { factorModel, factorsOf, tensorOf } from './factor-model.ts'
import { type FittedFactors, fitAls } from './fit-als.ts'

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

export function alsTrainer(options: Partial<AlsOptions> = {}): Trainer {
  const asked = { ...alsDefaults, ...options }
  const chosen = { ...asked, width: Math.ceil(asked.width / 8) * 8 }
  return {
    name: 'als',
    usesChance: true,
    async fit(train, context) {
      const kernel = openLearningKernel({ threads: 2, ...context.machine })
      try {
        return alsModel(await fitTo(kernel, train, chosen, context), chosen, context)
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

interface Fitted extends FittedFactors {
  /** An entry counts weightScale · value^valuePower. */
  readonly weightScale: number
  /** λ of a person is lambdaScale · (their entries + α₀ items)^ν. */
  readonly lambdaScale: number
}

async function fitTo(
  kernel: LearningKernel,
  { interactions }: Dataset,
  options: AlsOptions,
  context: FitContext,
): Promise<Fitted> {
  const { valuePower } = options
  const weightScale = weightScaleOf(interactions, valuePower)
  const values = interactions.values.map((value) => weightScale * value ** valuePower)
  const weights = { ...interactions, values }
  const regularisation = (side: Csr) => {
    const scale = lambdaScaleOf(side, options)
    return (row: number) => scale * reachOf(side, row, options)
  }
  const fitted = await fitAls(kernel, weights, { ...options, regularisation }, context)
  return { ...fitted, weightScale, lambdaScale: lambdaScaleOf(weights, options) }
}

/** Of mean 1, so that the other options mean the same whatever the unit of the values. */
function weightScaleOf({ values }: Csr, valuePower: number): number {
  const sum = values.reduce((total, value) => total + value ** valuePower, 0)
  return sum > 0 ? values.length / sum : 1
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
