/**
 * Linear separation of each class from the rest: squared hinge loss, solved in the dual one text at a
 * time (Hsieh et al., ICML 2008, algorithm 1). Exact to a tolerance, and without a learning rate.
 */
import { type Random, shuffle } from '../../../math/random.ts'
import type { SparseRow } from '../features/vocabulary.ts'

export interface SeparateOptions {
  /** How dear a text on the wrong side is. */
  readonly cost: number
  /** 0: every text costs the same; 1: every class costs the same as its rest. */
  readonly balance: number
  /** Passes at most. */
  readonly passes: number
  readonly random: Random
  readonly signal?: AbortSignal | undefined
}

/** A text: sparse features, then a stretch of dense ones. */
export interface Rows {
  readonly sparse: readonly SparseRow[]
  /** [texts × denseWidth] */
  readonly dense: Float32Array
  readonly features: number
  readonly denseWidth: number
}

/** One row of weights per class, of two classes one for both; last comes the constant. */
export type Weights = readonly Float32Array[]

const tolerance = 0.02

/** @returns [planes][features + denseWidth + 1] */
export function separate(
  rows: Rows,
  labels: Int32Array,
  classes: number,
  options: SeparateOptions,
): Weights {
  const squares = rows.sparse.map((_, n) => squareOf(rows, n))
  const planes = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k)
  return planes.map((k) => {
    options.signal?.throwIfAborted()
    const sides = Int8Array.from(labels, (label) => (label === k ? 1 : -1))
    return onePlane(rows, sides, squares, options)
  })
}

function onePlane(
  rows: Rows,
  sides: Int8Array,
  squares: readonly number[],
  { cost, balance, passes, random }: SeparateOptions,
): Float32Array {
  const weights = new Float32Array(rows.features + rows.denseWidth + 1)
  const alphas = new Float64Array(sides.length)
  const ours = sides.reduce((sum, side) => sum + (side > 0 ? 1 : 0), 0)
  const dear = (count: number): number => (sides.length / (2 * Math.max(1, count))) ** balance
  const slacks = [dear(sides.length - ours), dear(ours)].map((times) => 1 / (2 * cost * times))
  const order = Int32Array.from({ length: sides.length }, (_, n) => n)
  for (let pass = 0; pass < passes; pass++) {
    shuffle(random, order)
    let worst = 0
    for (const n of order) {
      const side = sides[n]!
      const slack = slacks[side > 0 ? 1 : 0]!
      const before = alphas[n]!
      const slope = side * scoreOf(rows, n, weights) - 1 + slack * before
      if (before === 0 && slope >= 0) continue
      worst = Math.max(worst, Math.abs(slope))
      const after = Math.max(0, before - slope / (squares[n]! + slack))
      alphas[n] = after
      addTo(weights, rows, n, side * (after - before))
    }
    if (worst < tolerance) break
  }
  return weights
}

/** Of one text with one plane: positive on the side of the class. */
export function scoreOf(rows: Rows, n: number, weights: Float32Array): number {
  const { ids, values } = rows.sparse[n]!
  let sum = weights[weights.length - 1]!
  for (let at = 0; at < ids.length; at++) sum += weights[ids[at]!]! * values[at]!
  const { dense, denseWidth, features } = rows
  const from = n * denseWidth
  for (let d = 0; d < denseWidth; d++) sum += weights[features + d]! * dense[from + d]!
  return sum
}

function addTo(weights: Float32Array, rows: Rows, n: number, amount: number): void {
  if (amount === 0) return
  const { ids, values } = rows.sparse[n]!
  for (let at = 0; at < ids.length; at++) weights[ids[at]!]! += amount * values[at]!
  const { dense, denseWidth, features } = rows
  const from = n * denseWidth
  for (let d = 0; d < denseWidth; d++) weights[features + d]! += amount * dense[from + d]!
  weights[weights.length - 1]! += amount
}

function squareOf(rows: Rows, n: number): number {
  let sum = 1
  for (const value of rows.sparse[n]!.values) sum += value * value
  const { dense, denseWidth } = rows
  for (let d = n * denseWidth; d < (n + 1) * denseWidth; d++) sum += dense[d]! ** 2
  return sum
}

/** [texts × classes] scores; of two classes minus and plus the one. */
export function scoresOf(rows: Rows, weights: Weights, classes: number): Float64Array {
  const scores = new Float64Array(rows.sparse.length * classes)
  for (let n = 0; n < rows.sparse.length; n++) {
    for (const [plane, row] of weights.entries()) {
      const score = scoreOf(rows, n, row)
      if (classes > 2) scores[n * classes + plane] = score
      else scores.set([-score, score], n * 2)
    }
  }
  return scores
}
