/** Scores of a pair from the people next to it: the bars that a learned scorer must clear. */
import { degreeOf, eachCommonNeighbour, type Graph } from '../../math/graph.ts'
import { type LinkScorer, scoresOf } from './links.ts'

type PairScore = (graph: Graph, a: number, b: number) => number

/** |Γ(a) ∩ Γ(b)| (Newman 2001) */
export const commonNeighbours: PairScore = (graph, a, b) => sumOverCommon(graph, a, b, () => 1)

/** Σ_{v ∈ Γ(a) ∩ Γ(b)} 1 / d(v) (Zhou, Lü & Zhang 2009) */
export const resourceAllocation: PairScore = (graph, a, b) =>
  sumOverCommon(graph, a, b, (node) => 1 / degreeOf(graph, node))

/** Σ_{v ∈ Γ(a) ∩ Γ(b)} 1 / ln d(v) (Adamic & Adar 2003) */
const adamicAdar: PairScore = (graph, a, b) =>
  sumOverCommon(graph, a, b, (node) => 1 / Math.log(degreeOf(graph, node)))

/** d(a) · d(b) (Barabási & Albert 1999) */
const preferentialAttachment: PairScore = (graph, a, b) => degreeOf(graph, a) * degreeOf(graph, b)

/** |Γ(a) ∩ Γ(b)| / |Γ(a) ∪ Γ(b)| */
export const jaccard: PairScore = (graph, a, b) => {
  const common = commonNeighbours(graph, a, b)
  return common === 0 ? 0 : common / (degreeOf(graph, a) + degreeOf(graph, b) - common)
}

function sumOverCommon(graph: Graph, a: number, b: number, of: (node: number) => number): number {
  let sum = 0
  eachCommonNeighbour(graph, a, b, (node) => {
    sum += of(node)
  })
  return sum
}

const named: Readonly<Record<string, PairScore>> = {
  'common-neighbours': commonNeighbours,
  'resource-allocation': resourceAllocation,
  'adamic-adar': adamicAdar,
  jaccard,
  'preferential-attachment': preferentialAttachment,
}

export const neighbourhoodScorers: readonly LinkScorer[] = Object.entries(named).map(
  ([name, scoreOf]) => ({
    name,
    score: async (graph, pairs) => scoresOf(pairs, (a, b) => scoreOf(graph, a, b)),
  }),
)
