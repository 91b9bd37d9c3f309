/**
 * Bayesian personalised ranking of a factor model: what a person has should score above what they
 * lack (Rendle, Freudenthaler, Gantner & Schmidt-Thieme, UAI 2009, figure 4), with a bias per item.
 */
import type { PairFactors } from '../../kernel/learning/factors.ts'
import { type LearningKernel, openLearningKernel } from '../../kernel/learning-kernel.ts'
import { integer, normal, type Random } from '../../math/random.ts'
import { rowOfEntries } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Tunable } from '../search/space.ts'
import type { FitContext, SavedModel, Trainer } from '../trainer.ts'
import { type Factors, factorModel, factorsOf, tensorOf } from './factor-model.ts'

export interface BprOptions {
  /** Numbers per person and per item; rounded up to a multiple of 8. */
  readonly width: number
  /** Each takes as many steps as there are interactions. */
  readonly epochs: number
  /** Of the first epoch; it falls evenly to a tenth at the last. */
  readonly rate: number
  readonly userDecay: number
  readonly itemDecay: number
  readonly biasDecay: number
  /** Epochs between two checkpoints. */
  readonly checkpointEvery: number
}

/** The best of eleven tried on lastfm's validation part (8:1:1). */
export const bprDefaults: BprOptions = {
  width: 128,
  epochs: 200,
  rate: 0.05,
  userDecay: 0.01,
  itemDecay: 0.01,
  biasDecay: 0.01,
  checkpointEvery: 20,
}

const firstSpread = 0.1
const lastShareOfRate = 0.1

export function bprTrainer(options: Partial<BprOptions> = {}): Trainer {
  const asked = { ...bprDefaults, ...options }
  const chosen = { ...asked, width: Math.ceil(asked.width / 8) * 8 }
  return {
    name: 'bpr',
    usesChance: true,
    async fit(train, context) {
      const kernel = openLearningKernel({ ...context.machine, threads: 1 })
      try {
        return factorModel(await fitBpr(kernel, train, chosen, context), undefined, context.machine)
      } finally {
        await kernel.close()
      }
    },
    async load(saved) {
      return factorModel(factorsOf(saved), saved)
    },
  }
}

export const bprTunable: Tunable = {
  name: 'bpr',
  defaults: { ...bprDefaults },
  space: {
    width: { kind: 'choice', values: [32, 64, 128] },
    epochs: { kind: 'whole', from: 20, to: 200, isLog: true },
    rate: { kind: 'real', from: 0.01, to: 0.2, isLog: true },
    userDecay: { kind: 'real', from: 0.0003, to: 0.1, isLog: true },
    itemDecay: { kind: 'real', from: 0.0003, to: 0.1, isLog: true },
    biasDecay: { kind: 'real', from: 0.0003, to: 0.3, isLog: true },
  },
  make: (options) => bprTrainer(options),
}

async function fitBpr(
  kernel: LearningKernel,
  train: Dataset,
  options: BprOptions,
  context: FitContext,
): Promise<Factors> {
  const { signal, progress, report, checkpoint } = context
  const { epochs, checkpointEvery } = options
  const count = train.interactions.columnOf.length
  const factors = emptyFactors(kernel, train, options)
  const start = begin(factors, context.random, await checkpoint?.load())
  for (let epoch = start.epoch; epoch < epochs && count > 0; epoch++) {
    progress?.(epoch, epochs)
    signal?.throwIfAborted()
    const rate = rateAt(epoch, options)
    const steps = { seed: start.seed, first: epoch * count, count, ...options, rate }
    const loss = await kernel.pairSteps(factors, steps)
    report?.('loss', epoch + 1, loss / count)
    const isDue = (epoch + 1) % checkpointEvery === 0 && epoch + 1 < epochs
    if (checkpoint && isDue) await checkpoint.save(stateOf(factors, start.seed, epoch + 1))
  }
  progress?.(epochs, epochs)
  return withBiases(factors)
}

function rateAt(epoch: number, { epochs, rate }: BprOptions): number {
  const done = epochs > 1 ? epoch / (epochs - 1) : 0
  return rate * (1 - (1 - lastShareOfRate) * done)
}

function emptyFactors(kernel: LearningKernel, train: Dataset, { width }: BprOptions): PairFactors {
  const { interactions } = train
  return {
    entries: kernel.sparse({ ...interactions, values: undefined }),
    rowOf: kernel.integers(rowOfEntries(interactions)),
    users: kernel.table(interactions.rows, width),
    items: kernel.table(interactions.columns, width),
    biases: kernel.floats(interactions.columns),
  }
}

/** Small chance numbers and a stream of pairs, or where a killed fit stood. */
function begin(
  { users, items, biases }: PairFactors,
  random: Random,
  saved: SavedModel | undefined,
): { epoch: number; seed: number } {
  if (saved) {
    const factors = factorsOf(saved)
    users.values.set(factors.users)
    items.values.set(factors.items)
    biases.set(saved.tensors['biases']!.data)
    return { epoch: Number(saved.meta['epoch']), seed: Number(saved.meta['seed']) }
  }
  for (const { values, width } of [users, items]) {
    const spread = firstSpread / Math.sqrt(width)
    for (const at of values.keys()) values[at] = spread * normal(random)
  }
  return { epoch: 0, seed: integer(random, 0, 2 ** 31) }
}

function stateOf({ users, items, biases }: PairFactors, seed: number, epoch: number): SavedModel {
  const tensors = {
    users: tensorOf(users.values.slice(), users.width),
    items: tensorOf(items.values.slice(), items.width),
    biases: tensorOf(biases.slice(), 1),
  }
  return { tensors, meta: { epoch, seed } }
}

/** A last number per row: the bias of an item, 1 for a person. */
function withBiases({ users, items, biases }: PairFactors): Factors {
  const width = items.width + 1
  const widen = (rows: number, values: Float32Array, last: (row: number) => number) => {
    const wide = new Float32Array(rows * width)
    for (let row = 0; row < rows; row++) {
      wide.set(values.subarray(row * (width - 1), (row + 1) * (width - 1)), row * width)
      wide[(row + 1) * width - 1] = last(row)
    }
    return wide
  }
  return {
    users: widen(users.rows, users.values, () => 1),
    items: widen(items.rows, items.values, (item) => biases[item]!),
    width,
  }
}
