/** Dropout masks by counting and hashing: the same seed gives the same mask everywhere. */

/** Fills with 0, with the probability `rate`, and with 1 / (1 - rate). */
export function fillMask(into: Float32Array, rate: number, seed: number): Float32Array {
  const kept = 1 / (1 - rate)
  const limit = rate * 2 ** 32
  for (let n = 0; n < into.length; n++) into[n] = hashed(n, seed) < limit ? 0 : kept
  return into
}

/** One seed of several numbers, for a step and a place. */
export function joinSeeds(...seeds: readonly number[]): number {
  return seeds.reduce((joined, seed) => hashed(seed | 0, joined), 0x9e3779b9)
}

/** 32 even bits of a number and a seed: two rounds of Wellons' low-bias mixing (2018). */
function hashed(n: number, seed: number): number {
  let mixed = Math.imul(n ^ (n >>> 16) ^ seed, 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15) ^ (seed >>> 7), 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
