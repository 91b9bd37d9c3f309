/** The posts that are remembered for finding duplicates, in arrays of fixed size, the oldest overwritten. */
import { agreement, places } from './min-hash.ts'
import { hammingDistance, type SimHash } from './sim-hash.ts'

export interface PostSigns {
  /** Different shingles. */
  readonly size: number
  readonly signature: Uint16Array
  readonly hash: SimHash
  /** Unit vector. [width] */
  readonly direction?: Float32Array | undefined
}

export interface Ring {
  put(entry: number, post: PostSigns, group: number): void
  groupOf(entry: number): number
  sizeOf(entry: number): number
  /** Estimated Jaccard similarity. 0…1 */
  agreement(entry: number, post: PostSigns): number
  /** Bits of 64. */
  distance(entry: number, post: PostSigns): number
  /** 0 where either has no vector. */
  cosine(entry: number, post: PostSigns): number
  readonly bytes: number
}

/** @param width of vectors, 0 for none */
export function createRing(capacity: number, width: number): Ring {
  const signatures = new Uint16Array(capacity * places)
  const hashes = new Uint32Array(capacity * 2)
  const sizes = new Uint16Array(capacity)
  const groups = new Float64Array(capacity)
  const vectors = new Float32Array(capacity * width)
  const arrays = [signatures, hashes, sizes, groups, vectors]
  return {
    bytes: arrays.reduce((sum, { byteLength }) => sum + byteLength, 0),
    put(entry, { size, signature, hash, direction }, group) {
      signatures.set(signature, entry * places)
      hashes.set(hash, entry * 2)
      sizes[entry] = Math.min(0xffff, size)
      groups[entry] = group
      if (direction) vectors.set(direction, entry * width)
      else vectors.fill(0, entry * width, (entry + 1) * width)
    },
    groupOf: (entry) => groups[entry]!,
    sizeOf: (entry) => sizes[entry]!,
    agreement: (entry, { signature }) => agreement(signature, signatures, 0, entry * places),
    distance: (entry, { hash }) =>
      hammingDistance(hash, [hashes[2 * entry]!, hashes[2 * entry + 1]!]),
    cosine(entry, { direction }) {
      let cosine = 0
      for (let index = 0; direction && index < width; index++) {
        cosine += direction[index]! * vectors[entry * width + index]!
      }
      return cosine
    },
  }
}
