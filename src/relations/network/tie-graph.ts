/** The ties of the living as a graph: who is tied to whom, either way; blocked pairs are left out. */

import type { Arcs } from '../../math/centrality.ts'
import { type Graph, graphOf } from '../../math/graph.ts'
import type { Memory } from '../../memory/memory.ts'

export interface TieGraph {
  /** Both directions together: a tie that is returned weighs twice. */
  readonly graph: Graph
  /** Who is tied to whom, as said. */
  readonly arcs: Arcs
  /** Of the ties, how many are returned, from 0 to 1. */
  readonly reciprocity: number
}

export function tieGraph({ people, ties }: Memory): TieGraph {
  const size = people.count
  const starts = new Int32Array(size + 1)
  const from: number[] = []
  const targets: number[] = []
  const weights: number[] = []
  let returned = 0
  for (let person = 0; person < size; person++) {
    const { values, length } = ties.out(person)
    const blocked = blockedBy(ties.blockedEitherWay(person))
    for (let place = 0; place < length; place++) {
      const other = values[place]!
      if (other === person || !people.isLive(other) || !people.isLive(person)) continue
      if (blocked?.has(other)) continue
      from.push(person)
      targets.push(other)
      weights.push(Math.max(0.05, ties.weight(person, other)))
      if (ties.weight(other, person) > 0) returned++
    }
    starts[person + 1] = targets.length
  }
  return {
    graph: graphOf({ size, from, to: targets, weights }),
    arcs: { size, starts, targets: Int32Array.from(targets) },
    reciprocity: targets.length === 0 ? 0 : returned / targets.length,
  }
}

function blockedBy(list: { values: Int32Array; length: number }): Set<number> | undefined {
  return list.length === 0 ? undefined : new Set(list.values.subarray(0, list.length))
}
