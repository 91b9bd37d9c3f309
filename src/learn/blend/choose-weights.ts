/**
 * Weights of a blend by coordinate ascent on the NDCG of what was held out: one weight at a time goes
 * through a few steps, as long as that helps (Metzler & Croft, Information Retrieval 2007).
 */
import { listMetrics } from '../metrics.ts'
import type { Candidates } from './candidates.ts'
import { type Scaling, scalings } from './scale.ts'

export interface ChosenWeights {
  readonly scaling: Scaling
  /** [members] 0 = left out; the largest is 1 */
  readonly weights: readonly number[]
  /** Of what was held out, with these weights. */
  readonly ndcg: number
  /** [members] each member alone */
  readonly alone: readonly number[]
}

export interface ChooseOptions {
  /** List length of the NDCG. */
  readonly at: number
  /** A weight is kept only where it brings so much: what brings nothing must not be fitted again. */
  readonly leastGain: number
  readonly signal?: AbortSignal | undefined
}

const wideSteps = [0, 0.1, 0.3, 0.5, 0.7, 1.4, 2, 4]
const fineSteps = [0.8, 0.9, 1.1, 1.25]
/** What a member that is out is tried with, beside the others at 1. */
const entryWeights = [0.03, 0.1, 0.2, 0.4, 0.8, 1.5]
const mostRounds = 12

export function chooseWeights(candidates: Candidates, options: ChooseOptions): ChosenWeights {
  const found = scalings.map((scaling) => ascend(candidates, scaling, options))
  return found.reduce((best, one) => (one.ndcg > best.ndcg ? one : best))
}

function ascend(candidates: Candidates, scaling: Scaling, options: ChooseOptions): ChosenWeights {
  const { members } = candidates
  const worth = (weights: readonly number[]): number =>
    blendNdcg(candidates, scaling, weights, options.at)
  const only = (member: number): number[] =>
    Array.from({ length: members }, (_, other) => (other === member ? 1 : 0))
  const alone = Array.from({ length: members }, (_, member) => worth(only(member)))
  const best = alone.indexOf(Math.max(...alone))
  let state: State = { weights: only(best), ndcg: alone[best]! }
  for (const steps of [wideSteps, fineSteps]) {
    for (let round = 0; round < mostRounds; round++) {
      options.signal?.throwIfAborted()
      const before = state.ndcg
      for (let member = 0; member < members; member++) {
        state = better(state, member, { steps, worth, leastGain: options.leastGain })
      }
      if (state.ndcg - before < options.leastGain) break
    }
  }
  return { scaling, ...state, weights: normalised(state.weights), alone }
}

interface State {
  readonly weights: readonly number[]
  readonly ndcg: number
}

interface Ascent {
  readonly steps: readonly number[]
  readonly worth: (weights: readonly number[]) => number
  readonly leastGain: number
}

/** The best of some values of one weight. To enter must bring `leastGain`; to leave may cost as much. */
function better(state: State, member: number, { steps, worth, leastGain }: Ascent): State {
  const weight = state.weights[member]!
  const largest = Math.max(...state.weights)
  const values =
    weight > 0 ? steps.map((step) => step * weight) : entryWeights.map((entry) => entry * largest)
  let best = state
  let margin = weight > 0 ? 0 : leastGain
  for (const value of values) {
    const weights = state.weights.with(member, value)
    if (weights.every((one) => one === 0)) continue
    const ndcg = worth(weights) + (value === 0 ? leastGain / 2 : 0)
    if (ndcg <= best.ndcg + margin) continue
    best = { weights, ndcg }
    margin = 0
  }
  if (best === state || best.weights[member]! > 0) return best
  return { weights: best.weights, ndcg: worth(best.weights) }
}

function normalised(weights: readonly number[]): number[] {
  const largest = Math.max(...weights)
  return weights.map((weight) => weight / largest)
}

/** Mean over the people of the NDCG@at of the weighted sums. */
export function blendNdcg(
  { starts, isHeldOut, heldOut, scores, members }: Candidates,
  scaling: Scaling,
  weights: readonly number[],
  at: number,
): number {
  const parts = scores[scaling]
  const used = weights.flatMap((weight, member) => (weight > 0 ? [{ weight, member }] : []))
  const list = createShortList(at)
  let total = 0
  for (let person = 0; person < heldOut.length; person++) {
    list.clear()
    for (let candidate = starts[person]!; candidate < starts[person + 1]!; candidate++) {
      let sum = 0
      for (const { weight, member } of used) sum += weight * parts[candidate * members + member]!
      list.offer(sum, isHeldOut[candidate]!)
    }
    total += listMetrics.ndcg(list.hits, at, heldOut[person]!)
  }
  return heldOut.length === 0 ? 0 : total / heldOut.length
}

/** The best few sums, best first, and which of them are hits. */
function createShortList(length: number) {
  const sums = new Float64Array(length)
  const hits = new Uint8Array(length)
  return {
    hits,
    clear(): void {
      sums.fill(-Infinity)
      hits.fill(0)
    },
    offer(sum: number, hit: number): void {
      let place = length - 1
      if (!(sum > sums[place]!)) return
      for (; place > 0 && sum > sums[place - 1]!; place--) {
        sums[place] = sums[place - 1]!
        hits[place] = hits[place - 1]!
      }
      sums[place] = sum
      hits[place] = hit
    },
  }
}
