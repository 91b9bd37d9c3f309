/** What the kernel computes, in plain loops: slow, obvious, and what its tests compare with. */

export function dotProduct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!
  return sum
}

export interface Ranked {
  readonly number: number
  readonly score: number
}

/** The `k` best, best first; among equals the smaller number first. */
export function bestOf(scores: ArrayLike<number>, k: number): Ranked[] {
  return Array.from(scores, (score, number) => ({ number, score }))
    .sort((a, b) => b.score - a.score || a.number - b.number)
    .slice(0, k)
}
