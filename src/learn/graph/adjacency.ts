/** People and items as the nodes of one graph: person u is node u, item i is node people + i. */
import type { SparseSource } from '../../kernel/learning-memory.ts'
import { type Csr, csrOf, rowLength, rowOfEntries } from '../csr.ts'
import type { Dataset } from '../dataset.ts'

export interface AdjacencyOptions {
  /**
   * An edge from node a to node b counts degree(a)^-into · degree(b)^-out. Both 1/2 is LightGCN's
   * symmetric normalisation (He et al. 2020, eq. 3); LightGCN++ (Lee et al. 2024, eq. 6) parts them.
   */
  readonly into: number
  readonly out: number
  /** What a tie between people counts beside an interaction; their degrees are counted apart. 0: none. */
  readonly tieWeight: number
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

function normalised(train: Dataset, { into, out, tieWeight }: AdjacencyOptions): SparseSource {
  const { interactions, ties } = train
  const people = interactions.rows
  const edges = edgesOf(interactions, people, into, out)
  if (ties && tieWeight > 0) {
    const mutual = mutualTies(ties)
    const degrees = Float64Array.from({ length: people }, (_, user) => rowLength(mutual, user))
    for (const [entry, from] of rowOfEntries(mutual).entries()) {
      const to = mutual.columnOf[entry]!
      add(edges, from, to, tieWeight * degrees[from]! ** -into * degrees[to]! ** -out)
    }
  }
  const nodes = nodesOf(train)
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

/** Each tie both ways, once. */
export function mutualTies(ties: Csr): Csr {
  const rowOf = rowOfEntries(ties)
  const { csr } = csrOf({
    rows: ties.rows,
    columns: ties.columns,
    rowOf: [...rowOf, ...ties.columnOf],
    columnOf: [...ties.columnOf, ...rowOf],
  })
  return { ...csr, values: csr.values.fill(1) }
}
