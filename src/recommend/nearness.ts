/**
 * Who stands near the asking person, for one page: trust along their ties, worked out for everybody at
 * once, and closeness both ways for the few authors it matters for. The measures are those of
 * `relations/`; what they read is bounded, so that a page stays fast.
 */
import type { Memory } from '../memory/memory.ts'
import { closenessOf } from '../relations/closeness.ts'
import { ofSecondStep, rarity, tieTrust } from '../relations/trust.ts'

export interface Nearness {
  /** How far they may rely on somebody: own ties, and ties of these. 0 to 1 */
  trust(person: number): number
  /** How close somebody is by what passes between the two. 0 to 1 */
  closeness(person: number): number
}

const tiesRead = 60
const tiesOfTiesRead = 30
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

/** 1 − (1 − direct) · e^−(what ties bring), by person; nothing of whom they blocked or muted, or who blocked them. */
function spreadTrust(memory: Memory, person: number): Map<number, number> {
  const { ties } = memory
  const { direct, warmth } = stepsFrom(memory, person)
  const trusted = new Map<number, number>()
  for (const other of [...direct.keys(), ...warmth.keys()]) {
    const reached = 1 - (1 - (direct.get(other) ?? 0)) * Math.exp(-(warmth.get(other) ?? 0))
    trusted.set(other, reached)
  }
  for (const shut of [ties.blockedEitherWay(person), ties.muted(person)]) {
    for (let place = 0; place < shut.length; place++) trusted.delete(shut.values[place]!)
  }
  return trusted
}

/** Trust by the first step, and what the second steps bring. */
function stepsFrom(memory: Memory, person: number) {
  const direct = new Map<number, number>()
  const warmth = new Map<number, number>()
  const own = memory.ties.out(person)
  for (let place = Math.max(0, own.length - tiesRead); place < own.length; place++) {
    const tie = own.values[place]!
    const first = tieTrust(memory, person, tie)
    if (first === 0) continue
    direct.set(tie, first)
    warm(memory, { person, tie, onwards: first * ofSecondStep * rarity(memory, tie) }, warmth)
  }
  return { direct, warmth }
}

interface Step {
  readonly person: number
  readonly tie: number
  readonly onwards: number
}

/** Adds what one tie brings to whom they trust in turn. */
function warm(memory: Memory, { person, tie, onwards }: Step, warmth: Map<number, number>): void {
  const next = memory.ties.out(tie)
  for (let far = Math.max(0, next.length - tiesOfTiesRead); far < next.length; far++) {
    const other = next.values[far]!
    const added = other === person ? 0 : onwards * tieTrust(memory, tie, other)
    if (added > 0) warmth.set(other, (warmth.get(other) ?? 0) + added)
  }
}
