/**
 * MinHash (Broder 1997): the share of places at which two signatures agree estimates the Jaccard
 * similarity of what they were made of. Of each smallest hash 16 bits are kept (b-bit minwise
 * hashing, Li and König 2010).
 */
import { mixed } from './shingles.ts'

export const places = 64
const golden = 0x9e3779b9

/** [64], 16 bits a place. */
export function minHash(shingles: Uint32Array): Uint16Array {
  const signature = new Uint16Array(places)
  for (let place = 0; place < places; place++) {
    const salt = mixed(Math.imul(place + 1, golden))
    let smallest = 0xffffffff
    for (const shingle of shingles) {
      const hash = mixed(shingle ^ salt)
      if (hash < smallest) smallest = hash
    }
    signature[place] = smallest
  }
  return signature
}

/** @returns the share of equal places. 0…1 */
export function agreement(a: Uint16Array, b: Uint16Array, offsetInA = 0, offsetInB = 0): number {
  let equal = 0
  for (let place = 0; place < places; place++) {
    if (a[offsetInA + place] === b[offsetInB + place]) equal++
  }
  return equal / places
}
