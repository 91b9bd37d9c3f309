/** How often a sentence finds its own translation first among all of them, both ways. */

export interface Retrieval {
  /** Share of sentences of the first side whose nearest of the second is their own. */
  readonly there: number
  readonly back: number
}

export interface Vectors {
  readonly width: number
  /** [texts × width] of unit rows. */
  readonly data: Float32Array
}

const block = 64

/** Ties count as missed. @param one and other: row n of both says the same */
export function retrieval(one: Vectors, other: Vectors): Retrieval {
  const { width } = one
  const count = one.data.length / width
  const bestBack = new Float32Array(count).fill(-Infinity)
  const foundBack = new Int32Array(count).fill(-1)
  let there = 0
  const row = new Float32Array(count)
  for (let n = 0; n < count; n++) {
    cosinesOf(one.data.subarray(n * width, (n + 1) * width), other, row)
    let found = -1
    let best = -Infinity
    for (let m = 0; m < count; m++) {
      const value = row[m]!
      if (value > best) {
        best = value
        found = m
      }
      if (value > bestBack[m]!) {
        bestBack[m] = value
        foundBack[m] = n
      }
    }
    if (found === n) there++
  }
  let back = 0
  for (let m = 0; m < count; m++) if (foundBack[m] === m) back++
  return { there: there / count, back: back / count }
}

function cosinesOf(x: Float32Array, { width, data }: Vectors, out: Float32Array): void {
  for (let from = 0; from < out.length; from += block) {
    const to = Math.min(out.length, from + block)
    for (let m = from; m < to; m++) {
      let sum = 0
      const start = m * width
      for (let d = 0; d < width; d++) sum += x[d]! * data[start + d]!
      out[m] = sum
    }
  }
}

/** The mean of unit rows. [width] */
export function meanOf({ width, data }: Vectors): Float32Array {
  const mean = new Float32Array(width)
  const count = data.length / width
  for (let at = 0; at < data.length; at++) mean[at % width]! += data[at]! / count
  return mean
}

/** Rows less a vector, then of length one again: what a language's texts all share is taken out. */
export function without(mean: Float32Array, { width, data }: Vectors): Vectors {
  const out = Float32Array.from(data, (value, at) => value - mean[at % width]!)
  for (let start = 0; start < out.length; start += width) {
    let squares = 0
    for (let d = start; d < start + width; d++) squares += out[d]! ** 2
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let d = start; d < start + width; d++) out[d]! *= scale
  }
  return { width, data: out }
}
