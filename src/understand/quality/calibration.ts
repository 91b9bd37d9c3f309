/**
 * From the sum of parts to the share of ordinary posts below it. The knots are quantiles of real
 * posts (`npm run bench -- texts` prints them and how far the other half of the posts is from them).
 */
export type Writing = 'characters' | 'letters'

/** Sums at the quantiles 0, 0.1 … 1. */
const knots: Readonly<Record<Writing, readonly number[]>> = {
  characters: [-1.25, 0.17, 0.331, 0.484, 0.683, 0.928, 1.19, 1.373, 1.645, 1.768, 1.789],
  letters: [-0.786, 0.258, 0.413, 0.544, 0.673, 0.83, 1.025, 1.211, 1.368, 1.484, 1.71],
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
