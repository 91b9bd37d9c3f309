/** How much two people's circles have in common: whoever is tied to both, either way, the less known the more. */
import type { Memory, Numbers, TieMemory } from '../memory/memory.ts'

const mostTies = 150
/** Weight of common ties at which half is reached. */
const halfFull = 1.5

/** From 0 towards 1. Bounded work, however many ties either has. */
export function commonCircle({ ties }: Memory, a: number, b: number): number {
  // Starting from whoever has fewer ties finds the same people sooner.
  const [start, end] = tiesOf(ties, a) <= tiesOf(ties, b) ? [a, b] : [b, a]
  const seen = new Set<number>()
  let weight = 0
  for (const list of [ties.out(start), ties.in(start)]) {
    for (const tie of newestOf(list)) {
      if (tie === end || seen.has(tie)) continue
      seen.add(tie)
      if (ties.weight(tie, end) === 0 && ties.weight(end, tie) === 0) continue
      weight += 1 / Math.log2(2 + tiesOf(ties, tie))
    }
  }
  return weight / (weight + halfFull)
}

function tiesOf(ties: TieMemory, person: number): number {
  return ties.out(person).length + ties.in(person).length
}

function newestOf({ values, length }: Numbers): Int32Array {
  return values.slice(Math.max(0, length - mostTies), length)
}
