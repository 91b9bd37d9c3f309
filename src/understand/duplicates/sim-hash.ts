/**
 * SimHash (Charikar 2002): 64 bits of which two alike texts, or two close vectors, share nearly all. Of
 * shingles each bit is the majority of their hashes' bits; of a vector the side of a hyperplane.
 */
import { normal, seededRandom } from '../../math/random.ts'
import { mixed } from './shingles.ts'

/** Two 32-bit halves. */
export type SimHash = readonly [low: number, high: number]

const bits = 64
const otherHalf = 0x5bd1e995

export function simHash(shingles: Uint32Array): SimHash {
  const balance = new Int32Array(bits)
  for (const shingle of shingles) {
    const low = mixed(shingle)
    const high = mixed(shingle ^ otherHalf)
    for (let bit = 0; bit < 32; bit++) {
      balance[bit]! += (low >>> bit) & 1 ? 1 : -1
      balance[bit + 32]! += (high >>> bit) & 1 ? 1 : -1
    }
  }
  return signsOf(balance)
}

/** Always the same planes for one width, on every machine. */
export function createVectorHash(width: number): (vector: ArrayLike<number>) => SimHash {
  const random = seededRandom(width)
  const planes = Float32Array.from({ length: bits * width }, () => normal(random))
  return (vector) => {
    const sides = new Float64Array(bits)
    for (let bit = 0; bit < bits; bit++) {
      let side = 0
      for (let index = 0; index < width; index++)
        side += planes[bit * width + index]! * vector[index]!
      sides[bit] = side
    }
    return signsOf(sides)
  }
}

/** Bits that differ, of 64. */
export function hammingDistance(a: SimHash, b: SimHash): number {
  return bitCount(a[0] ^ b[0]) + bitCount(a[1] ^ b[1])
}

function signsOf(values: ArrayLike<number>): SimHash {
  let low = 0
  let high = 0
  for (let bit = 0; bit < 32; bit++) {
    if (values[bit]! > 0) low |= 1 << bit
    if (values[bit + 32]! > 0) high |= 1 << bit
  }
  return [low >>> 0, high >>> 0]
}

function bitCount(value: number): number {
  let left = value - ((value >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
