/**
 * The largest singular values of a sparse matrix and their right vectors: subspace iteration from a
 * random start with some columns to spare (Halko, Martinsson & Tropp, SIAM Review 2011, algorithms 4.4, 5.1).
 */
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { SparseMatrix, Table } from '../../kernel/learning-memory.ts'
import { cholesky, lowerInverse } from '../../math/cholesky.ts'
import { normal, type Random } from '../../math/random.ts'
import { symmetricEigen } from '../../math/symmetric-eigen.ts'
import type { FitContext } from '../trainer.ts'

export interface TruncatedSvd {
  /** [components] descending; 0 where the matrix has no such many. */
  readonly values: Float64Array
  /** [columns × components, rounded up to a multiple of 8]; unit columns, zeros where the value is 0. */
  readonly right: Table
}

export interface SvdOptions extends Pick<FitContext, 'signal' | 'progress'> {
  readonly components: number
  /** Each brings the vectors nearer by the ratio of the squared values inside and outside. */
  readonly iterations: number
  readonly random: Random
}

const spareShare = 0.15
const leastSpare = 8

/** @param forward A [m × n] @param backward Aᵀ [n × m] */
export async function truncatedSvd(
  kernel: LearningKernel,
  forward: SparseMatrix,
  backward: SparseMatrix,
  { components, iterations, random, signal, progress }: SvdOptions,
): Promise<TruncatedSvd> {
  const spare = Math.max(leastSpare, Math.ceil(spareShare * components))
  let basis = kernel.table(forward.columns, components + spare)
  let other = kernel.table(basis.rows, basis.width)
  const images = kernel.table(forward.rows, basis.width)
  const turn = turner(kernel, basis.width)
  for (let cell = 0; cell < basis.values.length; cell++) basis.values[cell] = normal(random)
  for (let iteration = 0; iteration < iterations; iteration++) {
    signal?.throwIfAborted()
    progress?.(iteration, iterations)
    await kernel.sparseDense(forward, basis, images)
    await kernel.sparseDense(backward, images, other)
    await turn(other, basis, other, triangularTurn)
  }
  // The last turn makes the columns orthonormal even where A has fewer than so many.
  await turn(basis, other, basis, whiteningTurn)
  ;[basis, other] = [other, basis]
  await kernel.sparseDense(forward, basis, images)
  const squares = await turn(basis, other, images, eigenTurn)
  const right = narrowed(kernel, other, components)
  return { values: squares.slice(0, components).map((square) => Math.sqrt(square)), right }
}

/** What to multiply by from the right, and the eigenvalues where they are known. */
interface Turn {
  /** [width × width] */
  readonly matrix: Float64Array
  readonly values: Float64Array
}

type TurnOf = (gram: Float32Array, width: number) => Turn

/** into = from · turnOf(gramOfᵀ gramOf) */
type Turner = (from: Table, into: Table, gramOf: Table, turnOf: TurnOf) => Promise<Float64Array>

function turner(kernel: LearningKernel, width: number): Turner {
  const gram = kernel.table(width, width)
  const factor = kernel.table(width, width)
  const packed = kernel.pack(factor)
  return async (from, into, gramOf, turnOf) => {
    await kernel.gram(gramOf, gram)
    const { matrix, values } = turnOf(gram.values, width)
    factor.values.set(matrix)
    await kernel.multiply(from, await kernel.pack(factor, { into: await packed }), into)
    return values
  }
}

/** L⁻ᵀ of the Gram matrix L Lᵀ: nearly orthonormal columns, enough between two iterations. */
function triangularTurn(gram: Float32Array, width: number): Turn {
  const shifted = Float64Array.from(gram)
  let trace = 0
  for (let i = 0; i < width; i++) trace += gram[i * width + i]!
  const shift = (1e-6 * trace) / width + Number.MIN_VALUE
  for (let i = 0; i < width; i++) shifted[i * width + i]! += Math.max(shift, 1e-30)
  const inverse = lowerInverse(cholesky(shifted, width), width)
  const matrix = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) matrix[j * width + i] = inverse[i * width + j]!
  }
  return { matrix, values: new Float64Array(width) }
}

/** Q Λ^-1/2 of the Gram matrix QΛQᵀ: orthonormal columns, zeros where there is nothing. */
function whiteningTurn(gram: Float32Array, width: number): Turn {
  const { matrix, values } = eigenTurn(gram, width)
  for (let j = 0; j < width; j++) {
    const scale = values[j]! > 1e-5 * values[0]! ? 1 / Math.sqrt(values[j]!) : 0
    for (let i = 0; i < width; i++) matrix[i * width + j]! *= scale
  }
  return { matrix, values }
}

function eigenTurn(gram: Float32Array, width: number): Turn {
  const { values, vectors } = symmetricEigen(gram, width)
  const matrix = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) matrix[j * width + i] = vectors[i * width + j]!
  }
  return { matrix, values: values.map((value) => Math.max(0, value)) }
}

/** The first columns. */
function narrowed(kernel: LearningKernel, { rows, width, values }: Table, columns: number): Table {
  const table = kernel.table(rows, columns)
  for (let row = 0; row < rows; row++) {
    const start = row * width
    table.values.set(values.subarray(start, start + columns), row * table.width)
  }
  return table
}
