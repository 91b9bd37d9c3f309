/** A page while it is filled from the top: what may stand next under the rules, and the way back. */
import type { Rule } from './rule.ts'

export interface Filling {
  /** Candidates placed so far, the top first. */
  readonly order: readonly number[]
  isPlaced(at: number): boolean
  /** The rules that this candidate would break next, as bits; a more important rule has a higher bit. */
  broken(at: number): number
  put(at: number): void
  takeBack(): void
}

export function createFilling(rules: readonly Rule[], count: number): Filling {
  const order: number[] = []
  const placed = new Uint8Array(count)
  const counts: readonly Map<number, number>[] = rules.map(() => new Map())

  function isBroken(rule: Rule, counted: Map<number, number>, at: number): boolean {
    const place = order.length + 1
    if (rule.kind === 'floor') return !rule.has(at) && (counted.get(0) ?? 0) < rule.least(place)
    const group = rule.groupOf(at)
    if (group < 0) return false
    if ((counted.get(group) ?? 0) >= rule.most(place)) return true
    const first = Math.max(0, order.length - rule.apart + 1)
    for (let near = first; near < order.length; near++) {
      if (rule.groupOf(order[near]!) === group) return true
    }
    return false
  }

  function change(at: number, by: number): void {
    for (let number = 0; number < rules.length; number++) {
      const rule = rules[number]!
      const group = rule.kind === 'cap' ? rule.groupOf(at) : rule.has(at) ? 0 : -1
      const counted = counts[number]!
      if (group >= 0) counted.set(group, (counted.get(group) ?? 0) + by)
    }
  }

  return {
    order,
    isPlaced: (at) => placed[at] === 1,
    broken(at) {
      let broken = 0
      for (let number = 0; number < rules.length; number++) {
        if (isBroken(rules[number]!, counts[number]!, at)) broken |= bitOf(rules, number)
      }
      return broken
    },
    put(at) {
      change(at, 1)
      order.push(at)
      placed[at] = 1
    },
    takeBack() {
      const at = order.pop()
      if (at === undefined) return
      change(at, -1)
      placed[at] = 0
    },
  }
}

/** The bit of the nth rule. */
export function bitOf({ length }: readonly Rule[], number: number): number {
  return 1 << (length - 1 - number)
}

/** The rules that are broken somewhere on the page, as bits. */
export function brokenOn(order: readonly number[], rules: readonly Rule[], count: number): number {
  const filling = createFilling(rules, count)
  let broken = 0
  for (const at of order) {
    broken |= filling.broken(at)
    filling.put(at)
  }
  return broken
}
