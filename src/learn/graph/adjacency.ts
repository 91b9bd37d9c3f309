/** People and items as the nodes of one graph: person u is node u, item i is node people + i. */
import type { SparseSource } from '../../kernel/learning-memory.ts'
import { type Csr, transpose } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'

export interface AdjacencyOptions {
  /**
   * An edge from node a to node b counts degree(a)^-into · degree(b)^-out. Both 1/2 is LightGCN's
   * symmetric normalisation (He et al. 2020, eq. 3); LightGCN++ (Lee et al. 2024, eq. 6) parts them.
   */
  readonly into: number
  readonly out: number
}

/** An edge from a to b counts into[a] · out[b]. */
export interface Adjacency {
  /** [nodes × nodes] symmetric, without values */
  readonly pattern: SparseSource
  /** [nodes] degree^-into; 0 for a node without edges. */
  readonly into: Float32Array
  /** [nodes] degree^-out; 0 for a node without edges. */
  readonly out: Float32Array
}

export function adjacencyOf({ interactions }: Dataset, options: AdjacencyOptions): Adjacency {
  const { starts, columnOf } = bothWays(interactions)
  const nodes = starts.length - 1
  const powers = (exponent: number): Float32Array =>
    Float32Array.from({ length: nodes }, (_, node) => {
      const degree = starts[node + 1]! - starts[node]!
      return degree === 0 ? 0 : degree ** -exponent
    })
  const pattern = { rows: nodes, columns: nodes, starts, columnOf }
  return { pattern, into: powers(options.into), out: powers(options.out) }
}

export function nodesOf({ interactions }: Dataset): number {
  return interactions.rows + interactions.columns
}

/** Rows of people, whose columns are items, then rows of items, whose columns are people. */
function bothWays(interactions: Csr): Pick<SparseSource, 'starts' | 'columnOf'> {
  const { rows: people, starts, columnOf } = interactions
  const back = transpose(interactions).csr
  const entries = columnOf.length
  const joined = new Int32Array(2 * entries)
  for (const [entry, item] of columnOf.entries()) joined[entry] = people + item
  joined.set(back.columnOf, entries)
  const ends = new Int32Array(starts.length + back.rows)
  ends.set(starts)
  for (let item = 1; item <= back.rows; item++) ends[people + item] = entries + back.starts[item]!
  return { starts: ends, columnOf: joined }
}
