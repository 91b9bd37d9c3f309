/** Nodes as vectors that were learned by finding hidden ties: what the feed `people` uses, as a row. */
import type { Graph } from '../../math/graph.ts'
import { fitNodes, type NodeOptions } from '../graph/nodes/fit-nodes.ts'
import { cosineOf, placeNode } from '../graph/nodes/node-model.ts'
import { type LinkContext, type LinkScorer, type Pairs, scoresOf } from './links.ts'

export interface EmbeddingScores {
  /** [pairs] inner products of rows */
  readonly product: Float32Array
  /** [pairs] */
  readonly cosine: Float32Array
}

export async function embeddingScores(
  graph: Graph,
  pairs: Pairs,
  { kernel, random, signal, progress }: LinkContext,
  options: Partial<NodeOptions> = {},
): Promise<EmbeddingScores> {
  const model = await fitNodes({ kernel, graph, options }, { random, signal, progress })
  const { starts, neighbours } = graph
  const rows = Array.from({ length: graph.size }, (_, node) => {
    const row = new Float32Array(model.width)
    placeNode(model, { node, ties: neighbours.subarray(starts[node], starts[node + 1]) }, row)
    return row
  })
  const product = (a: number, b: number): number =>
    rows[a]!.reduce((sum, value, d) => sum + value * rows[b]![d]!, 0)
  return {
    product: scoresOf(pairs, product),
    cosine: scoresOf(pairs, (a, b) => cosineOf(rows[a]!, rows[b]!)),
  }
}

export const graphScorer: LinkScorer = {
  name: 'graph',
  score: async (graph, pairs, context) => (await embeddingScores(graph, pairs, context)).cosine,
}
