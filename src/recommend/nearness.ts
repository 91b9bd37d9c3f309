/**
 * Who stands near the asking person, for one page: trust along their ties, worked out for everybody at
 * once, and closeness both ways for the few authors it matters for. The measures are those of
 * `relations/`; what they read is bounded, so that a page stays fast.
 */
import type { Memory } from '../memory/memory.ts'
import { closenessOf } from '../relations/closeness.ts'

export interface Nearness {
  /** How far they may rely on somebody: own ties, and ties of these. 0 to 1 */
  trust(person: number): number
  /** How close somebody is by what passes between the two. 0 to 1 */
  closeness(person: number): number
}

const tiesRead = 60
const tiesOfTiesRead = 30
/** As in `relations/trust.ts`: what a tie of one's own is worth, and what is left of it a step further. */
const ownTie = 0.6
const returned = 0.25
const ofSecondStep = 0.6
/** Closeness is worked out for so many people a page. */
const closeAtMost = 24

export function nearnessOf(memory: Memory, person: number, nowMs: number): Nearness {
  const trusted = person < 0 ? new Map<number, number>() : spreadTrust(memory, person)
  const known = new Map<number, number>()
  return {
    trust: (other) => trusted.get(other) ?? 0,
    closeness(other) {
      const before = known.get(other)
      if (before !== undefined) return before
      if (person < 0 || other === person || known.size >= closeAtMost) return 0
      const { value } = closenessOf(memory, person, other, { nowMs })
      known.set(other, value)
      return value
    },
  }
}

/** 1 − (1 − direct) · e^−(what ties bring), by person. */
function spreadTrust({ ties }: Memory, person: number): Map<number, number> {
  const direct = new Map<number, number>()
  const warmth = new Map<number, number>()
  const own = ties.out(person)
  for (let place = Math.max(0, own.length - tiesRead); place < own.length; place++) {
    const tie = own.values[place]!
    const weight = ties.weight(person, tie)
    const first = ownTie * weight + returned * weight * ties.weight(tie, person)
    direct.set(tie, first)
    const next = ties.out(tie)
    const rarity = ofSecondStep / Math.log2(2 + next.length)
    for (let far = Math.max(0, next.length - tiesOfTiesRead); far < next.length; far++) {
      const other = next.values[far]!
      if (other === person) continue
      const added = first * ownTie * ties.weight(tie, other) * rarity
      warmth.set(other, (warmth.get(other) ?? 0) + added)
    }
  }
  const trusted = new Map<number, number>()
  for (const other of [...direct.keys(), ...warmth.keys()]) {
    const reached = 1 - (1 - (direct.get(other) ?? 0)) * Math.exp(-(warmth.get(other) ?? 0))
    trusted.set(other, reached)
  }
  return trusted
}
