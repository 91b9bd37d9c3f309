/**
 * Logistic regression with a Gaussian prior and coefficients that keep their sign, by Newton's method;
 * each step's bounded quadratic is solved by coordinate descent (as glmnet does; Friedman, Hastie and
 * Tibshirani, J. Stat. Software 2010). The problem is convex, so the answer does not depend on chance.
 *
 *   min_w Σ_i log(1 + e^-s_i·(o_i + x_i·w)) + ½ Σ_j strength_j (w_j - center_j)²,  s_i = ±1
 */

/** Rows of few non-zero cells. */
export interface LogisticProblem {
  /** How many coefficients. */
  readonly size: number
  /** Where the cells of row i begin; one more than rows. */
  readonly starts: Int32Array
  readonly cells: Int32Array
  readonly values: Float32Array
  /** 1 or 0. [rows] */
  readonly targets: Uint8Array
  /** Log-odds that are known beforehand, o. [rows] */
  readonly offsets: Float64Array
  /** [size] */
  readonly center: Float64Array
  /** Above 0. [size] */
  readonly strength: Float64Array
  /** 1 = at least 0, -1 = at most 0, 0 = free. [size] */
  readonly signs: Int8Array
}

export interface NewtonOptions {
  readonly report?: ((step: number, loss: number) => void) | undefined
  /** Called after each step, to let others go first. */
  readonly breathe?: (() => Promise<void>) | undefined
}

const mostSteps = 25
const mostSweeps = 60
/** Of the loss: less than this gained is the end. */
const tolerance = 1e-7

/** @returns coefficients of least loss. [size] */
export async function boundedNewton(
  problem: LogisticProblem,
  { report, breathe }: NewtonOptions = {},
): Promise<Float64Array> {
  let weights: Float64Array = problem.center.map((value, j) => withSign(value, problem.signs[j]!))
  let loss = lossOf(problem, weights)
  for (let step = 0; step < mostSteps; step++) {
    report?.(step, loss)
    const direction = stepFrom(problem, weights)
    await breathe?.()
    const next = searched(problem, weights, direction, loss)
    if (!next) break
    const gained = loss - next.loss
    weights = next.weights
    loss = next.loss
    if (gained < tolerance * Math.abs(loss)) break
  }
  return weights
}

function withSign(value: number, sign: number): number {
  if (sign === 0) return value
  return sign > 0 ? Math.max(0, value) : Math.min(0, value)
}

export function logOdds(problem: LogisticProblem, weights: Float64Array, row: number): number {
  const { starts, cells, values, offsets } = problem
  let sum = offsets[row]!
  for (let at = starts[row]!; at < starts[row + 1]!; at++) sum += values[at]! * weights[cells[at]!]!
  return sum
}

function lossOf(problem: LogisticProblem, weights: Float64Array): number {
  const { targets, center, strength } = problem
  let loss = 0
  for (let row = 0; row < targets.length; row++) {
    const z = logOdds(problem, weights, row)
    loss += softplus(targets[row] === 1 ? -z : z)
  }
  for (let j = 0; j < weights.length; j++) {
    loss += (strength[j]! * (weights[j]! - center[j]!) ** 2) / 2
  }
  return loss
}

function softplus(z: number): number {
  return z > 30 ? z : Math.log1p(Math.exp(z))
}

/** The bounded minimum of the quadratic that touches the loss at `weights`, less `weights`. */
function stepFrom(problem: LogisticProblem, weights: Float64Array): Float64Array {
  const { size, signs, center, strength } = problem
  const { gradient, hessian } = curvatureAt(problem, weights)
  for (let j = 0; j < size; j++) {
    gradient[j]! += strength[j]! * (weights[j]! - center[j]!)
    hessian[j * size + j]! += strength[j]!
  }
  const step = new Float64Array(size)
  // The slope at weights + step, kept as single coordinates move.
  const slope = gradient
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let largest = 0
    for (let j = 0; j < size; j++) {
      const wanted = weights[j]! + step[j]! - slope[j]! / hessian[j * size + j]!
      const moved = withSign(wanted, signs[j]!) - weights[j]! - step[j]!
      if (moved === 0) continue
      step[j]! += moved
      for (let k = 0; k < size; k++) slope[k]! += moved * hessian[j * size + k]!
      largest = Math.max(largest, Math.abs(moved))
    }
    if (largest < 1e-6) break
  }
  return step
}

function curvatureAt(problem: LogisticProblem, weights: Float64Array) {
  const { size, starts, cells, values, targets } = problem
  const gradient = new Float64Array(size)
  const hessian = new Float64Array(size * size)
  for (let row = 0; row < targets.length; row++) {
    const p = 1 / (1 + Math.exp(-logOdds(problem, weights, row)))
    const miss = p - targets[row]!
    const spread = p * (1 - p)
    const end = starts[row + 1]!
    for (let at = starts[row]!; at < end; at++) {
      const cell = cells[at]!
      gradient[cell]! += miss * values[at]!
      const scaled = spread * values[at]!
      // Cells of a row rise, so this fills the upper half.
      for (let to = at; to < end; to++) {
        hessian[cell * size + cells[to]!]! += scaled * values[to]!
      }
    }
  }
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) hessian[j * size + k] = hessian[k * size + j]!
  }
  return { gradient, hessian }
}

/** Halves the step until the loss is less; undefined when it never is. */
function searched(
  problem: LogisticProblem,
  weights: Float64Array,
  direction: Float64Array,
  before: number,
): { weights: Float64Array; loss: number } | undefined {
  for (let share = 1; share > 1e-3; share /= 2) {
    const moved = weights.map((weight, j) => weight + share * direction[j]!)
    const loss = lossOf(problem, moved)
    if (loss < before) return { weights: moved, loss }
  }
  return undefined
}
