/**
 * How good would another policy have been? Four answers from rounds that were logged by one whose chances are
 * known, with w = π(a|x) / π₀(a|x) for the action taken, reward r, and a model q(x, a) of the reward:
 *
 *   model   1/n Σ Σ_a π(a|x) q(x, a)                                 biased as the model is
 *   IPS     1/n Σ w r                            (Horvitz–Thompson 1952)  unbiased, widest
 *   SNIPS   Σ w r / Σ w                          (Swaminathan and Joachims, NeurIPS 2015)
 *   DR      1/n Σ [Σ_a π(a|x) q(x, a) + w (r - q(x, a))]   (Dudík et al., ICML 2011, eq. 2.3)
 */
import type { Random } from '../../math/random.ts'
import { quantile } from '../../math/stats.ts'

export const estimatorNames = ['model', 'ips', 'snips', 'dr'] as const
export type EstimatorName = (typeof estimatorNames)[number]
export type Estimates = Readonly<Record<EstimatorName, number>>

/** What the estimators need of each round. */
export interface Weighed {
  /** π / π₀ of the action taken. [n] */
  readonly weights: Float64Array
  readonly rewards: Float64Array
  /** q(x, a) of the action taken, from a model that has not seen the round. [n] */
  readonly expected: Float64Array
  /** Σ_a π(a|x) q(x, a), from the same model. [n] */
  readonly expectedOfPolicy: Float64Array
}

export function estimate(weighed: Weighed): Estimates {
  return estimateOf(weighed, (n) => n)
}

/** @param at which round counts as the nth */
function estimateOf(
  { weights, rewards, expected, expectedOfPolicy }: Weighed,
  at: (n: number) => number,
): Estimates {
  let model = 0
  let weighted = 0
  let total = 0
  let corrections = 0
  const count = weights.length
  for (let n = 0; n < count; n++) {
    const round = at(n)
    const weight = weights[round]!
    total += weight
    weighted += weight * rewards[round]!
    model += expectedOfPolicy[round]!
    corrections += weight * (rewards[round]! - expected[round]!)
  }
  return {
    model: model / count,
    ips: weighted / count,
    snips: total > 0 ? weighted / total : 0,
    dr: (model + corrections) / count,
  }
}

/** How many rounds of the target policy itself would say as much: (Σ w)² / Σ w² (Kish 1965). */
export function effectiveRounds(weights: Float64Array): number {
  let sum = 0
  let squares = 0
  for (const weight of weights) {
    sum += weight
    squares += weight * weight
  }
  return squares > 0 ? (sum * sum) / squares : 0
}

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Each estimator over `resamples` draws of the rounds with replacement (Efron 1979). */
export function bootstrap(weighed: Weighed, resamples: number, random: Random): Estimates[] {
  const count = weighed.weights.length
  return Array.from({ length: resamples }, () =>
    estimateOf(weighed, () => Math.floor(random() * count)),
  )
}

/** The mean of what is given, over draws with replacement. */
export function bootstrapMeans(values: Float64Array, resamples: number, random: Random): number[] {
  return Array.from({ length: resamples }, () => {
    let sum = 0
    for (let n = 0; n < values.length; n++) sum += values[Math.floor(random() * values.length)]!
    return sum / values.length
  })
}

/** Of 100 numbers it holds the middle 95. */
export function intervalOf(values: readonly number[]): Interval {
  return { low: quantile(values, 0.025), high: quantile(values, 0.975) }
}
