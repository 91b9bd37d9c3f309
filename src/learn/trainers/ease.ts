/**
 * EASE: every item as a ridge regression on all others, in closed form (Steck, WWW 2019), solved over
 * the smaller of people and items. Between EASE and a plain ridge by `diagonalPower`, as RLAE relaxes
 * the zero diagonal (Moon et al., SIGIR 2023).
 */
import { setImmediate } from 'node:timers/promises'
import { KithError } from '../../errors.ts'
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { type Csr, transpose } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import { invertDefinite } from '../linear/definite-inverse.ts'
import { addOuterProduct, type RidgeWeights, ridgeProblem } from '../linear/weights.ts'
import type { Tunable } from '../search/space.ts'
import { type FitContext, type Model, rowModel, type Trainer } from '../trainer.ts'

export interface EaseOptions extends RidgeWeights {
  /** 1 = the diagonal is zero (EASE), 0 = a plain ridge; between, a share of the way. */
  readonly diagonalPower: number
  /** Refuses data whose matrix needs more than this. */
  readonly mostMegabytes: number
}

/** Weights as those of `ridge`, which were chosen on validation parts. */
export const easeDefaults: EaseOptions = {
  ridge: 45,
  itemPower: 0.25,
  userPower: 0.25,
  diagonalPower: 1,
  valuePower: 0,
  mostMegabytes: 2_000,
}

const rowsPerBreath = 256

export function easeTrainer(options: Partial<EaseOptions> = {}): Trainer {
  const chosen = { ...easeDefaults, ...options }
  return {
    name: 'ease',
    usesChance: false,
    async fit({ interactions }, context) {
      refuseTooLarge(interactions, chosen)
      const problem = problemOf(interactions, chosen)
      const inverse = await inverseOf(problem.rows, context)
      const scale = problem.isDual
        ? dualScale(problem, inverse, chosen)
        : primalScale(problem, inverse, chosen)
      return easeModel(problem, inverse, scale)
    },
    async load({ tensors, meta }, { interactions }: Dataset) {
      const problem = problemOf(interactions, { ...chosen, ...(meta as object) })
      const { inverse, scale } = tensors
      return easeModel(problem, floatsOf(inverse), floatsOf(scale))
    },
  }
}

export const easeTunable: Tunable = {
  name: 'ease',
  defaults: { ...easeDefaults },
  space: {
    ridge: { kind: 'real', from: 5, to: 300, isLog: true },
    itemPower: { kind: 'real', from: 0, to: 0.8 },
    userPower: { kind: 'real', from: 0, to: 0.8 },
    diagonalPower: { kind: 'real', from: 0, to: 1 },
    valuePower: { kind: 'choice', values: [0, 0, 0.05, 0.1, 0.2, 0.5] },
  },
  make: (options) => easeTrainer(options),
}

function refuseTooLarge({ rows, columns }: Csr, { mostMegabytes }: EaseOptions): void {
  const size = Math.min(rows, columns)
  // The matrix in the kernel's memory, and the copy that becomes the model.
  const megabytes = Math.ceil((2 * 4 * size * size) / 2 ** 20)
  if (megabytes <= mostMegabytes) return
  throw new KithError(
    'invalid-input',
    `EASE needs a matrix of ${size} × ${size} here (${rows} people, ${columns} items), ${megabytes} MiB with its copy, and may use ${mostMegabytes}. Use "ridge" instead, which needs no such matrix, or allow more: "ease:mostMegabytes=${megabytes}".`,
    { details: { size, megabytes, mostMegabytes } },
  )
}

interface Problem {
  /** W^½ X Λ^-½ [people × items], W = diag(n^-userPower), Λ the ridges. */
  readonly weighted: Csr
  /** `weighted`, or its transpose where there are fewer items: the smaller side first. */
  readonly rows: Csr
  readonly isDual: boolean
  /** [items] λ of each */
  readonly ridges: Float32Array
  readonly options: EaseOptions
}

function problemOf(interactions: Csr, options: EaseOptions): Problem {
  const { weighted, ridges } = ridgeProblem(interactions, options)
  const isDual = interactions.rows < interactions.columns
  return { weighted, rows: isDual ? weighted : transpose(weighted).csr, isDual, ridges, options }
}

