/** Who matters in a graph: by whom they are reached, on whose ways they lie, how deep inside they are. */
import { degreeOf, type Graph } from './graph.ts'
import { type Random, shuffle } from './random.ts'

const damping = 0.85
const mostRounds = 60
const enough = 1e-7

/** Arcs by where they start: whom each node points to. */
export interface Arcs {
  readonly size: number
  /** [size + 1] */
  readonly starts: Int32Array
  /** [arcs] */
  readonly targets: Int32Array
}

/** [nodes] summing to 1 (Page et al. 1999); whoever points to nobody gives to all alike. */
export function pageRank({ size, starts, targets }: Arcs): Float64Array {
  let rank = new Float64Array(size).fill(1 / size)
  for (let round = 0; round < mostRounds; round++) {
    const next = new Float64Array(size)
    let loose = 0
    for (let node = 0; node < size; node++) {
      const count = starts[node + 1]! - starts[node]!
      if (count === 0) loose += rank[node]!
      const share = rank[node]! / count
      for (let arc = starts[node]!; arc < starts[node + 1]!; arc++) next[targets[arc]!]! += share
    }
    let change = 0
    for (let node = 0; node < size; node++) {
      next[node] = (1 - damping) / size + damping * (next[node]! + loose / size)
      change += Math.abs(next[node]! - rank[node]!)
    }
    rank = next
    if (change < enough) break
  }
  return rank
}

/** [nodes] the largest k for which the node is in a part where everybody has k ties (Batagelj & Zaveršnik 2003). */
export function coreNumbers(graph: Graph): Int32Array {
  const { size, starts, neighbours } = graph
  const core = Int32Array.from({ length: size }, (_, node) => degreeOf(graph, node))
  const bins = new Int32Array(size + 1)
  for (const degree of core) bins[degree + 1]! += 1
  for (let degree = 0; degree < size; degree++) bins[degree + 1]! += bins[degree]!
  const next = bins.slice()
  const order = new Int32Array(size)
  const placeIn = new Int32Array(size)
  for (let node = 0; node < size; node++) {
    const place = next[core[node]!]!++
    order[place] = node
    placeIn[node] = place
  }
  for (let place = 0; place < size; place++) {
    const node = order[place]!
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      const other = neighbours[at]!
      if (core[other]! <= core[node]!) continue
      // To the front of its bin, which then begins one later.
      const front = bins[core[other]!]!
      const swapped = order[front]!
      order[placeIn[other]!] = swapped
      placeIn[swapped] = placeIn[other]!
      order[front] = other
      placeIn[other] = front
      bins[core[other]!] = front + 1
      core[other]! -= 1
    }
  }
  return core
}

/**
 * [nodes] on how many shortest ways between two others a node lies (Brandes 2001), counted from some
 * start nodes by lot and scaled up to all (Brandes & Pich 2007).
 */
export function betweenness(graph: Graph, samples: number, random: Random): Float64Array {
  const { size } = graph
  const sum = new Float64Array(size)
  const all = Int32Array.from({ length: size }, (_, node) => node)
  const starts = samples >= size ? all : shuffle(random, all).subarray(0, samples)
  const search = breadthFirst(graph)
  for (const start of starts) {
    const { order, count, ways, distance } = search(start)
    const share = new Float64Array(size)
    for (let place = count - 1; place > 0; place--) {
      const node = order[place]!
      for (let at = graph.starts[node]!; at < graph.starts[node + 1]!; at++) {
        const before = graph.neighbours[at]!
        if (distance[before] !== distance[node]! - 1) continue
        share[before]! += (ways[before]! / ways[node]!) * (1 + share[node]!)
      }
      sum[node]! += share[node]!
    }
  }
  const scale = size / Math.max(1, starts.length) / 2
  return sum.map((value) => value * scale)
}

/** Nodes in the order of distance, and the number of shortest ways to each. */
function breadthFirst({ size, starts, neighbours }: Graph) {
  const order = new Int32Array(size)
  const distance = new Int32Array(size)
  const ways = new Float64Array(size)
  return (start: number) => {
    distance.fill(-1)
    ways.fill(0)
    let count = 1
    order[0] = start
    distance[start] = 0
    ways[start] = 1
    for (let place = 0; place < count; place++) {
      const node = order[place]!
      for (let at = starts[node]!; at < starts[node + 1]!; at++) {
        const other = neighbours[at]!
        if (distance[other] === -1) {
          distance[other] = distance[node]! + 1
          order[count++] = other
        }
        if (distance[other] === distance[node]! + 1) ways[other]! += ways[node]!
      }
    }
    return { order, count, ways, distance }
  }
}
