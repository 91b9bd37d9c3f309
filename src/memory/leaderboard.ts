/** The items of highest score, kept in order as scores change, so that asking costs nothing. */
import { bestPlaces } from '../math/top-k.ts'

export class Leaderboard {
  readonly #scoreOf: (item: number) => number
  readonly #itemCount: () => number
  #capacity = 1024
  /** Best first; equal scores in the order of their numbers. */
  #items = new Int32Array(1025)
  #length = 0
  /** True while every item with a score is on the board. */
  #isComplete = true

  /** @param scoreOf -Infinity for an item without a score */
  constructor(scoreOf: (item: number) => number, itemCount: () => number) {
    this.#scoreOf = scoreOf
    this.#itemCount = itemCount
  }

  top(limit: number): Int32Array {
    if (this.#length < limit && !this.#isComplete) this.#rebuild(limit)
    return this.#items.slice(0, Math.min(limit, this.#length))
  }

  /** Takes an item off before its score changes or it goes. */
  remove(item: number): void {
    const place = this.#placeOf(item, this.#scoreOf(item))
    if (place >= this.#length || this.#items[place] !== item) return
    this.#items.copyWithin(place, place + 1, this.#length)
    this.#length--
  }

  /** Puts an item on after its score changed. */
  add(item: number): void {
    const score = this.#scoreOf(item)
    if (score === -Infinity) return
    const place = this.#placeOf(item, score)
    if (place === this.#length && !this.#isComplete) return
    this.#items.copyWithin(place + 1, place, this.#length)
    this.#items[place] = item
    this.#length++
    if (this.#length <= this.#capacity) return
    this.#length = this.#capacity
    this.#isComplete = false
  }

  /** Finds the best among all items. */
  rebuild(): void {
    this.#rebuild(0)
  }

  #rebuild(limit: number): void {
    const count = this.#itemCount()
    while (this.#capacity < limit) this.#capacity *= 2
    if (this.#items.length <= this.#capacity) this.#items = new Int32Array(this.#capacity + 1)
    const scores = new Float64Array(count)
    for (let item = 0; item < count; item++) scores[item] = this.#scoreOf(item)
    const best = bestPlaces(scores, this.#capacity)
    const scored = best.findIndex((item) => scores[item] === -Infinity)
    this.#length = scored < 0 ? best.length : scored
    this.#items.set(best.subarray(0, this.#length))
    this.#isComplete = this.#length < this.#capacity || this.#length === count
  }

  /** Where an item of this score is, or belongs. */
  #placeOf(item: number, score: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#items[middle]!
      const difference = this.#scoreOf(other) - score
      if (difference > 0 || (difference === 0 && other < item)) low = middle + 1
      else high = middle
    }
    return low
  }
}
