/** Hides some ties of a graph, and draws pairs that are no ties to tell them from. */
import { degreeOf, type Graph, graphOf, hasEdge } from '../../math/graph.ts'
import { integer, type Random, shuffle } from '../../math/random.ts'
import type { Pairs } from './links.ts'

export interface HeldOut {
  /** What is left. */
  readonly graph: Graph
  readonly hidden: Pairs
  /** As many, of any two people without a tie. */
  readonly strangers: Pairs
  /** As many, of two people without a tie who have a neighbour in common in what is left. */
  readonly twoAway: Pairs
}

export interface HoldOutOptions {
  /** Of the ties. */
  readonly share: number
  readonly random: Random
  /** Pairs that must not be drawn as strangers: ties of the whole graph. @default the graph */
  readonly known?: Graph | undefined
}

/** Draws before a graph counts as one that has no such pairs. */
const patience = 200

export function holdOut(whole: Graph, { share, random, known = whole }: HoldOutOptions): HeldOut {
  const edges = edgesOf(whole)
  const order = shuffle(random, Int32Array.from(edges.from.keys()))
  const count = Math.round(share * order.length)
  const hidden = picked(edges, order.subarray(0, count))
  const graph = graphOf({ size: whole.size, ...picked(edges, order.subarray(count)) })
  const anybody = (): number => integer(random, 0, whole.size)
  const tied = nodesWithTies(graph)
  const member = (): number => tied[integer(random, 0, tied.length)] ?? 0
  return {
    graph,
    hidden,
    strangers: draw(count, known, () => [anybody(), anybody()]),
    twoAway: draw(count, known, () => {
      const start = member()
      return [start, anyNeighbour(graph, anyNeighbour(graph, start, random), random)]
    }),
  }
}

/** Each tie once, the smaller node first. */
export function edgesOf({ size, starts, neighbours }: Graph): Pairs {
  const from: number[] = []
  const to: number[] = []
  for (let node = 0; node < size; node++) {
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      if (neighbours[place]! < node) continue
      from.push(node)
      to.push(neighbours[place]!)
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) }
}

function picked({ from, to }: Pairs, places: Int32Array): Pairs {
  return { from: places.map((place) => from[place]!), to: places.map((place) => to[place]!) }
}

/** A pair may come twice, as strangers are drawn with returning. */
function draw(count: number, known: Graph, drawOne: () => readonly [number, number]): Pairs {
  const from = new Int32Array(count)
  const to = new Int32Array(count)
  let found = 0
  for (let attempt = 0; found < count && attempt < patience * count; attempt++) {
    const [a, b] = drawOne()
    if (a === b || hasEdge(known, a, b)) continue
    from[found] = a
    to[found++] = b
  }
  return { from: from.slice(0, found), to: to.slice(0, found) }
}

function nodesWithTies(graph: Graph): Int32Array {
  return Int32Array.from({ length: graph.size }, (_, node) => node).filter(
    (node) => degreeOf(graph, node) > 0,
  )
}

function anyNeighbour(graph: Graph, node: number, random: Random): number {
  const degree = degreeOf(graph, node)
  return degree === 0 ? node : graph.neighbours[graph.starts[node]! + integer(random, 0, degree)]!
}
