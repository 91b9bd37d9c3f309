/** Whether people are tied to their like: Newman's assortativity of the first language along ties. */
import type { Graph } from '../../math/graph.ts'
import type { Memory } from '../../memory/memory.ts'

/** r = (Σ_i e_ii - Σ_i a_i²) / (1 - Σ_i a_i²) (Newman 2003, eq. 2); 0 when nobody says a language. */
export function languageHomophily({ people }: Memory, { size, starts, neighbours }: Graph): number {
  const languageOf = (person: number): string | undefined => people.get(person)?.languages[0]
  const ends = new Map<string, number>()
  let known = 0
  let same = 0
  for (let person = 0; person < size; person++) {
    const own = languageOf(person)
    if (own === undefined) continue
    for (let place = starts[person]!; place < starts[person + 1]!; place++) {
      const theirs = languageOf(neighbours[place]!)
      if (theirs === undefined) continue
      known += 1
      if (theirs === own) same += 1
      ends.set(own, (ends.get(own) ?? 0) + 1)
    }
  }
  let expected = 0
  for (const count of ends.values()) expected += (count / known) ** 2
  return known === 0 || expected === 1 ? 0 : (same / known - expected) / (1 - expected)
}
