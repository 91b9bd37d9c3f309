/** Items by time, kept sorted as they come: mostly at the end, sometimes in bulk and out of order. */

/** More waiting items than this are sorted in together. */
const fewItems = 32

export class TimeOrder {
  /** When an item was made; asked for items in the order and for those being put in. */
  readonly #timeOf: (item: number) => number
  /** Oldest first; equal times in the order of their numbers. */
  #sorted = new Int32Array(64)
  #length = 0
  #waiting: number[] = []

  constructor(timeOf: (item: number) => number) {
    this.#timeOf = timeOf
  }

  add(item: number): void {
    this.#waiting.push(item)
  }

  /** Called before the item's time changes or the item goes. */
  remove(item: number): void {
    this.#settle()
    const place = this.#placeOf(item)
    if (this.#sorted[place] !== item) return
    this.#sorted.copyWithin(place, place + 1, this.#length)
    this.#length--
  }

  /** Newest first. */
  newest(limit: number, offset: number): Int32Array {
    this.#settle()
    const end = Math.max(0, this.#length - offset)
    return this.#sorted.slice(Math.max(0, end - limit), end).reverse()
  }

  #settle(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    this.#reserve(this.#length + waiting.length)
    if (waiting.length > fewItems) this.#mergeIn(waiting)
    else for (const item of waiting) this.#insert(item)
  }

  #insert(item: number): void {
    const place = this.#placeOf(item)
    this.#sorted.copyWithin(place + 1, place, this.#length)
    this.#sorted[place] = item
    this.#length++
  }

  #mergeIn(waiting: number[]): void {
    waiting.sort((a, b) => this.#compare(a, b))
    let from = this.#length - 1
    let to = this.#length + waiting.length - 1
    this.#length += waiting.length
    for (let left = waiting.length - 1; left >= 0; to--) {
      const item = waiting[left]!
      if (from >= 0 && this.#compare(this.#sorted[from]!, item) > 0) {
        this.#sorted[to] = this.#sorted[from--]!
      } else {
        this.#sorted[to] = item
        left--
      }
    }
  }

  #reserve(length: number): void {
    if (length <= this.#sorted.length) return
    const longer = new Int32Array(Math.max(length, this.#sorted.length * 2))
    longer.set(this.#sorted)
    this.#sorted = longer
  }

  #placeOf(item: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#compare(this.#sorted[middle]!, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #compare(a: number, b: number): number {
    return this.#timeOf(a) - this.#timeOf(b) || a - b
  }
}
