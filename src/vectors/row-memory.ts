/**
 * Where vectors lie: blocks of 64 rows in the kernel's memory, and the query they are compared with.
 * A slot is a place: 64 · block + place within. Which row lies where is decided in `row-lists`.
 */
import { blockRows, createKernel } from '../kernel/kernel.ts'

export interface Best {
  readonly rows: Int32Array
  readonly cosines: Float32Array
}

export const largestK = 16_384
const scoreChunk = 1024

export class RowMemory {
  readonly width: number
  readonly #kernel = createKernel()
  readonly #stride: number
  readonly #blockBytes: number
  readonly #queryAt: number
  readonly #slotsAt: number
  readonly #outAt: number
  readonly #heapAt: number
  /** Nothing is reserved after the blocks, so they lie one after another. */
  readonly #blocksAt: number
  /** So that no sum of products leaves 32 bits. */
  readonly #queryLimit: number
  readonly #freeBlocks: number[] = []
  #blockCount = 0
  #k = 0
  #bytes: Int8Array
  #words: Int32Array
  #floats: Float32Array
  #query: Int16Array

  constructor(width: number) {
    const kernel = this.#kernel
    const stride = Math.ceil(width / 16) * 16
    this.width = width
    this.#stride = stride
    this.#blockBytes = blockRows * (stride + 8)
    this.#queryAt = kernel.allocate(stride * 2)
    this.#slotsAt = kernel.allocate(scoreChunk * 4)
    this.#outAt = kernel.allocate(scoreChunk * 4)
    this.#heapAt = kernel.allocate(16 + largestK * 8)
    this.#blocksAt = kernel.allocate(0)
    this.#queryLimit = Math.min(32_767, Math.floor(2 ** 31 / (128 * stride)) - 1)
    this.#bytes = new Int8Array(kernel.buffer)
    this.#words = new Int32Array(kernel.buffer)
    this.#floats = new Float32Array(kernel.buffer)
    this.#query = new Int16Array(kernel.buffer, this.#queryAt, stride)
  }

  newBlock(): number {
    if (this.#freeBlocks.length === 0) this.#grow()
    return this.#freeBlocks.pop()!
  }

  freeBlock(block: number): void {
    this.#freeBlocks.push(block)
  }

  /** @param values [width] */
  write(slot: number, row: number, values: Int8Array): void {
    const offset = this.#valuesOffset(slot)
    this.#bytes.set(values, offset)
    const squares = this.#kernel.squares(offset, this.#stride)
    this.#floats[this.#normPlace(slot)] = squares > 0 ? 1 / Math.sqrt(squares) : 0
    this.#words[this.#rowPlace(slot)] = row
  }

  move(from: number, to: number): void {
    const offset = this.#valuesOffset(from)
    this.#bytes.copyWithin(this.#valuesOffset(to), offset, offset + this.#stride)
    this.#words[this.#normPlace(to)] = this.#words[this.#normPlace(from)]!
    this.#words[this.#rowPlace(to)] = this.#words[this.#rowPlace(from)]!
  }

  rowAt(slot: number): number {
    return this.#words[this.#rowPlace(slot)]!
  }

  /** A view, valid until the next `newBlock`. [width] */
  valuesAt(slot: number): Int8Array {
    const offset = this.#valuesOffset(slot)
    return this.#bytes.subarray(offset, offset + this.width)
  }

  /** 1 / length of what lies in a slot. */
  inverseNormAt(slot: number): number {
    return this.#floats[this.#normPlace(slot)]!
  }

  /** Makes numbers of any scale the query. Returns 1 / its length, 0 if it has none. */
  ask(query: ArrayLike<number>): number {
    fill(this.#query, query, this.width, this.#queryLimit)
    return inverseLength(this.#query)
  }

  askSlot(slot: number): number {
    this.#kernel.widen(this.#valuesOffset(slot), this.#queryAt, this.#stride)
    return this.inverseNormAt(slot)
  }

  /** Starts a search for the best `k`. */
  begin(k: number): void {
    this.#k = Math.min(k, largestK)
    this.#words[this.#heapAt / 4] = 0
  }

  /** Offers the first `count` rows of a block. */
  scan(block: number, count: number): void {
    if (this.#k <= 0) return
    const at = this.#blocksAt + block * this.#blockBytes
    this.#kernel.scan(this.#queryAt, at, count, this.#stride, this.#heapAt, this.#k)
  }

  /** The best of what was scanned. @param inverseNorm of the query */
  best(inverseNorm: number): Best {
    this.#kernel.sortHeap(this.#heapAt, this.#k)
    const found = this.#words[this.#heapAt / 4]!
    const at = this.#heapAt / 4 + 4
    const cosines = this.#floats.slice(at, at + found)
    for (let place = 0; place < found; place++) cosines[place]! *= inverseNorm
    return { rows: this.#words.slice(at + this.#k, at + this.#k + found), cosines }
  }

  /** Cosines of the query with what lies in `slots`; 0 for slot -1. */
  score(slots: Int32Array, inverseNorm: number, out: Float32Array): void {
    const at = this.#outAt / 4
    for (let first = 0; first < slots.length; first += scoreChunk) {
      const count = Math.min(scoreChunk, slots.length - first)
      this.#words.set(slots.subarray(first, first + count), this.#slotsAt / 4)
      this.#kernel.score(
        this.#queryAt,
        this.#blocksAt,
        this.#slotsAt,
        count,
        this.#stride,
        this.#outAt,
      )
      for (let i = 0; i < count; i++) out[first + i] = this.#floats[at + i]! * inverseNorm
    }
  }

  #valuesOffset(slot: number): number {
    return this.#blocksAt + (slot >> 6) * this.#blockBytes + (slot & 63) * this.#stride
  }

  #normPlace(slot: number): number {
    const norms = this.#blocksAt + (slot >> 6) * this.#blockBytes + blockRows * this.#stride
    return norms / 4 + (slot & 63)
  }

  #rowPlace(slot: number): number {
    return this.#normPlace(slot) + blockRows
  }

  #grow(): void {
    const first = this.#blockCount
    const added = Math.max(4, first >> 3)
    this.#kernel.allocate(added * this.#blockBytes)
    this.#blockCount += added
    for (let block = this.#blockCount - 1; block >= first; block--) this.#freeBlocks.push(block)
    const { buffer } = this.#kernel
    this.#bytes = new Int8Array(buffer)
    this.#words = new Int32Array(buffer)
    this.#floats = new Float32Array(buffer)
    this.#query = new Int16Array(buffer, this.#queryAt, this.#stride)
  }
}

/** Bytes are taken as they are; other numbers are scaled so that their largest is `limit`. */
function fill(target: Int16Array, values: ArrayLike<number>, width: number, limit: number): void {
  if (values instanceof Int8Array) {
    target.set(values.subarray(0, width))
    return
  }
  let largest = 0
  for (let d = 0; d < width; d++) largest = Math.max(largest, Math.abs(values[d] ?? 0))
  const scale = largest > 0 && largest < Infinity ? limit / largest : 0
  for (let d = 0; d < width; d++) target[d] = Math.round((values[d] ?? 0) * scale)
}

function inverseLength(values: Int16Array): number {
  let squares = 0
  for (let d = 0; d < values.length; d++) squares += values[d]! * values[d]!
  return squares > 0 ? 1 / Math.sqrt(squares) : 0
}
