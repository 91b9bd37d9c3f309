/**
 * Which of some signs of texts (SimHash, 64 bits) differ from a given one in at most six bits. Cut into
 * seven blocks, two such signs agree in one: only those that do are compared (Manku et al. 2007).
 */
import { type LabelValues, signAt } from '../../domain/labels.ts'

/** Manku et al. use 3; texts here are shorter. */
const mostDistance = 6
const blocks = mostDistance + 1
/** The longest block has ten bits, the others nine. */
const blockValues = 1 << 10

export class NearSigns {
  readonly #capacity: number
  /** The newest sign with each value of each block, and the one before it; -1 where there is none. */
  readonly #newest = new Int32Array(blocks * blockValues).fill(-1)
  readonly #before: Int32Array
  readonly #low: Int32Array
  readonly #high: Int32Array
  #size = 0

  constructor(capacity: number) {
    this.#capacity = capacity
    this.#before = new Int32Array(capacity * blocks)
    this.#low = new Int32Array(capacity)
    this.#high = new Int32Array(capacity)
  }

  get size(): number {
    return this.#size
  }

  clear(): void {
    this.#newest.fill(-1)
    this.#size = 0
  }

  /** Nothing is added when it is full. */
  add(values: LabelValues): void {
    if (this.#size === this.#capacity) return
    const sign = this.#size++
    const low = wordAt(values, signAt)
    const high = wordAt(values, signAt + 4)
    this.#low[sign] = low
    this.#high[sign] = high
    for (let block = 0; block < blocks; block++) {
      const place = block * blockValues + blockOf(low, high, block)
      this.#before[sign * blocks + block] = this.#newest[place]!
      this.#newest[place] = sign
    }
  }

  hasNear(values: LabelValues): boolean {
    const low = wordAt(values, signAt)
    const high = wordAt(values, signAt + 4)
    for (let block = 0; block < blocks; block++) {
      let sign = this.#newest[block * blockValues + blockOf(low, high, block)]!
      for (; sign >= 0; sign = this.#before[sign * blocks + block]!) {
        const bits = bitsOf(low ^ this.#low[sign]!) + bitsOf(high ^ this.#high[sign]!)
        if (bits <= mostDistance) return true
      }
    }
    return false
  }
}

function wordAt(values: LabelValues, place: number): number {
  return (
    values[place]! |
    (values[place + 1]! << 8) |
    (values[place + 2]! << 16) |
    (values[place + 3]! << 24)
  )
}

/** Bits 9 · block to 9 · block + 8 of the 64; the last block goes on to the end. */
function blockOf(low: number, high: number, block: number): number {
  if (block < 3) return (low >>> (9 * block)) & 511
  if (block === 3) return (low >>> 27) | ((high & 15) << 5)
  return block < blocks - 1 ? (high >>> (9 * block - 32)) & 511 : high >>> 22
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
