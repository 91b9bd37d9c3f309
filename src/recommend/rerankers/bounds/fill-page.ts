/**
 * Fills a page so that all rules hold, taking what is preferred wherever it can: a search in depth that goes
 * back where nothing fits. Where the candidates leave no way, or none is found within a bounded number of
 * looks, the least important rule gives way; it still counts wherever it can.
 */
import { bitOf, createFilling, type Filling } from './filling.ts'
import type { Rule } from './rule.ts'

/** Candidates looked at in one way of filling a page: far more than a page needs where nothing is in the way. */
const mostLooks = 8_000
/** A page is first filled by preference alone, then with ever larger parts of it, from below, by what presses. */
const parts = 4

/**
 * @param rules most important first
 * @param count candidates, known by their place in the order of preference
 * @param length of the page, at most `count`
 * @returns candidates, the top first. [length]
 */
export function fillPage(
  rules: readonly Rule[],
  count: number,
  length: number,
  looks = mostLooks,
): readonly number[] {
  // A rule that cannot be kept even alone takes no other with it.
  let hard = 0
  rules.forEach((rule, number) => {
    if (!isHopeless(rule, count, length)) hard |= bitOf(rules, number)
  })
  const sortOf = sortsOf(rules, count)
  for (;;) {
    const order = fillKeeping({ rules, count, length, hard, sortOf }, looks)
    if (order) return order
    // The lowest bit is the least important rule.
    hard &= hard - 1
  }
}

/** The ways of filling one after another; undefined when none leads to a page that keeps the hard rules. */
function fillKeeping(
  page: Pick<Search, 'rules' | 'count' | 'length' | 'hard' | 'sortOf'>,
  looks: number,
): readonly number[] | undefined {
  for (let part = parts; part >= 0; part--) {
    const pressingFrom = Math.ceil((page.length * part) / parts)
    const filling = createFilling(page.rules, page.count)
    const left = part === parts ? looks : looks / parts
    const budget = { left: page.hard === 0 ? Number.POSITIVE_INFINITY : left }
    if (fill({ ...page, pressingFrom, budget, filling })) return filling.order
    // Every way was tried: looking once more in another order finds none either.
    if (budget.left > 0) return undefined
  }
  return undefined
}

interface Search {
  readonly rules: readonly Rule[]
  readonly count: number
  readonly length: number
  /** The rules that may not be broken, as bits. */
  readonly hard: number
  /** From this place on, from 0, the most pressing is tried first, above it the preferred. */
  readonly pressingFrom: number
  readonly budget: { left: number }
  readonly filling: Filling
  sortOf(at: number): number
}

function fill(search: Search): boolean {
  const { filling, length, budget, pressingFrom } = search
  if (filling.order.length === length) return true
  let first = -1
  if (filling.order.length < pressingFrom) {
    // Nearly always the first that fits is right, and no list of the others is needed.
    first = firstFitting(search)
    if (first >= 0 && descend(search, first)) return true
  }
  if (budget.left <= 0 || isDeadEnd(search)) return false
  for (const at of alternatives(search)) {
    if (at === first) continue
    if (descend(search, at)) return true
    if (budget.left <= 0) return false
  }
  return false
}

function descend(search: Search, at: number): boolean {
  search.filling.put(at)
  if (fill(search)) return true
  search.filling.takeBack()
  return false
}

/** The first that breaks nothing; where there is none, of those allowed the one that breaks the least. */
function firstFitting({ count, hard, budget, filling }: Search): number {
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < count && least > 0; at++) {
    if (filling.isPlaced(at)) continue
    budget.left--
    const broken = filling.broken(at)
    if (broken < least && (broken & hard) === 0) [best, least] = [at, broken]
  }
  return best
}

