/**
 * What the people I am tied to engaged with lately. A tie gives more the stronger it is and the more
 * its taste is like mine, so a friend with other tastes does not flood the page.
 */
import type { Interest } from '../interest/interest.ts'
import type { Memory } from '../memory/memory.ts'
import { addEngagements } from './engagements.ts'
import type { Likeness } from './likeness.ts'
import type { Marks } from './marks.ts'
import type { Tally } from './tally.ts'

/** Entries of ties read for one page, shared among the ties. */
const entriesRead = 600
const leastEntriesOfATie = 5
const mostEntriesOfATie = 40
/** What a tie gives whose taste is not known to be like mine, of the 1 that a twin gives. */
const baseTrust = 0.2

/** @param silent people who may not speak for an item */
export function tallyCircle(
  { histories, ties, people }: Memory,
  { authors }: Interest,
  person: number,
  presentMs: number,
  likeness: Likeness,
  silent: Marks,
  tally: Tally,
): void {
  tally.clear()
  if (person < 0) return
  const { values, length } = ties.out(person)
  const wanted = Math.floor(entriesRead / Math.max(1, length))
  const entries = Math.min(mostEntriesOfATie, Math.max(leastEntriesOfATie, wanted))
  const read = Math.min(length, Math.floor(entriesRead / leastEntriesOfATie))
  for (let index = length - read; index < length; index++) {
    const tie = values[index]!
    if (silent.has(tie) || !people.isLive(tie)) continue
    const warmth = Math.max(0, authors.get(tie) ?? 0)
    const strength = 0.5 + ties.weight(person, tie) / 2
    const trust = strength * (baseTrust + likeness.of(tie) + warmth / 2)
    addEngagements(histories, tie, trust, entries, presentMs, tally)
  }
}

/** Muted and blocked people, and those of whom clearly less was asked. */
export function markSilent(
  { ties }: Memory,
  { authors }: Interest,
  person: number,
  silent: Marks,
): void {
  silent.clear()
  if (person < 0) return
  for (const list of [ties.muted(person), ties.blockedEitherWay(person)]) {
    for (let index = 0; index < list.length; index++) silent.add(list.values[index]!)
  }
  for (const [author, closeness] of authors) if (closeness < -0.5) silent.add(author)
}
