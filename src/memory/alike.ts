/**
 * Items that the same people engaged with: item-to-item neighbours by cosine, found by walking from
 * an item to its engagers and on to their histories (Deshpande and Karypis, TOIS 2004). Engagements
 * close in time count more, busy people count less, little evidence is shrunk.
 */
import { actions } from '../domain/event.ts'
import { bestPlaces } from '../math/top-k.ts'
import { actionWeight, engagementWeight } from './action-weights.ts'
import { BoundedCache } from './bounded-cache.ts'
import { grown } from './columns.ts'
import type { Engagement } from './engagement.ts'
import type { Histories } from './histories.ts'
import type { Scored } from './memory.ts'

export interface AlikeOptions {
  /** Neighbours kept of an item. */
  readonly alikeLimit: number
  /** Items whose neighbours are kept. */
  readonly cacheLimit: number
}

interface Known {
  readonly found: Scored
  readonly turnover: number
  readonly engagers: number
  readonly changes: number
}

const dayMs = 86_400_000
/** By the code of an action in a history. */
const weights = Float64Array.from(actions, actionWeight)
/** Two engagements of one person this far apart count half. */
const gapDays = 30
/** As many unrelated engagements are imagined on both sides. */
const shrinkage = 3
/** After so many engagements anywhere, neighbours are found anew. */
const changeBudget = 20_000

export class Alike {
  readonly #histories: Histories
  readonly #engagement: Engagement
  readonly #cache: BoundedCache<Known>
  readonly #limit: number
  #sums = new Float64Array(0)
  #touched = new Int32Array(0)
  #changes = 0

  constructor(histories: Histories, engagement: Engagement, options: AlikeOptions) {
    this.#histories = histories
    this.#engagement = engagement
    this.#limit = options.alikeLimit
    this.#cache = new BoundedCache(options.cacheLimit)
  }

  /** Told of every engagement. */
  changed(): void {
    this.#changes++
  }

  /** @param isLive items removed since are left out */
  of(item: number, isLive: (item: number) => boolean): Scored {
    const known = this.#cache.get(item)
    if (known && this.#isFresh(item, known)) return living(known.found, isLive)
    const found = this.#find(item)
    this.#cache.put(item, {
      found,
      turnover: this.#engagement.turnover(item),
      engagers: this.#engagement.engagers(item).length,
      changes: this.#changes,
    })
    return found
  }

  /** A tenth of the engagers may change before neighbours are found anew. */
  #isFresh(item: number, { turnover, engagers, changes }: Known): boolean {
    const turned = this.#engagement.turnover(item) - turnover
    return turned <= engagers / 10 && this.#changes - changes <= changeBudget
  }

  #find(item: number): Scored {
    const { values, length } = this.#engagement.engagers(item)
    let count = 0
    let weightHere = 0
    for (let place = 0; place < length; place++) {
      const person = values[place]!
      const weight = this.#weightOf(person, item)
      weightHere += weight
      count = this.#walk(person, item, weight, this.#engagement.engagedAtMs(item, place), count)
    }
    return this.#collect(item, weightHere, count)
  }

  /** How strongly a person engaged with an item: their strongest action. */
  #weightOf(person: number, item: number): number {
    const { columns, start, length } = this.#histories.cells(person)
    const { of, action } = columns
    let weight = engagementWeight
    for (let cell = start; cell < start + length; cell++) {
      if (of[cell] === item) weight = Math.max(weight, weights[action[cell]!]!)
    }
    return weight
  }

  #walk(person: number, item: number, weight: number, atMs: number, touched: number): number {
    const { columns, start, length } = this.#histories.cells(person)
    const { of, action, at } = columns
    const share = weight / Math.sqrt(length + 1)
    let count = touched
    for (let cell = start; cell < start + length; cell++) {
      const other = of[cell]!
      const otherWeight = weights[action[cell]!]!
      if (otherWeight < engagementWeight || other < 0 || other === item) continue
      const days = Math.abs(at[cell]! - atMs) / dayMs
      count = this.#add(other, (share * otherWeight) / (1 + days / gapDays), count)
    }
    return count
  }

  #add(item: number, amount: number, touched: number): number {
    this.#sums = grown(this.#sums, item + 1)
    const isNew = this.#sums[item] === 0
    this.#sums[item]! += amount
    if (!isNew) return touched
    this.#touched = grown(this.#touched, touched + 1)
    this.#touched[touched] = item
    return touched + 1
  }

  /** cos(i, j) = Σ_u r(u,i) r(u,j) / √(n(i) n(j)), its sum scaled up when only some were walked. */
  #collect(item: number, weightHere: number, count: number): Scored {
    const totalHere = Math.max(weightHere, this.#engagement.total(item))
    const scale = Math.sqrt(totalHere / Math.max(weightHere, 1e-9) / (weightHere + shrinkage))
    const scores = new Float32Array(count)
    for (let place = 0; place < count; place++) {
      const other = this.#touched[place]!
      const total = this.#engagement.total(other)
      scores[place] = Math.min(1, (this.#sums[other]! * scale) / Math.sqrt(total + shrinkage))
      this.#sums[other] = 0
    }
    const places = bestPlaces(scores, this.#limit)
    return {
      items: places.map((place) => this.#touched[place]!),
      scores: Float32Array.from(places, (place) => scores[place]!),
    }
  }
}

/** The same list without items that are gone. */
export function living(found: Scored, isLive: (item: number) => boolean): Scored {
  if (found.items.every(isLive)) return found
  const places = [...found.items.keys()].filter((place) => isLive(found.items[place]!))
  return {
    items: Int32Array.from(places, (place) => found.items[place]!),
    scores: Float32Array.from(places, (place) => found.scores[place]!),
  }
}
