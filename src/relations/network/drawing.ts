/** The part of the network that can be drawn: those most reached of each community, and their ties. */
import type { NetworkReport } from '../../domain/network.ts'
import { degreeOf, type Graph } from '../../math/graph.ts'
import type { Memory } from '../../memory/memory.ts'

const peopleDrawn = 400
const tiesDrawn = 2_000
/** Of a community of any size that is drawn. */
const leastEach = 3

/**
 * Private people are not drawn.
 * @param ids [people] community of each @param kept those with enough people, largest first
 */
export function drawingOf(
  { people }: Memory,
  graph: Graph,
  ids: Int32Array,
  kept: readonly { readonly id: number; readonly people: number }[],
): NetworkReport['drawing'] {
  const members = new Map<number, number[]>(kept.map(({ id }) => [id, []]))
  for (let person = 0; person < graph.size; person++) {
    if (people.isLive(person) && !people.isPrivate(person)) members.get(ids[person]!)?.push(person)
  }
  const all = kept.reduce((sum, one) => sum + one.people, 0)
  const chosen = kept.flatMap(({ id, people: size }) => {
    const share = Math.max(leastEach, Math.round((peopleDrawn * size) / all))
    const own = members.get(id) ?? []
    return own.sort((a, b) => degreeOf(graph, b) - degreeOf(graph, a) || a - b).slice(0, share)
  })
  const drawn = chosen.slice(0, peopleDrawn)
  return {
    people: drawn.map((person) => ({
      id: people.get(person)?.id ?? '',
      community: ids[person]!,
      ties: degreeOf(graph, person),
    })),
    ties: tiesAmong(graph, drawn),
  }
}

/** Places in `drawn`, each tie once, the strongest where there are too many. */
function tiesAmong(
  { starts, neighbours, weights }: Graph,
  drawn: readonly number[],
): [number, number][] {
  const placeOf = new Map(drawn.map((person, place) => [person, place]))
  const ties: { readonly ends: [number, number]; readonly weight: number }[] = []
  for (const [from, person] of drawn.entries()) {
    for (let place = starts[person]!; place < starts[person + 1]!; place++) {
      const to = placeOf.get(neighbours[place]!)
      if (to !== undefined && to > from) ties.push({ ends: [from, to], weight: weights[place]! })
    }
  }
  ties.sort((a, b) => b.weight - a.weight)
  return ties.slice(0, tiesDrawn).map(({ ends }) => ends)
}
