/** Item vectors of the serving model by item number: learnt ones, and from the text where newer. */
import { setTimeout as pause, setImmediate } from 'node:timers/promises'
import { mapText } from '../../learn/serving/content-map.ts'
import type { ServingModel } from '../../learn/serving/serving-model.ts'
import type { Memory } from '../../memory/memory.ts'
import type { CreateVectors, Vectors } from '../../vectors/vectors.ts'

/** Beside requests, so never for longer at a time. */
const sliceMs = 3
/** Items without a text vector yet are looked at again, so many at a time. */
const waitingPerTurn = 256

export class ServedItems {
  readonly width: number
  readonly #memory: Memory
  readonly #model: ServingModel
  readonly #index: Vectors
  /** Largest length of a learnt vector: what the index pads all to. */
  #longest = 1e-6
  #table: Float32Array
  #isKnown: Uint8Array
  /** Item numbers below were taken in, or wait. */
  #next = 0
  #waiting: number[] = []

  constructor(memory: Memory, model: ServingModel, createVectors: CreateVectors) {
    this.width = model.width
    this.#memory = memory
    this.#model = model
    // One more component makes all vectors equally long, so that the largest cosine is the largest
    // product (Bachrach et al., RecSys 2014).
    this.#index = createVectors(model.width + 1)
    this.#table = new Float32Array(memory.items.count * model.width)
    this.#isKnown = new Uint8Array(memory.items.count)
  }

  /** [items × width], by item number; rows of items that are not `has` are zero. */
  get table(): Float32Array {
    return this.#table
  }

  /** Items with a vector. */
  get size(): number {
    return this.#index.size
  }

  has(item: number): boolean {
    return this.#isKnown[item] === 1
  }

  async fill(itemIds: readonly string[], restMs: number): Promise<void> {
    const rest = () => (restMs > 0 ? pause(restMs) : setImmediate())
    const { vectors } = this.#model
    for (let start = 0; start < vectors.length; start += this.width) {
      this.#longest = Math.max(this.#longest, lengthOf(vectors, start, this.width))
    }
    let end = performance.now() + sliceMs
    for (const [row, id] of itemIds.entries()) {
      if (performance.now() > end) {
        await rest()
        end = performance.now() + sliceMs
      }
      const item = this.#memory.items.numberOf(id)
      const vector = vectors.subarray(row * this.width, (row + 1) * this.width)
      // All zero: nobody did anything with it by the time of the fit, so its text decides.
      if (item >= 0 && vector.some((value) => value !== 0)) this.#put(item, vector)
    }
    while (!this.catchUp(sliceMs)) await rest()
  }

  /** @returns whether every item that can be placed has its vector */
  catchUp(milliseconds: number): boolean {
    const end = performance.now() + milliseconds
    const waiting = this.#waiting.splice(0, waitingPerTurn)
    for (const item of waiting) this.#takeIn(item)
    const { items } = this.#memory
    while (this.#next < items.count) {
      if (performance.now() > end) return false
      this.#takeIn(this.#next++)
    }
    return true
  }

  /** Products of a vector with items, 0 for those without a vector. */
  dots(vector: Float32Array, items: Int32Array, count: number, out: Float32Array): void {
    const table = this.#table
    const isKnown = this.#isKnown
    const query = Float64Array.from(vector)
    for (let row = 0; row < count; row++) {
      const item = items[row]!
      out[row] = isKnown[item] === 1 ? dotOf(query, table, item * this.width) : 0
    }
  }

  best(vector: Float32Array, limit: number): Int32Array {
    const query = new Float32Array(this.width + 1)
    query.set(vector)
    return this.#index.nearest(query, limit).rows
  }

  #takeIn(item: number): void {
    const { items, vectors } = this.#memory
    if (this.has(item) || !items.isLive(item)) return
    if (vectors.spaceOf(item) < 0) {
      this.#waiting.push(item)
      return
    }
    const embedding = vectors.get(item)
    const map = this.#model.contentMaps.find(({ space }) => space === embedding?.space)
    if (!embedding || !map || map.textWidth !== embedding.values.length) return
    const vector = new Float32Array(this.width)
    mapText(map, embedding.values, vector)
    this.#put(item, vector)
  }

  #put(item: number, vector: Float32Array): void {
    this.#reserve(item + 1)
    const scale = Math.min(1, this.#longest / Math.max(1e-9, lengthOf(vector, 0, this.width)))
    const start = item * this.width
    for (let a = 0; a < this.width; a++) this.#table[start + a] = vector[a]! * scale
    this.#isKnown[item] = 1
    this.#index.put(item, this.#padded(start))
  }

  #padded(start: number): Int8Array {
    const bytes = new Int8Array(this.width + 1)
    const scale = 127 / this.#longest
    let squares = 0
    for (let a = 0; a < this.width; a++) {
      const value = this.#table[start + a]! * scale
      squares += value * value
      bytes[a] = Math.round(value)
    }
    bytes[this.width] = Math.round(Math.sqrt(Math.max(0, 127 * 127 - squares)))
    return bytes
  }

  #reserve(items: number): void {
    if (items <= this.#isKnown.length) return
    const size = Math.max(items, this.#isKnown.length * 2, 1024)
    const table = new Float32Array(size * this.width)
    table.set(this.#table)
    const isKnown = new Uint8Array(size)
    isKnown.set(this.#isKnown)
    this.#table = table
    this.#isKnown = isKnown
  }
}

/** Four sums side by side: none waits for the one before. */
function dotOf(query: Float64Array, table: Float32Array, start: number): number {
  const { length } = query
  const fours = length - (length % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let at = 0; at < fours; at += 4) {
    a += query[at]! * table[start + at]!
    b += query[at + 1]! * table[start + at + 1]!
    c += query[at + 2]! * table[start + at + 2]!
    d += query[at + 3]! * table[start + at + 3]!
  }
  for (let at = fours; at < length; at++) a += query[at]! * table[start + at]!
  return a + b + (c + d)
}

function lengthOf(values: Float32Array, start: number, width: number): number {
  let squares = 0
  for (let at = start; at < start + width; at++) squares += values[at]! ** 2
  return Math.sqrt(squares)
}
