/**
 * The graph in a few dimensions: the largest eigenvectors of its adjacency, each weighted by its
 * value cubed, which is the number of paths of three steps as far as these directions carry it.
 */
import type { Graph } from '../../math/graph.ts'
import { truncatedSvd } from '../linear/truncated-svd.ts'
import { type LinkContext, type LinkScorer, type Pairs, scoresOf } from './links.ts'
import { sparseOf } from './walks.ts'

export interface SpectralScores {
  /** [pairs] Σ_i |λ_i|³ v_i[a] v_i[b] */
  readonly product: Float32Array
  /** [pairs] the same over the lengths of both, 0 where one has none */
  readonly cosine: Float32Array
}

const components = 32
const iterations = 6
const power = 3

export async function spectralScores(
  graph: Graph,
  pairs: Pairs,
  { kernel, random, signal }: LinkContext,
): Promise<SpectralScores> {
  const matrix = kernel.sparse(sparseOf(graph))
  const options = { components, iterations, random, signal }
  const { values, right } = await truncatedSvd(kernel, matrix, matrix, options)
  const weights = values.map((value) => value ** power)
  const between = (a: number, b: number): number => {
    let sum = 0
    for (let nth = 0; nth < components; nth++) {
      const left = right.values[a * right.width + nth]!
      sum += weights[nth]! * left * right.values[b * right.width + nth]!
    }
    return sum
  }
  const product = scoresOf(pairs, between)
  const cosine = scoresOf(pairs, (a, b, pair) => {
    const lengths = Math.sqrt(between(a, a) * between(b, b))
    return lengths > 0 ? product[pair]! / lengths : 0
  })
  return { product, cosine }
}

export const spectralScorer: LinkScorer = {
  name: 'spectral',
  score: async (graph, pairs, context) => (await spectralScores(graph, pairs, context)).product,
}
