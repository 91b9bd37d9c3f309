/**
 * Engagement that fades with a half-life h, kept per item as L = log2 Σ weight · 2^(at / h). The sum
 * never over- or underflows however old the data is, times may come in any order, and comparing two
 * items needs no `now`: trend = 2^(L - now / h).
 */
import { grown } from './columns.ts'

export class Trends {
  readonly #halfLifeMs: number
  #logs = new Float64Array(0)

  constructor(halfLifeHours: number) {
    this.#halfLifeMs = halfLifeHours * 3_600_000
  }

  /** Orders items by trend at any time; -Infinity without engagement. */
  logOf(item: number): number {
    return this.#logs[item] ?? -Infinity
  }

  /** Weighted engagement as of `nowMs`; never more than it would be undecayed. */
  at(item: number, nowMs: number, undecayed: number): number {
    return Math.min(undecayed, 2 ** (this.logOf(item) - nowMs / this.#halfLifeMs))
  }

  add(item: number, weight: number, atMs: number): void {
    this.#logs = grown(this.#logs, item + 1, -Infinity)
    const log = this.#logs[item]!
    const added = Math.log2(weight) + atMs / this.#halfLifeMs
    const greater = Math.max(log, added)
    this.#logs[item] = greater + Math.log2(2 ** (log - greater) + 2 ** (added - greater))
  }

  subtract(item: number, weight: number, atMs: number): void {
    const log = this.logOf(item)
    const gone = 2 ** (Math.log2(weight) + atMs / this.#halfLifeMs - log)
    if (log > -Infinity) this.#logs[item] = gone < 1 ? log + Math.log2(1 - gone) : -Infinity
  }

  clear(item: number): void {
    if (item < this.#logs.length) this.#logs[item] = -Infinity
  }

  pack(): Float64Array {
    return this.#logs.slice()
  }

  unpack(logs: Float64Array): void {
    this.#logs = grown(this.#logs, logs.length, -Infinity)
    this.#logs.set(logs)
  }
}
