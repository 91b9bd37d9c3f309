/** The middles of the lists of an inverted file, and which of them are nearest to a vector. */
import { blockRows } from '../kernel/kernel.ts'
import { RowMemory } from './row-memory.ts'

export class Centroids {
  readonly count: number
  /** [count][width] */
  readonly values: Int8Array
  readonly #memory: RowMemory
  readonly #blocks: readonly number[]

  /** @param values [count][width] */
  constructor(width: number, values: Int8Array) {
    this.values = values
    this.count = values.length / width
    this.#memory = new RowMemory(width)
    this.#blocks = Array.from({ length: Math.ceil(this.count / blockRows) }, () =>
      this.#memory.newBlock(),
    )
    for (let centroid = 0; centroid < this.count; centroid++) {
      const slot = this.#blocks[centroid >> 6]! * blockRows + (centroid & 63)
      this.#memory.write(slot, centroid, values.subarray(centroid * width, (centroid + 1) * width))
    }
  }

  /** The nearest centroids, nearest first. */
  nearest(query: ArrayLike<number>, k: number): Int32Array {
    this.#memory.ask(query)
    this.#memory.begin(k)
    for (const [place, block] of this.#blocks.entries()) {
      this.#memory.scan(block, Math.min(blockRows, this.count - place * blockRows))
    }
    return this.#memory.best(1).rows
  }
}
