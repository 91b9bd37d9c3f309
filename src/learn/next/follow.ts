/**
 * Which items follow which: pairs that stand in one sequence, counted the less the further apart
 * they are; a history's score of an item is the sum over its items, the recent ones most. With a
 * pair decay and both directions this is a position-decayed item-to-item kNN (after S-SKNN and
 * V-SKNN of Ludewig & Jannach, UMUAI 2018); forward alone, a Markov chain with skips (He & McAuley 2016).
 */
import { setImmediate } from 'node:timers/promises'
import { bestPlaces } from '../../math/top-k.ts'
import type { NextFitContext } from './next-trainer.ts'
import { countsOf, type Sequences } from './sequences.ts'

export interface FollowOptions {
  /** A pair d places apart counts d^-pairPower. */
  readonly pairPower: number
  /** What a pair counts against the order in which it was had: 0 = nothing, 1 = as much. */
  readonly backward: number
  /** Divides by (times the item of the history occurs + shrinkage)^fromPower. */
  readonly fromPower: number
  /** Divides by (times the scored item occurs + shrinkage)^toPower. */
  readonly toPower: number
  readonly shrinkage: number
  /** Everybody counts length^-linePower in every pair. */
  readonly linePower: number
  /** The item a places from the end of the history counts (a + 1)^-historyPower · historyFade^a. */
  readonly historyPower: number
  readonly historyFade: number
  /** Kept per item. */
  readonly neighbours: number
}

export interface Follows {
  /** One per item. */
  readonly near: readonly Near[]
  readonly options: FollowOptions
}

interface Near {
  readonly items: Int32Array
  readonly weights: Float32Array
}

const itemsPerBreath = 2_000

export async function followsOf(
  sequences: Sequences,
  options: FollowOptions,
  { signal, progress }: Pick<NextFitContext, 'signal' | 'progress'>,
): Promise<Follows> {
  const counts = countsOf(sequences)
  const shares = sequences.lines.map(({ length }) => Math.max(1, length) ** -options.linePower)
  const places = placesOf(sequences)
  const sums = new Float32Array(sequences.items.size)
  const near: Near[] = []
  for (let item = 0; item < sums.length; item++) {
    if (item % itemsPerBreath === 0) {
      progress?.(item, sums.length)
      await setImmediate()
      signal?.throwIfAborted()
    }
    const touched = addPairs(sequences, places, shares, item, options, sums)
    near.push(nearestOf(item, touched, sums, counts, options))
    for (const other of touched) sums[other] = 0
  }
  return { near, options }
}

/** Where each item stands: the places of item i are starts[i] … starts[i + 1] - 1. */
interface Places {
  readonly starts: Int32Array
  readonly lineOf: Int32Array
  readonly placeOf: Int32Array
}

function placesOf(sequences: Sequences): Places {
  const starts = new Int32Array(sequences.items.size + 1)
  for (const line of sequences.lines) for (const item of line) starts[item + 1]! += 1
  for (let item = 0; item < sequences.items.size; item++) starts[item + 1]! += starts[item]!
  const next = starts.slice()
  const lineOf = new Int32Array(starts.at(-1)!)
  const placeOf = new Int32Array(starts.at(-1)!)
  for (const [number, line] of sequences.lines.entries()) {
    for (const [place, item] of line.entries()) {
      const at = next[item]!++
      lineOf[at] = number
      placeOf[at] = place
    }
  }
  return { starts, lineOf, placeOf }
}

/** Adds what stands around every place of `item` to `sums`; returns the items reached. */
function addPairs(
  { lines }: Sequences,
  { starts, lineOf, placeOf }: Places,
  shares: readonly number[],
  item: number,
  { pairPower, backward }: FollowOptions,
  sums: Float32Array,
): number[] {
  const touched: number[] = []
  for (let at = starts[item]!; at < starts[item + 1]!; at++) {
    const line = lines[lineOf[at]!]!
    const share = shares[lineOf[at]!]!
    const place = placeOf[at]!
    for (let other = backward > 0 ? 0 : place + 1; other < line.length; other++) {
      const reached = line[other]!
      if (reached === item) continue
      const apart = Math.abs(other - place)
      const weight = share * (other > place ? 1 : backward) * apart ** -pairPower
      if (sums[reached] === 0) touched.push(reached)
      sums[reached]! += weight
    }
  }
  return touched
}

function nearestOf(
  item: number,
  touched: readonly number[],
  sums: Float32Array,
  counts: Float32Array,
  { fromPower, toPower, shrinkage, neighbours }: FollowOptions,
): Near {
  const from = (counts[item]! + shrinkage) ** -fromPower
  const weights = Float32Array.from(
    touched,
    (other) => sums[other]! * from * (counts[other]! + shrinkage) ** -toPower,
  )
  if (touched.length <= neighbours) return { items: Int32Array.from(touched), weights }
  const best = bestPlaces(weights, neighbours)
  return {
    items: best.map((place) => touched[place]!),
    weights: Float32Array.from(best, (place) => weights[place]!),
  }
}

/** Adds the scores of a history to `row`. */
export function addFollows({ near, options }: Follows, history: Int32Array, row: Float32Array) {
  const { historyPower, historyFade } = options
  for (let age = 0; age < history.length; age++) {
    const { items, weights } = near[history[history.length - 1 - age]!]!
    const weight = (age + 1) ** -historyPower * historyFade ** age
    for (let place = 0; place < items.length; place++)
      row[items[place]!]! += weight * weights[place]!
  }
}
