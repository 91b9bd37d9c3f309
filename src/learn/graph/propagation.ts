/** Layers of neighbours' means over a fixed graph, and the way back through them. */
import type { Slices } from '../../kernel/learning/neighbours.ts'
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { Table } from '../../kernel/learning-memory.ts'
import type { Adjacency } from './adjacency.ts'

export interface Propagation {
  /** out = Σ_l weights[l] · A^l x (LightGCN, SIGIR 2020, eq. 8), x [nodes × width]. */
  forward(x: Table, out: Table): Promise<void>
  /** The gradient at x from the gradient at out: the same with Aᵀ. */
  backward(gradient: Table, out: Table): Promise<void>
}

/** What an edge counts at the end that takes, and at the end that gives. */
interface Ends {
  readonly taking: Float32Array
  readonly giving: Float32Array
}

/** @param layerWeights the nodes' own rows first: n + 1 weights are n layers, n from 1 */
export function createPropagation(
  kernel: LearningKernel,
  { pattern, into, out: outOf }: Adjacency,
  layerWeights: readonly number[],
): Propagation {
  const graph = kernel.sparse(pattern)
  const shared = (values: Float32Array): Float32Array => {
    const copy = kernel.floats(values.length)
    copy.set(values)
    return copy
  }
  const ahead: Ends = { taking: shared(into), giving: shared(outOf) }
  // The pattern is its own transpose: on the way back, ends change places.
  const back: Ends = { taking: ahead.giving, giving: ahead.taking }
  const passing = shared(into.map((factor, node) => factor * outOf[node]!))
  let between: [Slices, Slices, Slices] | undefined

  /**
   * By Horner's rule: w0 x + A (w1 x + A (w2 x + …)). With A = T P G for the pattern P and the diagonals T of
   * taking and G of giving, what lies between is kept times G already, and P only sums.
   */
  async function propagate({ taking, giving }: Ends, x: Table, out: Table): Promise<void> {
    const slices = (): Slices => kernel.slices(x.rows, x.width)
    between ??= [slices(), slices(), slices()]
    const [given, ...others] = between
    await kernel.sliceRows(x, giving, given)
    let current: Slices = given
    let scale = layerWeights.at(-1)!
    for (let layer = layerWeights.length - 2; layer > 0; layer--) {
      const next = others[layer % 2]!
      const options = { into: passing, scale, factor: layerWeights[layer]! }
      await kernel.sumNeighbours(graph, current, given, next, options)
      current = next
      scale = 1
    }
    const options = { into: taking, scale, factor: layerWeights[0]! }
    await kernel.sumNeighbours<Table>(graph, current, x, out, options)
  }

  return {
    forward: (x, out) => propagate(ahead, x, out),
    backward: (gradient, out) => propagate(back, gradient, out),
  }
}
