/**
 * The serving model where pages are made: item vectors by item number, people folded in from their
 * own history when they ask, and the items nearest to them. Swapped whole, between two requests.
 */
import type { Declared } from '../../interest/declared.ts'
import type { Interest } from '../../interest/interest.ts'
import type { ActionModel } from '../../learn/actions/action-model.ts'
import type { ServingModel } from '../../learn/serving/serving-model.ts'
import type { Memory } from '../../memory/memory.ts'
import type { CreateVectors } from '../../vectors/vectors.ts'
import { ServedItems } from './served-items.ts'
import { ServedPeople } from './served-people.ts'

export interface Learned {
  /** False as long as no model serves: then every method below has nothing to say. */
  readonly isServing: boolean
  /** What people do about what they are shown; undefined where it was not learned. */
  readonly actions: ActionModel | undefined
  /** How much an item suits a person, of `count` items into `out`; false when nothing is known. */
  score(person: number, items: Int32Array, count: number, out: Float32Array): boolean
  /** How much an item suits those a person is tied to; false when nothing is known of them. */
  scoreByTies(person: number, items: Int32Array, count: number, out: Float32Array): boolean
  /** Items that suit a person most, best first. */
  best(person: number, limit: number): Int32Array
  /** Places in `interest.recent` of what says most for an item, the most first. */
  reasonsOf(person: number, item: number, interest: Interest): readonly number[]
  /**
   * Puts a model into service, or with undefined none. Prepared in slices beside requests; pages go on
   * with the one before until it is ready.
   * @param itemIds of the rows; an id nobody knows any more is passed over
   */
  serve(model: ServingModel | undefined, itemIds: readonly string[]): Promise<void>
  /** Takes in items that came since, for so long. Returns whether all are taken in. */
  catchUp(milliseconds: number): boolean
  /** Forgets every folded-in person, after an erasure. */
  forgetPeople(): void
}

export interface LearnedOptions {
  /** Index of the items; without one, `best` compares with all of them. */
  readonly createVectors: CreateVectors
  /** Of a model that is put into service beside pages: so long a rest after each slice of work. */
  readonly restMs?: number
  /** What people said they care about: where they are expected to be before they did much. */
  readonly declared?: Declared | undefined
}

export function createLearned(
  memory: Memory,
  { createVectors, restMs = 0, declared }: LearnedOptions,
): Learned {
  let served: { items: ServedItems; people: ServedPeople; model: ServingModel } | undefined

  return {
    get isServing() {
      return served !== undefined
    },
    get actions() {
      return served?.model.actions
    },
    score(person, items, count, out) {
      const vector = served?.people.vectorOf(person)
      if (!served || !vector) return false
      served.items.dots(vector, items, count, out)
      return true
    },
    scoreByTies(person, items, count, out) {
      const vector = served?.people.circleOf(person)
      if (!served || !vector) return false
      served.items.dots(vector, items, count, out)
      return true
    },
    best: (person, limit) => served?.people.bestOf(person, limit) ?? none,
    reasonsOf: (person, item, { recent }) =>
      served?.people.reasonsOf(
        person,
        item,
        recent.map((entry) => entry.item),
      ) ?? [],
    async serve(model, itemIds) {
      if (!model) {
        served = undefined
        return
      }
      const items = new ServedItems(memory, model, createVectors)
      await items.fill(itemIds, restMs)
      served = { items, people: new ServedPeople(memory, model, items, declared), model }
    },
    catchUp: (milliseconds) => served?.items.catchUp(milliseconds) ?? true,
    forgetPeople() {
      served?.people.forget()
    },
  }
}

const none = new Int32Array(0)
