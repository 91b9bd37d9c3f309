/** People and items as the nodes of one graph: person u is node u, item i is node people + i. */
import type { SparseSource } from '../../kernel/learning-memory.ts'
import { type Csr, csrOf, rowOfEntries } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'

export interface AdjacencyOptions {
  /**
   * An edge from node a to node b counts degree(a)^-into · degree(b)^-out. Both 1/2 is LightGCN's
   * symmetric normalisation (He et al. 2020, eq. 3); LightGCN++ (Lee et al. 2024, eq. 6) parts them.
   */
  readonly into: number
  readonly out: number
}

export interface Adjacency {
  readonly forward: SparseSource
  /** Its transpose; the same object where it is symmetric. */
  readonly backward: SparseSource
}

/** @returns [nodes × nodes] */
export function adjacencyOf(train: Dataset, options: AdjacencyOptions): Adjacency {
  const { into, out } = options
  const forward = normalised(train, options)
  const isSymmetric = into === out
  const backward = isSymmetric ? forward : normalised(train, { ...options, into: out, out: into })
  return { forward, backward }
}

export function nodesOf({ interactions }: Dataset): number {
  return interactions.rows + interactions.columns
}

function normalised({ interactions }: Dataset, { into, out }: AdjacencyOptions): SparseSource {
  const people = interactions.rows
  const nodes = people + interactions.columns
  const edges = edgesOf(interactions, people, into, out)
  return csrOf({ rows: nodes, columns: nodes, ...edges }).csr
}

interface Edges {
  readonly rowOf: number[]
  readonly columnOf: number[]
  readonly values: number[]
}

function edgesOf(interactions: Csr, people: number, into: number, out: number): Edges {
  const rowOf = rowOfEntries(interactions)
  const degrees = new Float64Array(people + interactions.columns)
  for (const [entry, item] of interactions.columnOf.entries()) {
    degrees[rowOf[entry]!]! += 1
    degrees[people + item]! += 1
  }
  const edges: Edges = { rowOf: [], columnOf: [], values: [] }
  for (const [entry, column] of interactions.columnOf.entries()) {
    const user = rowOf[entry]!
    const item = people + column
    add(edges, user, item, degrees[user]! ** -into * degrees[item]! ** -out)
    add(edges, item, user, degrees[item]! ** -into * degrees[user]! ** -out)
  }
  return edges
}

function add({ rowOf, columnOf, values }: Edges, row: number, column: number, value: number): void {
  rowOf.push(row)
  columnOf.push(column)
  values.push(value)
}
