/** Layers of neighbours' means over a fixed graph, and the way back through them. */
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { SparseMatrix, Table } from '../../kernel/learning-memory.ts'
import type { Adjacency } from './adjacency.ts'

export interface Propagation {
  /** out = Σ_l weights[l] · A^l x (LightGCN, SIGIR 2020, eq. 8), x [nodes × width]. */
  forward(x: Table, out: Table): Promise<void>
  /** The gradient at x from the gradient at out: the same with Aᵀ. */
  backward(gradient: Table, out: Table): Promise<void>
}

/** @param layerWeights the nodes' own rows first: n + 1 weights are n layers */
export function createPropagation(
  kernel: LearningKernel,
  adjacency: Adjacency,
  layerWeights: readonly number[],
): Propagation {
  const forward = kernel.sparse(adjacency.forward)
  const isSymmetric = adjacency.backward === adjacency.forward
  const backward = isSymmetric ? forward : kernel.sparse(adjacency.backward)
  let between: Table | undefined

  /** By Horner's rule: w0 x + A (w1 x + A (w2 x + …)), so two tables do for any number of layers. */
  async function propagate(matrix: SparseMatrix, x: Table, out: Table): Promise<void> {
    between ??= kernel.table(x.rows, x.width)
    const last = layerWeights.length - 1
    let [current, next]: [Table, Table] = last % 2 === 0 ? [out, between] : [between, out]
    await kernel.scaleBy(current, 0)
    await kernel.addScaled(current, x, layerWeights[last]!)
    for (let layer = last - 1; layer >= 0; layer--) {
      await kernel.sparseDense(matrix, current, next)
      if (layerWeights[layer] !== 0) await kernel.addScaled(next, x, layerWeights[layer]!)
      ;[current, next] = [next, current]
    }
  }
  return {
    forward: (x, out) => propagate(forward, x, out),
    backward: (gradient, out) => propagate(backward, gradient, out),
  }
}
