/**
 * Who stands near the asking person, for one page: trust along their ties, worked out for everybody at
 * once, and closeness both ways for the few authors it matters for. The measures are those of
 * `relations/`; what they read is bounded, so that a page stays fast.
 */
import type { Memory } from '../memory/memory.ts'
import { closenessOf } from '../relations/closeness.ts'
import { ofSecondStep, rarity, tieTrust } from '../relations/trust.ts'

export interface Nearness {
  /** How far they may rely on everybody, by person number: own ties, and ties of these. 0 to 1 [people] */
  readonly trusts: Float64Array
  /** How close somebody is by what passes between the two. 0 to 1 */
  closeness(person: number): number
}

const tiesRead = 60
const tiesOfTiesRead = 30
/** Closeness is worked out for so many people a page. */
const closeAtMost = 24

/** What it answers is valid until it is asked again: what it writes in is kept from page to page. */
export type MeasureNearness = (memory: Memory, person: number, nowMs: number) => Nearness

export function createNearness(): MeasureNearness {
  const spread = createTrustSpread()
  return (memory, person, nowMs) => {
    const known = new Map<number, number>()
    return {
      trusts: spread(memory, person),
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
}

/** @returns 1 − (1 − direct) · e^−(what ties bring), by person; nothing of whom they blocked or muted, or who blocked them */
function createTrustSpread(): (memory: Memory, person: number) => Float64Array {
  let trusted = new Float64Array(0)
  /** What ties bring, by person; all 0 between two pages. */
  let warmth = new Float64Array(0)
  let reached = new Int32Array(0)
  let count = 0

  function clear(people: number): void {
    for (let at = 0; at < count; at++) trusted[reached[at]!] = 0
    count = 0
    if (trusted.length >= people) return
    trusted = new Float64Array(people * 2)
    warmth = new Float64Array(people * 2)
    reached = new Int32Array(people * 2)
  }

  /** Adds what one tie brings to whom they trust in turn. */
  function warm(memory: Memory, { person, tie, onwards }: Step): void {
    const { values, length } = memory.ties.out(tie)
    for (let far = Math.max(0, length - tiesOfTiesRead); far < length; far++) {
      const other = values[far]!
      if (other === person) continue
      const added = onwards * tieTrust(memory, tie, other)
      if (added === 0) continue
      if (trusted[other] === 0 && warmth[other] === 0) reached[count++] = other
      warmth[other]! += added
    }
  }

  function step(memory: Memory, person: number, tie: number): void {
    const first = tieTrust(memory, person, tie)
    if (first === 0) return
    if (warmth[tie] === 0) reached[count++] = tie
    trusted[tie] = first
    warm(memory, { person, tie, onwards: first * ofSecondStep * rarity(memory, tie) })
  }

  return (memory, person) => {
    const { ties, people } = memory
    clear(people.count)
    if (person < 0) return trusted
    const own = ties.out(person)
    for (let place = Math.max(0, own.length - tiesRead); place < own.length; place++) {
      step(memory, person, own.values[place]!)
    }
    for (let at = 0; at < count; at++) {
      const other = reached[at]!
      trusted[other] = 1 - (1 - trusted[other]!) * Math.exp(-warmth[other]!)
      warmth[other] = 0
    }
    for (const shut of [ties.blockedEitherWay(person), ties.muted(person)]) {
      for (let place = 0; place < shut.length; place++) trusted[shut.values[place]!] = 0
    }
    return trusted
  }
}

/** The step to a tie, and what is left of trust beyond it. */
interface Step {
  readonly person: number
  readonly tie: number
  readonly onwards: number
}