/** One candidate of each sort that is allowed, for those of one sort are alike to the rules. */
function alternatives(search: Search): number[] {
  const { count, hard, budget, filling, pressingFrom, sortOf } = search
  const broken = new Map<number, { readonly at: number; readonly broken: number }>()
  for (let at = 0; at < count; at++) {
    if (filling.isPlaced(at) || broken.has(sortOf(at))) continue
    broken.set(sortOf(at), { at, broken: filling.broken(at) })
  }
  budget.left -= count
  const allowed = [...broken.values()].filter((one) => (one.broken & hard) === 0)
  if (filling.order.length < pressingFrom) return allowed.sort(inOrder).map(({ at }) => at)
  const press = pressures(search)
  return allowed
    .map((one) => ({ ...one, press: press(one.at) }))
    .sort((a, b) => a.broken - b.broken || b.press - a.press || a.at - b.at)
    .map(({ at }) => at)
}

function inOrder(a: { at: number; broken: number }, b: { at: number; broken: number }): number {
  return a.broken - b.broken || a.at - b.at
}

/** How pressing a candidate is: how much of the room that is left for its groups they need. */
function pressures({ rules, count, length, filling }: Search): (at: number) => number {
  const left = length - filling.order.length
  const loads = rules.flatMap((rule) => {
    if (rule.kind === 'floor') return []
    const sizes = new Map<number, number>()
    for (const at of filling.order) add(sizes, rule.groupOf(at))
    const waiting = new Map<number, number>()
    for (let at = 0; at < count; at++) if (!filling.isPlaced(at)) add(waiting, rule.groupOf(at))
    return [
      (at: number): number => {
        const group = rule.groupOf(at)
        if (group < 0) return 0
        const room = rule.most(length) - (sizes.get(group) ?? 0)
        return (
          Math.min(room, waiting.get(group) ?? 0) / Math.min(room, Math.ceil(left / rule.apart))
        )
      },
    ]
  })
  return (at) => loads.reduce((sum, load) => sum + load(at), 0)
}

function add(counts: Map<number, number>, group: number): void {
  counts.set(group, (counts.get(group) ?? 0) + 1)
}

/** Candidates of the same groups have the same number. */
function sortsOf(rules: readonly Rule[], count: number): (at: number) => number {
  const numbers = new Map<string, number>()
  let known: Int32Array | undefined
  return (at) => {
    known ??= Int32Array.from({ length: count }, (_, other) => {
      const groups = rules.map((rule) =>
        rule.kind === 'cap' ? rule.groupOf(other) : Number(rule.has(other)),
      )
      const name = groups.join(' ')
      const number = numbers.get(name) ?? numbers.size
      numbers.set(name, number)
      return number
    })
    return known[at]!
  }
}

/** A rule that alone leaves too few candidates, whatever their order. */
function isHopeless(rule: Rule, count: number, length: number): boolean {
  return roomUnder(rule, createFilling([], count), count, length) < length
}

/** The same for the rest of a page: seen early, it spares the search below. */
function isDeadEnd({ rules, hard, count, length, filling, budget }: Search): boolean {
  budget.left -= count
  return rules.some(
    (rule, number) =>
      (hard & bitOf(rules, number)) !== 0 &&
      roomUnder(rule, filling, count, length) < length - filling.order.length,
  )
}

/** The most places that what is left can fill under one cap: no group above its share, nor closer than allowed. */
function roomUnder(rule: Rule, filling: Filling, count: number, length: number): number {
  const left = length - filling.order.length
  if (rule.kind === 'floor') return left
  const sizes = new Map<number, number>()
  for (const at of filling.order) {
    const group = rule.groupOf(at)
    sizes.set(group, (sizes.get(group) ?? 0) + 1)
  }
  const taken = new Map<number, number>()
  const apart = Math.ceil(left / rule.apart)
  let room = 0
  for (let at = 0; at < count && room < left; at++) {
    if (filling.isPlaced(at)) continue
    const group = rule.groupOf(at)
    const more = taken.get(group) ?? 0
    if (group >= 0 && (more >= apart || more + (sizes.get(group) ?? 0) >= rule.most(length)))
      continue
    taken.set(group, more + 1)
    room++
  }
  return room
}
