/**
 * Who will be tied to whom: a scorer looks at a graph with some ties hidden and says how likely each
 * of many pairs is one of them. The trivial scorers stand in the same table as the learned one.
 */
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { Graph } from '../../math/graph.ts'
import type { Random } from '../../math/random.ts'

/** Pairs of nodes, in either order. */
export interface Pairs {
  readonly from: Int32Array
  readonly to: Int32Array
}

export interface LinkContext {
  readonly kernel: LearningKernel
  readonly random: Random
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

export interface LinkScorer {
  readonly name: string
  /** [pairs] higher = likelier; a score has no scale of its own. */
  score(graph: Graph, pairs: Pairs, context: LinkContext): Promise<Float32Array>
}

/** Calls back for every pair. */
export function scoresOf(
  { from, to }: Pairs,
  scoreOf: (a: number, b: number, pair: number) => number,
): Float32Array {
  return Float32Array.from(from, (a, pair) => scoreOf(a, to[pair]!, pair))
}

export function joinedPairs(...parts: readonly Pairs[]): Pairs {
  return {
    from: Int32Array.from(parts.flatMap(({ from }) => [...from])),
    to: Int32Array.from(parts.flatMap(({ to }) => [...to])),
  }
}
