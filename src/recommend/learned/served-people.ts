/**
 * People in the space of the serving model, folded in from their history when they ask and kept
 * until it changes. Whoever did little yet is expected to be near the people they are tied to.
 */
import type { Declared, DeclaredInterest } from '../../interest/declared.ts'
import { mapText } from '../../learn/serving/content-map.ts'
import { type Doings, FoldIn } from '../../learn/serving/fold-in.ts'
import { itemsOf, type ServingModel } from '../../learn/serving/serving-model.ts'
import type { Memory } from '../../memory/memory.ts'
import { readLikings } from './likings.ts'
import type { ServedItems } from './served-items.ts'

interface Folded {
  readonly version: number
  /** What they had said then. */
  readonly said: readonly DeclaredInterest[] | undefined
  /** Undefined when nothing is known. */
  readonly vector: Float32Array | undefined
  /** The first items for them, as many as most pages need. */
  best?: Int32Array
  /** How many items there were when they were found. */
  sizeThen?: number
}

const peopleKept = 20_000
/** Ties read for the circle, the newest. */
const tiesRead = 12
const bestKept = 256
/** So many items may come before a kept list is found anew. */
const mostNewer = 256

export class ServedPeople {
  readonly #memory: Memory
  readonly #items: ServedItems
  readonly #model: ServingModel
  readonly #declared: Declared | undefined
  readonly #foldIn: FoldIn
  /** From the person's own history alone. */
  readonly #alone = new Map<number, Folded>()
  readonly #inCircle = new Map<number, Folded>()

  constructor(memory: Memory, model: ServingModel, items: ServedItems, declared?: Declared) {
    this.#memory = memory
    this.#model = model
    this.#declared = declared
    this.#items = items
    this.#foldIn = new FoldIn(model.width, model.gram, itemsOf(model), model.options)
  }

  vectorOf(person: number): Float32Array | undefined {
    if (person < 0) return undefined
    return this.#kept(this.#inCircle, person, () => {
      const prior = meanOf([this.circleOf(person), this.#saidBy(person)])
      return this.#fold(person, prior) ?? prior
    })
  }

  /** Items that suit a person most, best first. */
  bestOf(person: number, limit: number): Int32Array | undefined {
    const vector = this.vectorOf(person)
    if (!vector) return undefined
    const folded = this.#inCircle.get(person)
    if (limit > bestKept || !folded) return this.#items.best(vector, limit)
    if (!folded.best || this.#items.size - folded.sizeThen! > mostNewer) {
      folded.best = this.#items.best(vector, bestKept)
      folded.sizeThen = this.#items.size
    }
    return folded.best.subarray(0, limit)
  }

  /** Places in `candidates` of what gave most to the score of `item`, the most first. */
  reasonsOf(person: number, item: number, candidates: readonly number[]): number[] {
    const { doings, items } = this.#doingsOf(person)
    if (items.length === 0 || !this.#items.has(item)) return []
    const gave = this.#foldIn.contributions(doings, item)
    return items
      .map((liked, n) => ({ place: candidates.indexOf(liked), amount: gave[n]! }))
      .filter(({ place, amount }) => place >= 0 && amount > 0)
      .sort((a, b) => b.amount - a.amount)
      .map(({ place }) => place)
  }

  forget(): void {
    this.#alone.clear()
    this.#inCircle.clear()
  }

  #fold(person: number, prior?: Float32Array): Float32Array | undefined {
    const { doings, items } = this.#doingsOf(person)
    return items.length === 0 ? undefined : this.#foldIn.person(doings, prior)
  }

  #doingsOf(person: number): { doings: Doings; items: readonly number[] } {
    const items: number[] = []
    const weights: number[] = []
    readLikings(this.#memory, person, (item, weight) => {
      if (!this.#items.has(item)) return
      items.push(item)
      weights.push(weight)
    })
    return { doings: { vectors: this.#items.table, rows: items, confidences: weights }, items }
  }

  /** Mean of where their words are, as texts of items are. */
  #saidBy(person: number): Float32Array | undefined {
    const vectors = (this.#declared?.of(person) ?? []).flatMap(({ embedding }) => {
      const map = this.#model.contentMaps.find(({ space }) => space === embedding.space)
      if (map?.textWidth !== embedding.values.length) return []
      const vector = new Float32Array(this.#items.width)
      mapText(map, embedding.values, vector)
      return [vector]
    })
    return meanOf(vectors)
  }

  /** Mean of what is known of their ties, as strong as each tie is; undefined when that is nothing. */
  circleOf(person: number): Float32Array | undefined {
    if (person < 0) return undefined
    const { ties } = this.#memory
    const { values, length } = ties.out(person)
    const sum = new Float32Array(this.#items.width)
    let total = 0
    for (let place = Math.max(0, length - tiesRead); place < length; place++) {
      const tie = values[place]!
      const vector = this.#kept(this.#alone, tie, () => this.#fold(tie))
      if (!vector) continue
      const weight = 0.5 + ties.weight(person, tie) / 2
      total += weight
      for (let a = 0; a < sum.length; a++) sum[a]! += weight * vector[a]!
    }
    if (total === 0) return undefined
    for (let a = 0; a < sum.length; a++) sum[a]! /= total
    return sum
  }

  #kept(
    cache: Map<number, Folded>,
    person: number,
    fold: () => Float32Array | undefined,
  ): Float32Array | undefined {
    const version = this.#memory.histories.version(person)
    const said = this.#declared?.of(person)
    const known = cache.get(person)
    if (known?.version === version && known.said === said) return known.vector
    const vector = fold()
    cache.delete(person)
    cache.set(person, { version, said, vector })
    if (cache.size > peopleKept) cache.delete(cache.keys().next().value!)
    return vector
  }
}

/** Of those that are there; undefined when none is. */
function meanOf(vectors: readonly (Float32Array | undefined)[]): Float32Array | undefined {
  const known = vectors.filter((vector) => vector !== undefined)
  const [first] = known
  if (!first || known.length === 1) return first
  return first.map((_, a) => known.reduce((sum, vector) => sum + vector[a]!, 0) / known.length)
}
