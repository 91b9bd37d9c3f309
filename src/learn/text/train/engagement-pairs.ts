/**
 * Pairs of texts out of what people have: two things of one person, and a person (what they have
 * had, as one text) with something else of theirs.
 */
import { integer, type Random, someOf } from '../../../math/random.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Pair } from './contrastive.ts'

export interface EngagementPairs {
  /** How many different pairs of things there are, at most. */
  readonly count: number
  draw(count: number, random: Random): Pair[]
}

export interface EngagementOptions {
  /** Share of the pairs whose left side is a person. */
  readonly people: number
  /** Things that a person is described by, at most. */
  readonly past: number
}

/** @param among people by number; those of the validation part are others */
export function engagementPairs(
  { interactions, facts = [] }: Dataset,
  { people, past }: EngagementOptions,
  among: (user: number) => boolean = () => true,
): EngagementPairs {
  const histories: Int32Array[] = []
  for (let user = 0; user < interactions.rows; user++) {
    const own = interactions.columnOf
      .slice(interactions.starts[user]!, interactions.starts[user + 1]!)
      .filter((item) => facts[item]?.text.trim())
    if (own.length >= 2 && among(user)) histories.push(own)
  }
  // Drawn by the root of their length: otherwise a few busy people would be all that is learned.
  const reach: number[] = []
  let total = 0
  for (const { length } of histories) {
    total += Math.sqrt(length)
    reach.push(total)
  }
  const textOf = (item: number): string => facts[item]!.text

  function drawOne(random: Random): Pair {
    const own = histories[placeOf(reach, random() * total)]!
    const target = integer(random, 0, own.length)
    const other = (target + 1 + integer(random, 0, own.length - 1)) % own.length
    if (random() >= people) return [textOf(own[other]!), textOf(own[target]!)]
    const rest = own.filter((_, at) => at !== target)
    const shown = someOf(random, rest, past).map(textOf)
    return [shown.join('; '), textOf(own[target]!)]
  }

  return {
    count: histories.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0),
    draw: (count, random) =>
      histories.length === 0 ? [] : Array.from({ length: count }, () => drawOne(random)),
  }
}

/** The first whose reach is beyond; by halves. */
function placeOf(reach: readonly number[], value: number): number {
  let [from, to] = [0, reach.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (reach[middle]! > value) to = middle
    else from = middle + 1
  }
  return from
}
