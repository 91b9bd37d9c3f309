/** Scores of different models on one footing: per person, over the items they do not have. */
import { bestPlaces } from '../../math/top-k.ts'

/**
 * `spread`: distance from the mean in deviations. `top`: how far between the best score and the 100th. `rank`:
 * falling with the logarithm of the rank, 0 from the 1,000th on.
 */
export type Scaling = 'spread' | 'top' | 'rank'
export const scalings: readonly Scaling[] = ['spread', 'top', 'rank']

const topPlaces = 100
const rankedPlaces = 1_000

/**
 * In place. Items of `known` become -Infinity; what is -Infinity stays so, NaN becomes it.
 * @param scores [items] of one person
 */
export function scaleScores(scores: Float32Array, known: Int32Array, scaling: Scaling): void {
  maskScores(scores, known)
  const best = scaling === 'spread' ? new Int32Array(0) : bestScores(scores)
  scaleMasked(scores, best, scaling)
}

export function maskScores(scores: Float32Array, known: Int32Array): void {
  for (const item of known) scores[item] = -Infinity
  for (let item = 0; item < scores.length; item++) {
    if (Number.isNaN(scores[item])) scores[item] = -Infinity
  }
}

/** Places of the best scores, best first, as many as any scaling looks at. */
export function bestScores(scores: Float32Array): Int32Array {
  return bestPlaces(scores, rankedPlaces)
}

/** @param best of `bestScores` */
export function scaleMasked(scores: Float32Array, best: Int32Array, scaling: Scaling): void {
  if (scaling === 'spread') scaleBySpread(scores)
  else if (scaling === 'top') scaleByTop(scores, best.subarray(0, topPlaces))
  else scaleByRank(scores, best)
}

function scaleBySpread(scores: Float32Array): void {
  let count = 0
  let sum = 0
  let squares = 0
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!
    if (score === -Infinity) continue
    count += 1
    sum += score
    squares += score * score
  }
  const mean = sum / count
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean))
  shiftAndScale(scores, mean, deviation)
}

function scaleByTop(scores: Float32Array, best: Int32Array): void {
  const last = best.findLast((place) => scores[place]! > -Infinity) ?? 0
  const low = scores[last]!
  shiftAndScale(scores, low, scores[best[0] ?? 0]! - low)
}

function shiftAndScale(scores: Float32Array, centre: number, width: number): void {
  const factor = width > 0 && Number.isFinite(width) ? 1 / width : 0
  for (let item = 0; item < scores.length; item++) {
    if (scores[item] !== -Infinity) scores[item] = factor * (scores[item]! - centre)
  }
}

function scaleByRank(scores: Float32Array, best: Int32Array): void {
  const lowest = scores[best.at(-1) ?? 0]!
  const ranks = Float32Array.from(best, (place, rank) =>
    // Equal to the last that counts is not better than those left out.
    scores[place]! > lowest || best.length < rankedPlaces ? Math.log(rankedPlaces / (rank + 1)) : 0,
  )
  const isNever = best.map((place) => (scores[place] === -Infinity ? 1 : 0))
  for (let item = 0; item < scores.length; item++) {
    if (scores[item] !== -Infinity) scores[item] = 0
  }
  for (const [rank, place] of best.entries()) if (!isNever[rank]) scores[place] = ranks[rank]!
}
