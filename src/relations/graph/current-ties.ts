/** The ties of now as the graph of people reads them: either way alike, without the blocked. */
import type { Memory } from '../../memory/memory.ts'

/** Of whoever has more, so many each way are read. */
const mostEachWay = 1_000

/** @returns people, each once, in no order that says anything */
export function currentTies({ ties, people }: Memory, person: number): Int32Array {
  const blocked = new Set(listOf(ties.blockedEitherWay(person)))
  const found = new Set<number>()
  for (const list of [ties.out(person), ties.in(person)]) {
    for (const other of listOf(list, mostEachWay)) {
      if (other === person || blocked.has(other) || !people.isLive(other)) continue
      found.add(other)
    }
  }
  return Int32Array.from(found)
}

/** Evenly from the whole list where it is longer than the limit. */
function listOf({ values, length }: { values: Int32Array; length: number }, limit = length) {
  if (length <= limit) return values.slice(0, length)
  return Int32Array.from({ length: limit }, (_, n) => values[Math.floor((n * length) / limit)]!)
}
