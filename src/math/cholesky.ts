/** Small dense positive definite matrices: A = L Lᵀ, and the inverses of both. */

/**
 * @param matrix [size × size], row by row; only its lower triangle is read
 * @returns L [size × size], zeros above its diagonal
 * @throws RangeError when the matrix is not positive definite
 */
export function cholesky(matrix: ArrayLike<number>, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const left = matrix[i * size + j]! - dotOfRows(lower, i * size, j * size, j)
      if (i !== j) lower[i * size + j] = left / lower[j * size + j]!
      else if (left > 0) lower[i * size + i] = Math.sqrt(left)
      else throw new RangeError(`Pivot ${i} of ${size} is ${left}: not positive definite.`)
    }
  }
  return lower
}

/** L⁻¹ [size × size], lower triangular as L is. */
export function lowerInverse(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const row = inverse.subarray(i * size, i * size + i + 1)
    for (let k = 0; k < i; k++) {
      const factor = lower[i * size + k]!
      for (let j = 0; j <= k; j++) row[j]! -= factor * inverse[k * size + j]!
    }
    const pivot = lower[i * size + i]!
    for (let j = 0; j < i; j++) row[j]! /= pivot
    row[i] = 1 / pivot
  }
  return inverse
}

/** A⁻¹ = L⁻ᵀ L⁻¹ @throws RangeError when the matrix is not positive definite */
export function definiteInverse(matrix: ArrayLike<number>, size: number): Float64Array {
  const lower = lowerInverse(cholesky(matrix, size), size)
  const inverse = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    for (let i = 0; i <= k; i++) {
      const factor = lower[k * size + i]!
      for (let j = 0; j <= k; j++) inverse[i * size + j]! += factor * lower[k * size + j]!
    }
  }
  return inverse
}

function dotOfRows(values: Float64Array, a: number, b: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += values[a + k]! * values[b + k]!
  return sum
}
