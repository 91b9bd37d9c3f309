/** Scores of test pairs and of others by lot, for the measures that look at scores and not at lists. */
import type { ScoredPairs } from './calibration.ts'
import { auc } from './metrics.ts'

export interface PairScores {
  /** One person. */
  add(relevant: Float32Array, others: Float32Array): void
  /** `auc` over all pairs together, `gauc` each person's own, weighted by their test items; none without others. */
  areas(): [string, number][]
  /** What to measure and, for scores that are no probabilities, what to fit a curve on. */
  forCalibration(
    areProbabilities?: boolean,
  ): readonly [measured: ScoredPairs, fitted: ScoredPairs | undefined]
}

/** @param people how many will be added */
export function pairScores(people: number): PairScores {
  const relevantOf: Float32Array[] = []
  const othersOf: Float32Array[] = []

  function weightedMean(): number {
    let sum = 0
    let weight = 0
    for (const [person, relevant] of relevantOf.entries()) {
      if (othersOf[person]!.length === 0) continue
      sum += relevant.length * auc(relevant, othersOf[person]!)
      weight += relevant.length
    }
    return sum / weight
  }

  /** As many others as relevant items, or the share of a person would hang on how many were drawn. */
  function pairsOf(isMeant: (person: number) => boolean): ScoredPairs {
    const scores: number[] = []
    const real: number[] = []
    for (const [person, relevant] of relevantOf.entries()) {
      const size = Math.min(relevant.length, othersOf[person]!.length)
      if (!isMeant(person)) continue
      for (let place = 0; place < size; place++) {
        scores.push(relevant[place]!, othersOf[person]![place]!)
        real.push(1, 0)
      }
    }
    return { scores, real }
  }

  return {
    add(relevant, others) {
      relevantOf.push(relevant)
      othersOf.push(others)
    },
    areas() {
      const areas: [string, number][] = [
        ['auc', auc(joined(relevantOf), joined(othersOf))],
        ['gauc', weightedMean()],
      ]
      return areas.filter(([, area]) => !Number.isNaN(area))
    },
    forCalibration(areProbabilities = false) {
      if (areProbabilities) return [pairsOf(() => true), undefined]
      return people < 2
        ? [pairsOf(() => false), undefined]
        : [pairsOf((person) => person % 2 === 1), pairsOf((person) => person % 2 === 0)]
    },
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
