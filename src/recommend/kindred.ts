/** What people of the same taste engaged with, whether I know them or not. */
import type { Memory } from '../memory/memory.ts'
import { addEngagements } from './engagements.ts'
import type { Likeness } from './likeness.ts'
import type { Marks } from './marks.ts'
import type { Tally } from './tally.ts'

const peopleRead = 30
const entriesOfAPerson = 40

/** @param silent people who may not speak for an item */
export function tallyKindred(
  { histories, people }: Memory,
  presentMs: number,
  likeness: Likeness,
  silent: Marks,
  tally: Tally,
): void {
  tally.clear()
  for (const other of likeness.closest(peopleRead)) {
    if (silent.has(other) || !people.isLive(other)) continue
    const trust = likeness.of(other) ** 2
    addEngagements(histories, other, trust, entriesOfAPerson, presentMs, tally)
  }
}
