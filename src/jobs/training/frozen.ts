/**
 * What a new model forgot: on a set of old likings that stays the same from training to training, how
 * often each is found again among random items, by the model before and by the new one.
 */
import { FoldIn } from '../../learn/serving/fold-in.ts'
import { itemsOf } from '../../learn/serving/serving-model.ts'
import { integer, seededRandom } from '../../math/random.ts'
import type { Memory } from '../../memory/memory.ts'
import { readLikings } from '../../recommend/learned/likings.ts'
import type { FittedModel } from './fit-model.ts'

/** One in so many likings, by a hash of who and what. */
const oneIn = 17
const mostPairs = 2_000
/** Found again: among the best ten of these and itself. */
const others = 99
const among = 10

/** @returns the share found again by each model, over likings whose item all of them know */
export function foundAgain(memory: Memory, models: readonly FittedModel[]): number[] {
  const finders = models.map(finderOf)
  const found = models.map(() => 0)
  let pairs = 0
  for (let person = 0; person < memory.people.count && pairs < mostPairs; person++) {
    const likings = likingsOf(memory, person)
    for (const { item, id } of likings) {
      const isAsked = likings.length > 1 && isFrozen(person, item)
      if (!isAsked || !finders.every((finder) => finder.knows(id))) continue
      const rest = likings.filter((liking) => liking.item !== item)
      pairs++
      finders.forEach((finder, place) => {
        found[place]! += finder.finds(id, rest, person) ? 1 : 0
      })
    }
  }
  return found.map((count) => count / Math.max(1, pairs))
}

interface Liking {
  readonly item: number
  readonly id: string
  readonly weight: number
}

/** What a model makes of a person without one of their likings, asked for that one. */
function finderOf({ model, itemIds }: FittedModel) {
  const rows = new Map(itemIds.map((id, row) => [id, row]))
  const foldIn = new FoldIn(model.width, model.gram, itemsOf(model), model.options)
  return {
    knows: (id: string) => rows.has(id),
    finds(id: string, likings: readonly Liking[], seed: number): boolean {
      const known = likings.filter((liking) => rows.has(liking.id))
      const vector = foldIn.person({
        vectors: model.vectors,
        rows: known.map((liking) => rows.get(liking.id)!),
        confidences: known.map(({ weight }) => weight),
      })
      return isFound(vector, model.vectors, rows.get(id)!, seed)
    },
  }
}

function likingsOf(memory: Memory, person: number): Liking[] {
  const likings: Liking[] = []
  readLikings(memory, person, (item, weight) => {
    likings.push({ item, id: memory.items.get(item)?.id ?? '', weight })
  })
  return likings
}

function isFrozen(person: number, item: number): boolean {
  const mixed = Math.imul(person ^ Math.imul(item, 0x9e3779b1), 0x85ebca6b)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % oneIn === 0
}

function isFound(person: Float32Array, vectors: Float32Array, row: number, seed: number): boolean {
  const score = (at: number): number => {
    let sum = 0
    for (let a = 0; a < person.length; a++) sum += person[a]! * vectors[at * person.length + a]!
    return sum
  }
  const random = seededRandom(seed)
  const own = score(row)
  let ahead = 0
  for (let n = 0; n < others; n++) {
    const other = integer(random, 0, vectors.length / person.length)
    if (other !== row && score(other) >= own) ahead++
  }
  return ahead < among
}
