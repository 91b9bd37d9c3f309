/** Solves (A Aᵀ + I) X = B for a sparse A and many right sides at once, without the matrix itself. */
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { SparseMatrix, Table } from '../../kernel/learning-memory.ts'

export interface ShiftedSystem {
  /** A [m × n] and Aᵀ [n × m] */
  readonly forward: SparseMatrix
  readonly backward: SparseMatrix
  /** Not below the largest eigenvalue of A Aᵀ. */
  readonly largest: number
}

/** Tables of one width; all are overwritten. */
export interface SolverTables {
  /** [m × width] B, and after it what is left of it */
  readonly residual: Table
  /** [m × width] X */
  readonly solution: Table
  /** [m × width] */
  readonly direction: Table
  readonly product: Table
  /** [n × width] */
  readonly image: Table
}

/**
 * Chebyshev's iteration (Saad, Iterative Methods, algorithm 12.1) between the bounds 1 and 1 + largest: no
 * inner products, so every right side takes the same steps. The error falls by (√κ - 1) / (√κ + 1) a step,
 * κ = 1 + largest.
 */
export async function solveShifted(
  kernel: LearningKernel,
  { forward, backward, largest }: ShiftedSystem,
  { residual, solution, direction, product, image }: SolverTables,
  steps: number,
): Promise<void> {
  const centre = 1 + largest / 2
  const radius = Math.max(largest / 2, 1e-6)
  let share = radius / centre
  solution.values.fill(0)
  direction.values.fill(0)
  await kernel.addScaled(direction, residual, 1 / centre)
  for (let step = 0; step < steps; step++) {
    await kernel.addScaled(solution, direction, 1)
    await kernel.sparseDense(backward, direction, image)
    await kernel.sparseDense(forward, image, product)
    await kernel.addScaled(residual, product, -1)
    await kernel.addScaled(residual, direction, -1)
    const next = 1 / ((2 * centre) / radius - share)
    await kernel.scaleBy(direction, next * share)
    await kernel.addScaled(direction, residual, (2 * next) / radius)
    share = next
  }
  await kernel.addScaled(solution, direction, 1)
}

/** A little above the largest eigenvalue of A Aᵀ, for an A without negative cells (power iteration). */
export async function largestEigenvalue(
  kernel: LearningKernel,
  forward: SparseMatrix,
  backward: SparseMatrix,
): Promise<number> {
  const vector = kernel.table(forward.rows, 8)
  const image = kernel.table(forward.columns, 8)
  for (let row = 0; row < vector.rows; row++) vector.values[row * 8] = 1
  let found = 0
  for (let step = 0; step < powerSteps; step++) {
    const before = length(vector)
    if (before === 0) return 0
    await kernel.scaleBy(vector, 1 / before)
    await kernel.sparseDense(backward, vector, image)
    await kernel.sparseDense(forward, image, vector)
    found = length(vector)
  }
  return found * margin
}

const powerSteps = 20
const margin = 1.05

function length({ values }: Table): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}
