/** Logistic regression with a ridge, by Newton's method: small, exact, without a learning rate. */
import { cholesky } from '../../math/cholesky.ts'

export interface LogisticRows {
  readonly count: number
  readonly width: number
  /** Writes the [width] features of a row. */
  write(row: number, out: Float64Array): void
  readonly real: ArrayLike<number>
}

const steps = 25
const tolerance = 1e-7
/** The constant is held by next to nothing. */
const ridgeOfConstant = 1e-6

/** @returns [width + 1] weights of σ(w · x + w_last), of least Σ log-loss + ridge / 2 · |w|² */
export function fitLogistic(rows: LogisticRows, ridge: number): Float64Array {
  const size = rows.width + 1
  const weights = new Float64Array(size)
  weights[size - 1] = logit(meanOf(rows))
  for (let step = 0; step < steps; step++) {
    const { gradient, curvature } = slopes(rows, weights, ridge)
    const change = solved(curvature, gradient, size)
    let largest = 0
    for (let place = 0; place < size; place++) {
      weights[place]! -= change[place]!
      largest = Math.max(largest, Math.abs(change[place]!))
    }
    if (largest < tolerance) break
  }
  return weights
}

/** @param features [width] */
export function logisticChance(weights: Float64Array, features: Float64Array): number {
  let sum = weights[weights.length - 1]!
  for (let place = 0; place < weights.length - 1; place++) sum += weights[place]! * features[place]!
  return 1 / (1 + Math.exp(-sum))
}

function slopes(rows: LogisticRows, weights: Float64Array, ridge: number) {
  const size = weights.length
  const gradient = weights.map((weight) => ridge * weight)
  const curvature = new Float64Array(size * size)
  for (let place = 0; place < size; place++) curvature[place * (size + 1)] = ridge
  curvature[size * size - 1] = ridgeOfConstant
  gradient[size - 1] = ridgeOfConstant * weights[size - 1]!
  const features = new Float64Array(rows.width)
  const filled = new Int32Array(size)
  for (let row = 0; row < rows.count; row++) {
    rows.write(row, features)
    const chance = logisticChance(weights, features)
    const miss = chance - rows.real[row]!
    const slope = chance * (1 - chance)
    // Most features are zeros: only the others are gone through.
    let count = 0
    for (let place = 0; place < rows.width; place++)
      if (features[place] !== 0) filled[count++] = place
    filled[count++] = size - 1
    const valueAt = (place: number): number => (place === size - 1 ? 1 : features[place]!)
    for (let a = 0; a < count; a++) {
      const one = filled[a]!
      gradient[one]! += miss * valueAt(one)
      for (let b = 0; b <= a; b++) {
        const other = filled[b]!
        curvature[one * size + other]! += slope * valueAt(one) * valueAt(other)
      }
    }
  }
  return { gradient, curvature }
}

/** A⁻¹ b of a positive definite matrix by forward and back substitution. */
function solved(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const lower = cholesky(matrix, size)
  const x = right.slice()
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) x[i]! -= lower[i * size + j]! * x[j]!
    x[i]! /= lower[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) x[i]! -= lower[j * size + i]! * x[j]!
    x[i]! /= lower[i * size + i]!
  }
  return x
}

function meanOf({ real }: LogisticRows): number {
  let sum = 0
  for (let row = 0; row < real.length; row++) sum += real[row]!
  return sum / Math.max(1, real.length)
}

function logit(chance: number): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, chance))
  return Math.log(kept / (1 - kept))
}
