/**
 * Item to item: what people who have this also have. Cosine of the items' columns with shrinkage,
 * the nearest N kept (Deshpande & Karypis, TOIS 2004), optionally fading with time.
 */
import { setImmediate } from 'node:timers/promises'
import { type Csr, transpose } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Tunable } from '../search/space.ts'
import { type FitContext, type Model, rowModel, type Trainer } from '../trainer.ts'

export interface ItemKnnOptions {
  /** Kept per item. */
  readonly neighbours: number
  /** Added to the norms' product: pairs seen together by few count less. */
  readonly shrinkage: number
  /** How much of a value counts: 0 = had or not, 1 = the value itself; between, its power. */
  readonly valuePower: number
  /** How much a person with many items counts: each counts n^-userPower in every pair. */
  readonly userPower: number
  /** An interaction counts half after so many days, for data with times; 0 = never fades. */
  readonly halfLifeDays: number
}

/** Chosen on the validation parts of lastfm (random 8:1:1); the optimum is flat. */
export const itemKnnDefaults: ItemKnnOptions = {
  neighbours: 1_000,
  shrinkage: 5,
  valuePower: 0.1,
  userPower: 0.5,
  halfLifeDays: 0,
}

const itemsPerBreath = 2_000
const day = 86_400_000

export function itemKnnTrainer(options: Partial<ItemKnnOptions> = {}): Trainer {
  const chosen = { ...itemKnnDefaults, ...options }
  return {
    name: 'item-knn',
    usesChance: false,
    async fit(train, context) {
      const weights = weightsOf(train, chosen)
      const neighbours = await neighboursOf(weights, chosen, context)
      return profileModel(weights, neighbours)
    },
  }
}

export const itemKnnTunable: Tunable = {
  name: 'item-knn',
  defaults: { ...itemKnnDefaults },
  space: {
    neighbours: { kind: 'whole', from: 20, to: 2_000, isLog: true },
    shrinkage: { kind: 'real', from: 0.5, to: 100, isLog: true },
    valuePower: { kind: 'real', from: 0, to: 1 },
    userPower: { kind: 'real', from: 0, to: 1 },
    halfLifeDays: { kind: 'choice', values: [0, 7, 30, 120, 365] },
  },
  make: (options) => itemKnnTrainer(options),
}

/** The interactions with the weight each counts for in a profile. */
function weightsOf({ interactions, times }: Dataset, options: ItemKnnOptions): Csr {
  const latest = times?.reduce((a, b) => Math.max(a, b), -Infinity) ?? 0
  const values = interactions.values.map((value, entry) => {
    const age = times && options.halfLifeDays > 0 ? latest - times[entry]! : 0
    const fading = age === 0 ? 1 : 0.5 ** (age / (options.halfLifeDays * day))
    return value ** options.valuePower * fading
  })
  return { ...interactions, values }
}

interface Neighbours {
  readonly items: Int32Array
  readonly closeness: Float32Array
}

/** One list per item. */
async function neighboursOf(
  weights: Csr,
  options: ItemKnnOptions,
  { signal, progress }: FitContext,
): Promise<Neighbours[]> {
  const byItem = transpose(weights).csr
  const norms = normsOf(byItem)
  const together = new Float32Array(byItem.rows)
  const shares = sharesOf(weights, options.userPower)
  const lists: Neighbours[] = []
  for (let item = 0; item < byItem.rows; item++) {
    if (item % itemsPerBreath === 0) {
      progress?.(item, byItem.rows)
      await setImmediate()
      signal?.throwIfAborted()
    }
    const touched = addTogether(weights, byItem, shares, item, together)
    lists.push(nearestOf(item, touched, together, norms, options))
    for (const other of touched) together[other] = 0
  }
  return lists
}

function normsOf(byItem: Csr): Float32Array {
  const norms = new Float32Array(byItem.rows)
  for (let item = 0; item < byItem.rows; item++) {
    let squares = 0
    for (let entry = byItem.starts[item]!; entry < byItem.starts[item + 1]!; entry++) {
      squares += byItem.values[entry]! ** 2
    }
    norms[item] = Math.sqrt(squares)
  }
  return norms
}

function sharesOf({ starts, rows }: Csr, userPower: number): Float32Array {
  return Float32Array.from(
    { length: rows },
    (_, user) => Math.max(1, starts[user + 1]! - starts[user]!) ** -userPower,
  )
}

/** Sums over everybody with `item`; returns which items were reached. */
function addTogether(
  weights: Csr,
  byItem: Csr,
  shares: Float32Array,
  item: number,
  together: Float32Array,
): number[] {
  const touched: number[] = []
  for (let entry = byItem.starts[item]!; entry < byItem.starts[item + 1]!; entry++) {
    const user = byItem.columnOf[entry]!
    const share = byItem.values[entry]! * shares[user]!
    for (let place = weights.starts[user]!; place < weights.starts[user + 1]!; place++) {
      const other = weights.columnOf[place]!
      if (together[other] === 0) touched.push(other)
      together[other]! += share * weights.values[place]!
    }
  }
  return touched
}

function nearestOf(
  item: number,
  touched: readonly number[],
  together: Float32Array,
  norms: Float32Array,
  { neighbours, shrinkage }: ItemKnnOptions,
): Neighbours {
  const others = Int32Array.from(touched).filter((other) => other !== item)
  const closeness = Float32Array.from(
    others,
    (other) => together[other]! / (norms[item]! * norms[other]! + shrinkage),
  )
  if (others.length <= neighbours) return { items: others, closeness }
  const least = closeness.toSorted()[closeness.length - neighbours]!
  const isNear = (_: number, place: number): boolean => closeness[place]! >= least
  return { items: others.filter(isNear), closeness: closeness.filter(isNear) }
}

/** A person's score of an item: the summed closeness of what they have to it. */
function profileModel(weights: Csr, neighbours: readonly Neighbours[]): Model {
  return rowModel(weights.columns, (user, row) => {
    for (let entry = weights.starts[user]!; entry < weights.starts[user + 1]!; entry++) {
      const { items, closeness } = neighbours[weights.columnOf[entry]!]!
      const weight = weights.values[entry]!
      for (let near = 0; near < items.length; near++) {
        row[items[near]!]! += weight * closeness[near]!
      }
    }
  })
}
