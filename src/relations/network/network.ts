/**
 * The network looked at as a whole, from memory as it is. Communities start from those of the last
 * report, so that they change only where people did, and keep their ids.
 */
import type { NetworkReport } from '../../domain/network.ts'
import type { Interests } from '../../interest/interests.ts'
import { betweenness, coreNumbers, pageRank } from '../../math/centrality.ts'
import { degreeOf, type Graph } from '../../math/graph.ts'
import { leiden } from '../../math/leiden.ts'
import { modularity } from '../../math/partitions.ts'
import type { Random } from '../../math/random.ts'
import type { Memory } from '../../memory/memory.ts'
import { suggestPeople } from '../people.ts'
import { describeCommunities } from './communities.ts'
import { drawingOf } from './drawing.ts'
import { languageHomophily } from './homophily.ts'
import { stableIds } from './stable-ids.ts'
import { tieGraph } from './tie-graph.ts'

export interface NetworkParts {
  readonly memory: Memory
  readonly interests: Interests
  readonly random: Random
  /** Between two steps: lets others have their turn. */
  readonly pause?: (() => Promise<void>) | undefined
}

export interface NetworkAnalysis {
  /** Takes seconds for a million ties; what was found at the same clock is given again. */
  report(now: Date): Promise<NetworkReport>
}

const rankedKept = 20
const islandsKept = 20
const meetingsKept = 3
/** Ways are counted from so many people by lot. */
const betweennessSamples = 100

export function createNetworkAnalysis(parts: NetworkParts): NetworkAnalysis {
  let ids: Int32Array = new Int32Array(0)
  let last: { readonly clock: number; readonly report: NetworkReport } | undefined

  async function analyse(now: Date): Promise<NetworkReport> {
    const { memory, random, pause = async () => {} } = parts
    const { graph, arcs, reciprocity } = tieGraph(memory)
    await pause()
    const found = leiden(graph, { random, start: startFrom(ids, graph.size) })
    ids = stableIds(found, ids)
    await pause()
    const influence = pageRank(arcs)
    const between = betweenness(graph, betweennessSamples, random)
    await pause()
    const { communities, between: pairs } = describeCommunities(memory, graph, ids)
    return {
      at: now.toISOString(),
      people: memory.people.liveCount,
      ties: arcs.targets.length,
      reciprocity,
      modularity: modularity(graph, ids),
      homophily: languageHomophily(memory, graph),
      communities,
      between: pairs,
      drawing: drawingOf(memory, graph, ids, communities),
      influence: ranked(memory, influence),
      bridges: ranked(memory, between),
      cores: histogram(memory, coreNumbers(graph)),
      islands: islandsOf(parts, graph),
    }
  }

  return {
    async report(now) {
      const { clock } = parts.memory
      if (last?.clock === clock) return last.report
      const report = await analyse(now)
      last = { clock, report }
      return report
    },
  }
}

/** Newcomers start alone. */
function startFrom(ids: Int32Array, size: number): Int32Array | undefined {
  if (ids.length === 0) return undefined
  const highest = ids.reduce((a, b) => Math.max(a, b), 0)
  return Int32Array.from({ length: size }, (_, person) => ids[person] ?? highest + 1 + person)
}

function ranked({ people }: Memory, scores: Float64Array): { id: string; score: number }[] {
  return [...scores.keys()]
    .filter((person) => scores[person]! > 0 && people.isLive(person))
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, rankedKept)
    .flatMap((person) => {
      const id = people.get(person)?.id
      return id === undefined ? [] : [{ id, score: scores[person]! }]
    })
}

function histogram({ people }: Memory, cores: Int32Array): number[] {
  const counts: number[] = []
  for (const [person, core] of cores.entries()) {
    if (!people.isLive(person)) continue
    while (counts.length <= core) counts.push(0)
    counts[core]! += 1
  }
  return counts
}

function islandsOf({ memory, interests }: NetworkParts, graph: Graph): NetworkReport['islands'] {
  const { people } = memory
  const alone: number[] = []
  for (let person = 0; person < graph.size; person++) {
    if (people.isLive(person) && degreeOf(graph, person) === 0) alone.push(person)
  }
  const some = alone.slice(0, islandsKept).map((person) => {
    const request = { person, limit: meetingsKept, exclude: new Set<number>() }
    const found = suggestPeople(memory, interests.of(person), request)
    return {
      id: people.get(person)?.id ?? '',
      couldMeet: found.people.flatMap(({ person: other }) => people.get(other)?.id ?? []),
    }
  })
  return { people: alone.length, some }
}
