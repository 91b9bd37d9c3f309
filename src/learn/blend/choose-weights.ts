/**
 * Weights of a blend by coordinate ascent on the NDCG of what was held out: one weight at a time goes
 * through a few steps, as long as that helps (Metzler & Croft, Information Retrieval 2007), and helps by more
 * than chance: people are few, and a gain that is smaller than its own error is none.
 */
import { mean, standardDeviation } from '../../math/stats.ts'
import { listMetrics } from '../evaluate/metrics.ts'
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
  /** The middle list length of the NDCG: it is the mean of those at half, once and twice this length. */
  readonly at: number
  /** A member comes in only where it brings so much: what brings nothing must not be fitted again. */
  readonly leastGain: number
  readonly signal?: AbortSignal | undefined
}

/** A gain counts from so many standard errors on: to come in, and to change a weight. */
const errorsToEnter = 1
const errorsToChange = 0.25
const wideSteps = [0.1, 0.3, 0.5, 0.7, 1.4, 2, 4]
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
  const stateOf = (weights: readonly number[]): State => {
    const values = blendNdcg(candidates, scaling, weights, options.at)
    return { weights, values, ndcg: mean(values) }
  }
  const alone = Array.from({ length: members }, (_, member) =>
    stateOf(Array.from({ length: members }, (__, other) => (other === member ? 1 : 0))),
  )
  let state = alone.reduce((best, one) => (one.ndcg > best.ndcg ? one : best))
  for (const steps of [wideSteps, fineSteps]) {
    for (let round = 0; round < mostRounds; round++) {
      options.signal?.throwIfAborted()
      const before = state
      for (let member = 0; member < members; member++) {
        state = better(state, member, { steps, stateOf, leastGain: options.leastGain })
      }
      if (state === before) break
    }
  }
  const largest = Math.max(...state.weights)
  return {
    scaling,
    weights: state.weights.map((weight) => weight / largest),
    ndcg: state.ndcg,
    alone: alone.map(({ ndcg }) => ndcg),
  }
}

interface State {
  readonly weights: readonly number[]
  /** [people] */
  readonly values: Float64Array
  readonly ndcg: number
}

interface Ascent {
  readonly steps: readonly number[]
  readonly stateOf: (weights: readonly number[]) => State
  readonly leastGain: number
}

/** The best of some values of one weight; a member that costs nothing to be without goes. */
function better(state: State, member: number, { steps, stateOf, leastGain }: Ascent): State {
  const weight = state.weights[member]!
  const isIn = weight > 0
  if (isIn && state.weights.filter((one) => one > 0).length > 1) {
    const without = stateOf(state.weights.with(member, 0))
    if (!isGain(without, state, leastGain, errorsToChange)) return without
  }
  const largest = Math.max(...state.weights)
  const values = isIn
    ? steps.map((step) => step * weight)
    : entryWeights.map((entry) => entry * largest)
  let best = state
  for (const value of values) {
    const tried = stateOf(state.weights.with(member, value))
    if (tried.ndcg > best.ndcg) best = tried
  }
  const isBetter = isIn
    ? isGain(state, best, 0, errorsToChange)
    : isGain(state, best, leastGain, errorsToEnter)
  return isBetter ? best : state
}

/** Over the same people: more than `least`, and more than so many standard errors of the mean difference. */
function isGain(from: State, to: State, least: number, errors: number): boolean {
  const gain = to.ndcg - from.ndcg
  if (!(gain > least)) return false
  const differences = to.values.map((value, person) => value - from.values[person]!)
  return gain > (errors * standardDeviation(differences)) / Math.sqrt(differences.length)
}

/** [people] the NDCG of the weighted sums, the mean of that at half, once and twice `at`. */
export function blendNdcg(
  { starts, isHeldOut, heldOut, scores, members }: Candidates,
  scaling: Scaling,
  weights: readonly number[],
  at: number,
): Float64Array {
  const parts = scores[scaling]
  const used = weights.flatMap((weight, member) => (weight > 0 ? [{ weight, member }] : []))
  const lengths = [Math.ceil(at / 2), at, 2 * at]
  const list = createShortList(2 * at)
  return Float64Array.from(heldOut, (relevant, person) => {
    list.clear()
    for (let candidate = starts[person]!; candidate < starts[person + 1]!; candidate++) {
      let sum = 0
      for (const { weight, member } of used) sum += weight * parts[candidate * members + member]!
      list.offer(sum, isHeldOut[candidate]!)
    }
    return mean(lengths.map((length) => listMetrics.ndcg(list.hits, length, relevant)))
  })
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
