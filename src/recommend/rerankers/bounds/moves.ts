/** What each rule did to a page, read by filling it once more: whom it held back, and whom it lifted. */
import { createFilling } from './filling.ts'
import type { Rule } from './rule.ts'

/** @param note called for a candidate that a rule held back, or lifted above better ones */
export function tellMoves(
  order: readonly number[],
  rules: readonly Rule[],
  count: number,
  note: (at: number, rule: Rule) => void,
): void {
  const filling = createFilling(rules, count)
  for (const chosen of order) {
    for (let at = 0; at < chosen; at++) {
      if (filling.isPlaced(at)) continue
      const rule = rules[rules.length - 1 - highestBit(filling.broken(at))]
      if (rule) note(rule.kind === 'floor' ? chosen : at, rule)
    }
    filling.put(chosen)
  }
}

/** -1 for none. */
function highestBit(bits: number): number {
  return 31 - Math.clz32(bits)
}
