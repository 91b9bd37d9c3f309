/**
 * Every item as a ridge regression on all items, as EASE without its zero diagonal, for data of any size: no
 * matrix is inverted, each person's scores solve a sparse system of their own when they are asked for.
 */
import { type LearningKernel, openLearningKernel } from '../../kernel/learning-kernel.ts'
import type { Table } from '../../kernel/learning-memory.ts'
import { type Csr, transpose } from '../data/csr.ts'
import {
  largestEigenvalue,
  type ShiftedSystem,
  type SolverTables,
  solveShifted,
} from '../linear/chebyshev.ts'
import { type RidgeWeights, ridgeProblem } from '../linear/weights.ts'
import type { Tunable } from '../search/space.ts'
import type { Machine, Model, Trainer } from '../trainer.ts'

export interface RidgeOptions extends RidgeWeights {
  /** Of Chebyshev's iteration. */
  readonly steps: number
}

/** Chosen on validation parts of ml-100k, lastfm and lastfm-8-2: on each near the best of 30 tried. */
export const ridgeDefaults: RidgeOptions = {
  ridge: 45,
  itemPower: 0.25,
  userPower: 0.25,
  valuePower: 0,
  steps: 12,
}

const mostUsersAtOnce = 128

export function ridgeTrainer(options: Partial<RidgeOptions> = {}): Trainer {
  const chosen = { ...ridgeDefaults, ...options }
  return {
    name: 'ridge',
    usesChance: false,
    fit: ({ interactions }, { machine }) => ridgeModel(interactions, chosen, machine),
    load: ({ meta }, { interactions }) =>
      ridgeModel(interactions, { ...chosen, ...(meta as object) }),
  }
}

export const ridgeTunable: Tunable = {
  name: 'ridge',
  defaults: { ...ridgeDefaults },
  space: {
    ridge: { kind: 'real', from: 5, to: 300, isLog: true },
    itemPower: { kind: 'real', from: 0, to: 0.8 },
    userPower: { kind: 'real', from: 0, to: 0.8 },
    valuePower: { kind: 'choice', values: [0, 0, 0.05, 0.1, 0.2, 0.5] },
  },
  make: (options) => ridgeTrainer(options),
}

/**
 * With X' = W^½ X Λ^-½, the row of person u of X B is, up to a factor and for items they lack,
 * -(X'ᵀ k) Λ^½ with (X' X'ᵀ + I) k = e_u (see `ease.ts`).
 */
async function ridgeModel(
  interactions: Csr,
  options: RidgeOptions,
  machine: Machine = {},
): Promise<Model> {
  const kernel = openLearningKernel({ threads: 2, ...machine })
  const { weighted, ridges } = ridgeProblem(interactions, options)
  const forward = kernel.sparse(weighted)
  const backward = kernel.sparse(transpose(weighted).csr)
  const largest = await largestEigenvalue(kernel, forward, backward)
  const system = { forward, backward, largest }
  const scale = kernel.floats(ridges.length)
  scale.set(ridges.map((ridge) => -Math.sqrt(ridge)))
  let work: Work | undefined
  return {
    async score(users, scores) {
      const wanted = Math.min(mostUsersAtOnce, users.length)
      if (!work || work.width < wanted) work = workOf(kernel, system, wanted)
      for (let from = 0; from < users.length; from += work.width) {
        const some = users.subarray(from, from + work.width)
        const rows = await scoresOf(kernel, { system, work, scale, steps: options.steps }, some)
        scores.set(rows, from * interactions.columns)
      }
    },
    save: () => ({ tensors: {}, meta: { ...options } }),
    close: () => kernel.close(),
  }
}

interface Work extends SolverTables {
  readonly width: number
  /** [width × items] */
  readonly turned: Table
}

function workOf(kernel: LearningKernel, { forward }: ShiftedSystem, users: number): Work {
  const width = Math.ceil(users / 8) * 8
  const { rows, columns } = forward
  return {
    width,
    residual: kernel.table(rows, width),
    solution: kernel.table(rows, width),
    direction: kernel.table(rows, width),
    product: kernel.table(rows, width),
    image: kernel.table(columns, width),
    turned: { rows: width, width: columns, values: kernel.floats(width * columns) },
  }
}

interface Asked {
  readonly system: ShiftedSystem
  readonly work: Work
  readonly scale: Float32Array
  readonly steps: number
}

/** @returns [users × items], a view that the next call overwrites */
async function scoresOf(
  kernel: LearningKernel,
  { system, work, scale, steps }: Asked,
  users: Int32Array,
): Promise<Float32Array> {
  const { residual, solution, image, turned, width } = work
  residual.values.fill(0)
  for (const [place, user] of users.entries()) residual.values[user * width + place] = 1
  await solveShifted(kernel, system, work, steps)
  await kernel.sparseDense(system.backward, solution, image, { scale })
  await kernel.transpose(image, turned)
  return turned.values.subarray(0, users.length * turned.width)
}
