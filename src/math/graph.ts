/** An undirected graph in typed arrays: each node's neighbours in a row, ascending, with weights. */

export interface Graph {
  readonly size: number
  /** [size + 1] where each node's neighbours start */
  readonly starts: Int32Array
  /** [2 × edges] ascending within a node; every edge stands at both of its ends */
  readonly neighbours: Int32Array
  /** [2 × edges] */
  readonly weights: Float32Array
}

export interface EdgeLists {
  readonly size: number
  readonly from: ArrayLike<number>
  readonly to: ArrayLike<number>
  /** 1 each when left out. */
  readonly weights?: ArrayLike<number> | undefined
}

/**
 * Repeated edges, in either direction, become one with the sum of their weights. Self-loops, edges of
 * weight 0 or below and edges to nodes outside 0 … size - 1 are left out.
 */
export function graphOf({ size, from, to, weights }: EdgeLists): Graph {
  const isEdge = (edge: number): boolean => {
    const a = from[edge]!
    const b = to[edge]!
    return a !== b && isNode(a, size) && isNode(b, size) && (weights?.[edge] ?? 1) > 0
  }
  const starts = new Int32Array(size + 1)
  for (let edge = 0; edge < from.length; edge++) {
    if (!isEdge(edge)) continue
    starts[from[edge]! + 1]! += 1
    starts[to[edge]! + 1]! += 1
  }
  for (let node = 0; node < size; node++) starts[node + 1]! += starts[node]!
  const next = starts.slice(0, size)
  const neighbours = new Int32Array(starts[size]!)
  const values = new Float32Array(starts[size]!)
  const put = (node: number, other: number, weight: number): void => {
    const place = next[node]!++
    neighbours[place] = other
    values[place] = weight
  }
  for (let edge = 0; edge < from.length; edge++) {
    if (!isEdge(edge)) continue
    put(from[edge]!, to[edge]!, weights?.[edge] ?? 1)
    put(to[edge]!, from[edge]!, weights?.[edge] ?? 1)
  }
  return merged(sortedRows({ size, starts, neighbours, weights: values }))
}

function isNode(node: number, size: number): boolean {
  return node >= 0 && node < size
}

/** Transposing a symmetric matrix by counting sorts its rows. */
function sortedRows({ size, starts, neighbours, weights }: Graph): Graph {
  const next = starts.slice(0, size)
  const sorted = new Int32Array(neighbours.length)
  const values = new Float32Array(neighbours.length)
  for (let node = 0; node < size; node++) {
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      const to = next[neighbours[place]!]!++
      sorted[to] = node
      values[to] = weights[place]!
    }
  }
  return { size, starts, neighbours: sorted, weights: values }
}

function merged({ size, starts, neighbours, weights }: Graph): Graph {
  const ends = new Int32Array(size + 1)
  let end = 0
  for (let node = 0; node < size; node++) {
    const first = end
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      const isRepeated = end > first && neighbours[end - 1] === neighbours[place]
      if (isRepeated) weights[end - 1]! += weights[place]!
      else {
        neighbours[end] = neighbours[place]!
        weights[end++] = weights[place]!
      }
    }
    ends[node + 1] = end
  }
  return {
    size,
    starts: ends,
    neighbours: neighbours.slice(0, end),
    weights: weights.slice(0, end),
  }
}

/** How many neighbours a node has. */
export function degreeOf({ starts }: Graph, node: number): number {
  return starts[node + 1]! - starts[node]!
}

/** Where an edge stands in `neighbours`, or -1. */
export function placeOf({ starts, neighbours }: Graph, from: number, to: number): number {
  let low = starts[from]!
  let high = starts[from + 1]!
  while (low < high) {
    const middle = (low + high) >> 1
    if (neighbours[middle]! < to) low = middle + 1
    else high = middle
  }
  return low < starts[from + 1]! && neighbours[low] === to ? low : -1
}

export function hasEdge(graph: Graph, a: number, b: number): boolean {
  return degreeOf(graph, a) < degreeOf(graph, b)
    ? placeOf(graph, a, b) >= 0
    : placeOf(graph, b, a) >= 0
}

/** Calls back for every node tied to both, in ascending order. */
export function eachCommonNeighbour(
  { starts, neighbours }: Graph,
  a: number,
  b: number,
  visit: (node: number) => void,
): void {
  let left = starts[a]!
  let right = starts[b]!
  while (left < starts[a + 1]! && right < starts[b + 1]!) {
    const difference = neighbours[left]! - neighbours[right]!
    if (difference === 0) visit(neighbours[left]!)
    if (difference <= 0) left++
    if (difference >= 0) right++
  }
}
