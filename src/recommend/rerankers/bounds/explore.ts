/**
 * Gives every so many places to an item that only chance proposed, drawn evenly from all that would keep the
 * page's bounds, so that the chance of each is known.
 */
import { integer, type Random } from '../../../math/random.ts'
import { brokenOn } from './filling.ts'
import type { Rule } from './rule.ts'

export interface ExploreOptions {
  /** One place in so many, the last of each stretch. */
  readonly every: number
  isByChance(at: number): boolean
  readonly random: Random
  /** Told of each place that was given to chance. */
  chosen(at: number, among: readonly number[]): void
}

/** @returns a page of the same length */
export function explore(
  order: readonly number[],
  rules: readonly Rule[],
  count: number,
  { every, isByChance, random, chosen }: ExploreOptions,
): readonly number[] {
  let page = order
  for (let place = every - 1; place < order.length; place += every) {
    const shown = new Set(page)
    const broken = brokenOn(page, rules, count)
    const pool: number[] = []
    for (let at = 0; at < count; at++) {
      if (!isByChance(at) || shown.has(at)) continue
      if ((brokenOn(withInserted(page, place, at), rules, count) & ~broken) === 0) pool.push(at)
    }
    const at = pool[integer(random, 0, pool.length)]
    if (at === undefined) break
    page = withInserted(page, place, at)
    chosen(at, pool)
  }
  return page
}

/** The last one falls off the page. */
function withInserted(page: readonly number[], place: number, at: number): readonly number[] {
  return [...page.slice(0, place), at, ...page.slice(place, -1)]
}
