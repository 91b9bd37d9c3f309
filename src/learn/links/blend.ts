/**
 * All measures of a pair together, weighed by boosted trees: some of the known ties are hidden, and
 * what told them from strangers then tells the ties that are still unknown.
 */
import { degreeOf, type Graph } from '../../math/graph.ts'
import { fitBoostedTrees } from './boosted-trees.ts'
import { embeddingScores } from './graph-embedding.ts'
import { holdOut } from './hold-out.ts'
import { joinedPairs, type LinkContext, type LinkScorer, type Pairs, scoresOf } from './links.ts'
import { commonNeighbours, jaccard, resourceAllocation } from './neighbourhood.ts'
import { spectralScores } from './spectral.ts'
import { katzWalk, returningWalk, type Walk, walkScores } from './walks.ts'

/** Whom ties are told from: anybody, or also people with a neighbour in common. */
export type BlendAgainst = 'strangers' | 'two-away'

const hiddenShare = 0.1
const threeSteps: Walk = { kind: 'paths', factors: [0, 0, 0, 1] }

export interface BlendOptions {
  readonly against: BlendAgainst
  /** Whether the learned vectors of `graph` are among the figures: two fits more. */
  readonly usesGraph?: boolean | undefined
}

export function blendScorer(
  name: string,
  { against, usesGraph = false }: BlendOptions,
): LinkScorer {
  const figuresOf: Figures = async (graph, pairs, context) => {
    const figures = await measuredFigures(graph, pairs, context)
    if (!usesGraph) return figures
    const { product, cosine } = await embeddingScores(graph, pairs, context)
    return [...figures, product, cosine]
  }
  return {
    name,
    async score(graph, pairs, context) {
      const {
        graph: rest,
        hidden,
        strangers,
        twoAway,
      } = holdOut(graph, {
        share: hiddenShare,
        random: context.random,
      })
      const parts = against === 'strangers' ? [hidden, strangers] : [hidden, strangers, twoAway]
      const columns = await figuresOf(rest, joinedPairs(...parts), context)
      const size = columns[0]!.length
      const ties = hidden.from.length
      const trees = fitBoostedTrees({
        columns,
        labels: new Uint8Array(size).fill(1, 0, ties),
        // As much weight on either side, however many there are.
        weights: new Float32Array(size).fill(ties / Math.max(1, size - ties)).fill(1, 0, ties),
      })
      return trees(await figuresOf(graph, pairs, context))
    },
  }
}

/** By figure, [pairs] each. None depends on which of the two comes first. */
type Figures = (graph: Graph, pairs: Pairs, context: LinkContext) => Promise<Float32Array[]>

const measuredFigures: Figures = async (graph, pairs, context) => {
  const walks = [katzWalk, threeSteps, returningWalk]
  const [katz, three, returning] = await walkScores(graph, pairs, walks, context)
  const { product, cosine } = await spectralScores(graph, pairs, context)
  const chances = returning!
  return [
    scoresOf(pairs, (a, b) => Math.min(degreeOf(graph, a), degreeOf(graph, b))),
    scoresOf(pairs, (a, b) => Math.max(degreeOf(graph, a), degreeOf(graph, b))),
    scoresOf(pairs, (a, b) => commonNeighbours(graph, a, b)),
    scoresOf(pairs, (a, b) => resourceAllocation(graph, a, b)),
    scoresOf(pairs, (a, b) => jaccard(graph, a, b)),
    katz!.there,
    three!.there,
    chances.there.map((there, pair) => there + chances.back[pair]!),
    chances.there.map((there, pair) => Math.min(there, chances.back[pair]!)),
    product,
    cosine,
  ]
}