/** (rows · rowsᵀ + I)⁻¹ [n × n] */
async function inverseOf(
  rows: Csr,
  { signal, progress, machine }: FitContext,
): Promise<Float32Array> {
  const kernel = openLearningKernel({ threads: 2, ...machine })
  try {
    const width = Math.ceil(rows.rows / 8) * 8
    const square = kernel.table(width, width)
    await addOuterProduct(rows, square.values, width, async (row) => {
      if (row % rowsPerBreath > 0) return
      await setImmediate()
      signal?.throwIfAborted()
    })
    for (let row = 0; row < width; row++) square.values[row * width + row]! += 1
    await invertDefinite(kernel, square, { signal, progress })
    return unpadded(square.values, width, rows.rows)
  } finally {
    await kernel.close()
  }
}

function unpadded(square: Float32Array, width: number, size: number): Float32Array {
  const copy = new Float32Array(size * size)
  for (let row = 0; row < size; row++) {
    copy.set(square.subarray(row * width, row * width + size), row * size)
  }
  return copy
}

/**
 * What column j of the scores is multiplied by. P = (XᵀWX + Λ)⁻¹ = Λ^-½ C Λ^-½ gives B_ij = -P_ij / P_jj (eq. 8
 * of Steck); with the power γ of the diagonal, -P_ij / P_jj^γ · λ_j^(γ-1).
 */
function columnScale(ridges: Float32Array, diagonal: Float32Array, power: number): Float32Array {
  return ridges.map((ridge, item) => -Math.sqrt(ridge) * Math.max(1e-9, diagonal[item]!) ** -power)
}

/** C_jj = λ_j P_jj of (Λ^-½ XᵀWX Λ^-½ + I)⁻¹ = C. */
function primalScale(
  { ridges }: Problem,
  inverse: Float32Array,
  { diagonalPower }: EaseOptions,
): Float32Array {
  const diagonal = ridges.map((_, item) => inverse[item * ridges.length + item]!)
  return columnScale(ridges, diagonal, diagonalPower)
}

/** By Woodbury's identity C = I - X'ᵀ K X', K = (X'X'ᵀ + I)⁻¹ with X' = W^½ X Λ^-½, so C_jj = 1 - x'_jᵀ K x'_j. */
function dualScale(
  { weighted, ridges }: Problem,
  inverse: Float32Array,
  { diagonalPower }: EaseOptions,
): Float32Array {
  const { starts, columnOf, values } = transpose(weighted).csr
  const diagonal = ridges.map((_, item) => {
    let form = 0
    for (let a = starts[item]!; a < starts[item + 1]!; a++) {
      const row = columnOf[a]! * weighted.rows
      let sum = 0
      for (let b = starts[item]!; b < starts[item + 1]!; b++) {
        sum += values[b]! * inverse[row + columnOf[b]!]!
      }
      form += values[a]! * sum
    }
    return 1 - form
  })
  return columnScale(ridges, diagonal, diagonalPower)
}

function easeModel(problem: Problem, inverse: Float32Array, scale: Float32Array): Model {
  const items = scale.length
  const addRow = problem.isDual ? dualRow(problem, inverse) : primalRow(problem, inverse)
  const model = rowModel(items, (user, row) => {
    addRow(user, row)
    for (let item = 0; item < items; item++) row[item]! *= scale[item]!
  })
  const size = problem.rows.rows
  return {
    ...model,
    save: () => ({
      tensors: {
        inverse: { shape: [size, size], data: inverse },
        scale: { shape: [items], data: scale },
      },
      meta: { ...problem.options },
    }),
  }
}

type AddRow = (user: number, row: Float32Array) => void

/** x'_u C: what the person has, each with its row of the inverse over items. */
function primalRow({ weighted }: Problem, inverse: Float32Array): AddRow {
  const { starts, columnOf, values, columns } = weighted
  return (user, row) => {
    for (let entry = starts[user]!; entry < starts[user + 1]!; entry++) {
      const value = values[entry]!
      const start = columnOf[entry]! * columns
      for (let item = 0; item < columns; item++) row[item]! += value * inverse[start + item]!
    }
  }
}

/** K_u X', which equals x'_u C: everybody's items, each person by their place in the inverse over people. */
function dualRow({ weighted }: Problem, inverse: Float32Array): AddRow {
  const { starts, columnOf, values, rows } = weighted
  return (user, row) => {
    for (let other = 0; other < rows; other++) {
      const weight = inverse[user * rows + other]!
      for (let entry = starts[other]!; entry < starts[other + 1]!; entry++) {
        row[columnOf[entry]!]! += weight * values[entry]!
      }
    }
  }
}

function floatsOf(tensor: { readonly data: Float32Array | Int32Array } | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data
  throw new KithError('invalid-input', 'The saved model is not one of "ease": fit it again.')
}
