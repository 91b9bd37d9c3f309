/**
 * Gives every so many places to an item that only chance proposed, drawn evenly from all that would keep the
 * page's bounds, so that the chance of each is known.
 */
import { integer, type Random } from '../../../math/random.ts'
import { brokenOn, createFilling, type Filling } from './filling.ts'
import type { Rule } from './rule.ts'

export interface ExploreOptions {
  /** One place in so many, the last of each stretch. */
  readonly every: number
  isByChance(at: number): boolean
  readonly random: Random
  /** Told of each place that was given to chance. */
  chosen(at: number, among: readonly number[]): void
}

/** So many of those that would do, the best by score, are drawn from. */
const mostInPool = 4

/** @returns a page of the same length */
export function explore(
  order: readonly number[],
  rules: readonly Rule[],
  count: number,
  { every, isByChance, random, chosen }: ExploreOptions,
): readonly number[] {
  let page = order
  for (let place = every - 1; place < order.length; place += every) {
    const pool = poolFor(page, place, rules, count, isByChance)
    const at = pool[integer(random, 0, pool.length)]
    if (at === undefined) break
    page = withInserted(page, place, at)
    chosen(at, pool)
  }
  return page
}

/** Who could take this place without a bound being broken that was kept. */
function poolFor(
  page: readonly number[],
  place: number,
  rules: readonly Rule[],
  count: number,
  isByChance: (at: number) => boolean,
): number[] {
  const shown = new Set(page)
  const allowed = brokenOn(page, rules, count)
  const filling = createFilling(rules, count)
  for (const at of page.slice(0, place)) filling.put(at)
  const pool: number[] = []
  for (let at = 0; at < count && pool.length < mostInPool; at++) {
    if (!isByChance(at) || shown.has(at)) continue
    if (isKept(filling, [at, ...page.slice(place, -1)], allowed)) pool.push(at)
  }
  return pool
}

/** Whether these may follow; the filling is left as it was. */
function isKept(filling: Filling, rest: readonly number[], allowed: number): boolean {
  let placed = 0
  let broken = 0
  for (const at of rest) {
    broken |= filling.broken(at) & ~allowed
    if (broken !== 0) break
    filling.put(at)
    placed++
  }
  for (; placed > 0; placed--) filling.takeBack()
  return broken === 0
}

/** The last one falls off the page. */
function withInserted(page: readonly number[], place: number, at: number): readonly number[] {
  return [...page.slice(0, place), at, ...page.slice(place, -1)]
}
