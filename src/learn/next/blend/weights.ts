/**
 * Weights of a blend, found by climbing: one number after the other is changed as long as NDCG@10
 * on validation cases grows. A model's part in a score is weight · ln(1 + score / softness).
 */
import { quantile } from '../../../math/stats.ts'
import type { Evidence } from './evidence.ts'

export interface Part {
  readonly weight: number
  /** Scores far below count in proportion, scores far above by their logarithm. */
  readonly softness: number
}

const weightSteps: readonly ((weight: number) => number)[] = [
  () => 0,
  (weight) => weight * 0.5,
  (weight) => weight * 0.8,
  (weight) => weight * 1.25,
  (weight) => weight * 2,
  (weight) => weight + 0.15,
]
const softnessSteps: readonly number[] = [0.1, 0.3, 3, 10]
const passes = 3

export interface Climbed {
  readonly parts: readonly Part[]
  /** NDCG@10 on the evidence. */
  readonly value: number
}

export function climb(evidence: Evidence): Climbed {
  let parts = evidence.scores.map((scores) => ({ weight: 1, softness: 5 * smallIn(scores) }))
  const terms = parts.map((part, n) => termsOf(evidence.scores[n]!, part))
  let value = ndcgOf(evidence, sumOf(terms))
  for (let pass = 0; pass < passes; pass++) {
    const before = value
    for (const [n, scores] of evidence.scores.entries()) {
      const rest = sumOf(terms.filter((_, other) => other !== n))
      for (const changed of changesOf(parts[n]!)) {
        const term = termsOf(scores, changed)
        const tried = ndcgOf(evidence, sumOf([rest, term]))
        if (tried <= value) continue
        value = tried
        terms[n] = term
        parts = parts.with(n, changed)
      }
    }
    if (value === before) break
  }
  return { parts, value }
}

function changesOf({ weight, softness }: Part): Part[] {
  return [
    ...weightSteps.map((step) => ({ weight: step(weight), softness })),
    ...softnessSteps.map((factor) => ({ weight, softness: softness * factor })),
  ]
}

/** A tenth of the positive scores lie below. */
function smallIn(scores: Float32Array): number {
  return (
    quantile(
      scores.filter((score) => score > 0),
      0.1,
    ) || 1
  )
}

function termsOf(scores: Float32Array, part: Part): Float32Array {
  return scores.map((score) => termOf(score, part))
}

export function termOf(score: number, { weight, softness }: Part): number {
  return score > 0 ? weight * Math.log1p(score / softness) : 0
}

function sumOf(terms: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(terms[0]?.length ?? 0)
  for (const term of terms) for (let row = 0; row < sum.length; row++) sum[row]! += term[row]!
  return sum
}

/** Rivals of the same score stand half before, half behind. */
function ndcgOf({ starts }: Evidence, scores: Float32Array): number {
  let total = 0
  for (let number = 0; number + 1 < starts.length; number++) {
    const target = starts[number]!
    let rank = 0
    for (let row = target + 1; row < starts[number + 1]!; row++) {
      if (scores[row]! > scores[target]!) rank += 1
      else if (scores[row] === scores[target]) rank += 0.5
    }
    if (rank < 10) total += 1 / Math.log2(rank + 2)
  }
  return total / Math.max(1, starts.length - 1)
}
