/** What a node embedding is asked: a tie against nodes by lot, some of them two ties away. */
import { degreeOf, type Graph, hasEdge } from '../../../math/graph.ts'
import { integer, type Random } from '../../../math/random.ts'
import type { Pairs } from '../../links/links.ts'

export interface SampleOptions {
  /** Nodes that each tie is compared with. */
  readonly negatives: number
  /** How many of them have a neighbour in common with the one who asks. */
  readonly near: number
}

export interface Samples {
  /** [samples] */
  readonly anchors: Int32Array
  /** [samples × (1 + negatives)] the tie first */
  readonly choices: Int32Array
}

const mostTries = 8

/**
 * Writes who asks and whom they choose from, one sample for each of `ends`. A negative is never a tie,
 * unless eight draws in a row were.
 */
export function drawSamples(
  graph: Graph,
  ends: Pairs,
  { negatives, near }: SampleOptions,
  random: Random,
  { anchors, choices }: Samples,
): void {
  const each = 1 + negatives
  for (let sample = 0; sample < anchors.length; sample++) {
    // Either end may ask.
    const isTurned = random() < 0.5
    const anchor = (isTurned ? ends.to : ends.from)[sample]!
    anchors[sample] = anchor
    choices[sample * each] = (isTurned ? ends.from : ends.to)[sample]!
    for (let n = 0; n < negatives; n++) {
      choices[sample * each + 1 + n] = drawNegative(graph, anchor, n < near, random)
    }
  }
}

function drawNegative(graph: Graph, anchor: number, isNear: boolean, random: Random): number {
  let other = anchor
  for (let tries = 0; tries < mostTries; tries++) {
    other = isNear ? twoAway(graph, anchor, random) : integer(random, 0, graph.size)
    if (other !== anchor && !hasEdge(graph, anchor, other)) return other
  }
  return integer(random, 0, graph.size)
}

function twoAway(graph: Graph, node: number, random: Random): number {
  return anyNeighbour(graph, anyNeighbour(graph, node, random), random)
}

function anyNeighbour(graph: Graph, node: number, random: Random): number {
  const degree = degreeOf(graph, node)
  return degree === 0 ? node : graph.neighbours[graph.starts[node]! + integer(random, 0, degree)]!
}
