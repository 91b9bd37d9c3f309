/**
 * Groups of posts that say the same with small changes. A group is named by the first that was met
 * and keeps that name; memory is bounded, and what was not met again for long is forgotten.
 */
import { createBands } from './bands.ts'
import { minHash, places } from './min-hash.ts'
import { createRing, type PostSigns } from './ring.ts'
import { mixed, shinglesOf } from './shingles.ts'
import { createVectorHash, type SimHash, simHash } from './sim-hash.ts'

export type DuplicateSign = 'min-hash' | 'sim-hash' | 'vector'

export interface DuplicateOptions {
  /** Posts remembered, the newest; some 350 bytes each, and four more for each number of a vector. */
  readonly capacity?: number | undefined
  /** Numbers of the vectors that `add` is given; 0 for none. */
  readonly width?: number | undefined
  /** Which signs count, for measuring them one by one. */
  readonly signs?: readonly DuplicateSign[] | undefined
}

export interface DuplicateIndex {
  /**
   * Remembers a post and says whose group it is in: its own id when it is the first.
   * @param vector its direction, as the encoder gave it (signed bytes or floats)
   */
  add(id: number, text: string, vector?: ArrayLike<number>): number
  readonly bytes: number
}

/** Chosen on half of the edited posts of `npm run bench -- texts`, measured on the other half. */
const leastAgreement = 0.5
const mostDistance = 6
const leastCosine = 0.97
/** A vector alone cannot tell "3 dead" from "30 dead": the words must be close too. */
const leastAgreementWithVector = 0.25
const rowsInBand = 4
const quarterCount = 4
/** SimHash finds nothing on real posts that MinHash does not; it is there to be compared with. */
const usualSigns: readonly DuplicateSign[] = ['min-hash', 'vector']
/** Fewer shingles are a word or two, that many people say by chance: only the very same counts. */
const fewShingles = 4

export function createDuplicateIndex({
  capacity = 100_000,
  width = 0,
  signs = usualSigns,
}: DuplicateOptions = {}): DuplicateIndex {
  const uses = new Set(signs)
  const vectorHash = uses.has('vector') && width > 0 ? createVectorHash(width) : undefined
  const counts = [
    uses.has('min-hash') ? places / rowsInBand : 0,
    uses.has('sim-hash') ? quarterCount : 0,
    vectorHash ? quarterCount : 0,
  ] as const
  const bandCount = counts[0] + counts[1] + counts[2]
  const bands = createBands(bandCount, capacity)
  const ring = createRing(capacity, vectorHash ? width : 0)
  let count = 0

  function keysOf({ signature, hash, direction }: PostSigns): Uint32Array {
    const keys = new Uint32Array(bandCount)
    bandKeys(signature, keys.subarray(0, counts[0]))
    quarters(hash, keys.subarray(counts[0], counts[0] + counts[1]))
    const rest = keys.subarray(counts[0] + counts[1])
    // A post without a vector gets keys that hardly another has.
    if (vectorHash && direction) quarters(vectorHash(direction), rest)
    else rest.fill(mixed(count) | 0x10000)
    return keys
  }

  /** How close one remembered is; 0 when it is no duplicate. */
  function closenessTo(entry: number, post: PostSigns): number {
    const agreed = ring.agreement(entry, post)
    const size = ring.sizeOf(entry)
    if (Math.min(size, post.size) < fewShingles) return agreed === 1 && size === post.size ? 1 : 0
    if (uses.has('min-hash') && agreed >= leastAgreement) return agreed
    const isNear = uses.has('sim-hash') && ring.distance(entry, post) <= mostDistance
    const isVouched = agreed >= leastAgreementWithVector && ring.cosine(entry, post) >= leastCosine
    return isNear || isVouched ? Math.max(agreed, Number.EPSILON) : 0
  }

  function groupOf(id: number, post: PostSigns, keys: Uint32Array): number {
    let group = id
    let best = 0
    for (const entry of bands.candidates(keys)) {
      const closeness = closenessTo(entry, post)
      if (closeness <= best) continue
      best = closeness
      group = ring.groupOf(entry)
    }
    return group
  }

  return {
    bytes: bands.bytes + ring.bytes,
    add(id, text, vector) {
      const shingles = shinglesOf(text)
      if (shingles.length === 0) return id
      const post: PostSigns = {
        size: shingles.length,
        signature: minHash(shingles),
        hash: simHash(shingles),
        direction: vector && vectorHash ? unit(vector) : undefined,
      }
      const keys = keysOf(post)
      const group = groupOf(id, post, keys)
      const entry = count % capacity
      ring.put(entry, post, group)
      bands.put(entry, keys)
      count++
      return group
    },
  }
}

function bandKeys(signature: Uint16Array, keys: Uint32Array): void {
  for (let band = 0; band < keys.length; band++) {
    let key = band
    for (let row = 0; row < rowsInBand; row++) {
      key = mixed(key ^ signature[band * rowsInBand + row]!)
    }
    keys[band] = key
  }
}

/** 16 bits a band: two hashes that differ in three bits share at least one (Manku et al. 2007). */
function quarters([low, high]: SimHash, keys: Uint32Array): void {
  for (let band = 0; band < keys.length; band++) {
    keys[band] = ((band < 2 ? low : high) >>> (16 * (band % 2))) & 0xffff
  }
}

function unit(vector: ArrayLike<number>): Float32Array {
  const direction = Float32Array.from(vector)
  const length = Math.hypot(...direction) || 1
  return direction.map((value) => value / length)
}
