/** What happened to each item: counts by action, weighted totals, trends and who engaged. */
import { type Action, itemActions } from '../domain/event.ts'
import { actionWeight, engagementWeight } from './action-weights.ts'
import { CellLists, type PackedLists } from './cell-lists.ts'
import { grown } from './columns.ts'
import { Leaderboard } from './leaderboard.ts'
import type { EngagementMemory, Numbers } from './memory.ts'
import { Trends } from './trends.ts'

export interface EngagementLimits {
  /** Newest people kept of those who engaged with an item. */
  readonly engagersLimit: number
  readonly trendHalfLifeHours: number
}

const kinds = itemActions.length
const kindOf = new Map<Action, number>(itemActions.map((action, kind) => [action, kind]))
const weights = itemActions.map((action) => Math.max(0, actionWeight(action)))

export class Engagement implements Omit<EngagementMemory, 'alike'> {
  readonly #engagers = new CellLists((cells) => ({
    of: new Int32Array(cells),
    at: new Float64Array(cells),
  }))
  readonly #trends: Trends
  readonly #board: Leaderboard
  readonly #limit: number
  /** [items][kinds] */
  #counts = new Uint32Array(0)
  #totals = new Float64Array(0)
  /** How often people came to or left an item's engagers. */
  #turnovers = new Uint32Array(0)

  /** @param itemCount how many items there are now */
  constructor({ engagersLimit, trendHalfLifeHours }: EngagementLimits, itemCount: () => number) {
    this.#limit = engagersLimit
    this.#trends = new Trends(trendHalfLifeHours)
    this.#board = new Leaderboard((item) => this.#trends.logOf(item), itemCount)
  }

  count(item: number, action: Action): number {
    const kind = kindOf.get(action)
    return kind === undefined ? 0 : (this.#counts[item * kinds + kind] ?? 0)
  }

  total(item: number): number {
    return this.#totals[item] ?? 0
  }

  trend(item: number, nowMs: number): number {
    return this.#trends.at(item, nowMs, this.total(item))
  }

  trending(limit: number): Int32Array {
    return this.#board.top(limit)
  }

  engagers(item: number): Numbers {
    return this.#engagers.numbers(item)
  }

  turnover(item: number): number {
    return this.#turnovers[item] ?? 0
  }

  /** When an engager engaged last. */
  engagedAtMs(item: number, place: number): number {
    return this.#engagers.columns(item).at[this.#engagers.start(item) + place]!
  }

  add(item: number, person: number, action: Action, atMs: number): void {
    const kind = kindOf.get(action)!
    this.#recount(item, kind, 1)
    const weight = weights[kind]!
    if (weight > 0) {
      this.#board.remove(item)
      this.#trends.add(item, weight, atMs)
      this.#board.add(item)
    }
    if (weight >= engagementWeight) this.#engage(item, person, atMs)
  }

  /** Takes back one action; engagers are settled by `settleEngager`. */
  subtract(item: number, action: Action, atMs: number): void {
    const kind = kindOf.get(action)!
    if (this.count(item, action) === 0) return
    this.#recount(item, kind, -1)
    if (weights[kind] === 0) return
    this.#board.remove(item)
    this.#trends.subtract(item, weights[kind]!, atMs)
    if (this.total(item) === 0) this.#trends.clear(item)
    this.#board.add(item)
  }

  /** After something was taken back. @param lastMs when they last engaged, -Infinity for never */
  settleEngager(item: number, person: number, lastMs: number): void {
    if (!this.#dismiss(item, person)) return
    if (lastMs > -Infinity) this.#engage(item, person, lastMs)
  }

  removeItem(item: number): void {
    this.#board.remove(item)
    this.#trends.clear(item)
    this.#engagers.clear(item)
    this.#counts.fill(0, item * kinds, (item + 1) * kinds)
    if (item < this.#totals.length) this.#totals[item] = 0
    this.#turn(item)
  }

  /** Forgets people who are gone. */
  sweepPeople(gone: ReadonlySet<number>): void {
    this.#engagers.sweep('of', gone, (item) => this.#turn(item))
  }

  pack(): PackedEngagement {
    return {
      engagers: this.#engagers.pack(),
      trends: this.#trends.pack(),
      counts: this.#counts.slice(),
    }
  }

  /** Into an empty table. */
  unpack({ engagers, trends, counts }: PackedEngagement): void {
    this.#engagers.unpack(engagers)
    this.#trends.unpack(trends)
    this.#counts = grown(this.#counts, counts.length)
    this.#counts.set(counts)
    this.#totals = grown(this.#totals, counts.length / kinds)
    for (let item = 0; item < counts.length / kinds; item++) this.#retotal(item)
    this.#board.rebuild()
  }

  #recount(item: number, kind: number, difference: number): void {
    this.#counts = grown(this.#counts, (item + 1) * kinds)
    this.#totals = grown(this.#totals, item + 1)
    this.#counts[item * kinds + kind]! += difference
    this.#retotal(item)
  }

  /** Always from the counts, so that the total does not depend on the order of events. */
  #retotal(item: number): void {
    let total = 0
    for (let kind = 0; kind < kinds; kind++) {
      total += this.#counts[item * kinds + kind]! * weights[kind]!
    }
    this.#totals[item] = total
  }

  /** Each person once, by when they engaged last. */
  #engage(item: number, person: number, atMs: number): void {
    const lastMs = this.#lastEngaged(item, person)
    if (lastMs >= atMs) return
    if (lastMs > -Infinity) this.#dismiss(item, person)
    let place = this.#engagers.length(item)
    const { at } = this.#engagers.columns(item)
    const start = this.#engagers.start(item)
    while (place > 0 && at[start + place - 1]! > atMs) place--
    const cell = this.#engagers.insert(item, place)
    const columns = this.#engagers.columns(item)
    columns.of[cell] = person
    columns.at[cell] = atMs
    if (this.#engagers.length(item) > this.#limit) this.#engagers.removeAt(item, 0)
    this.#turn(item)
  }

  #lastEngaged(item: number, person: number): number {
    const place = this.#placeOfEngager(item, person)
    return place < 0 ? -Infinity : this.engagedAtMs(item, place)
  }

  #dismiss(item: number, person: number): boolean {
    const place = this.#placeOfEngager(item, person)
    if (place < 0) return false
    this.#engagers.removeAt(item, place)
    this.#turn(item)
    return true
  }

  #placeOfEngager(item: number, person: number): number {
    const { values, length } = this.#engagers.numbers(item)
    for (let place = 0; place < length; place++) if (values[place] === person) return place
    return -1
  }

  #turn(item: number): void {
    this.#turnovers = grown(this.#turnovers, item + 1)
    this.#turnovers[item]! += 1
  }
}

export interface PackedEngagement {
  readonly engagers: PackedLists
  readonly trends: Float64Array
  readonly counts: Uint32Array
}
