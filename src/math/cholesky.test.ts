import { expect, it } from 'vitest'
import { cholesky, definiteInverse, lowerInverse } from './cholesky.ts'
import { normal, seededRandom } from './random.ts'

function randomDefinite(size: number): Float64Array {
  const random = seededRandom(size)
  const root = Float64Array.from({ length: size * size }, () => normal(random))
  const a = product(root, transposed(root, size), size)
  for (let i = 0; i < size; i++) a[i * size + i]! += 0.5
  return a
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  return a.map((_, cell) => {
    let sum = 0
    for (let k = 0; k < size; k++) {
      sum += a[Math.floor(cell / size) * size + k]! * b[k * size + (cell % size)]!
    }
    return sum
  })
}

function transposed(a: Float64Array, size: number): Float64Array {
  return a.map((_, cell) => a[(cell % size) * size + Math.floor(cell / size)]!)
}

function expectClose(a: Float64Array, b: ArrayLike<number>): void {
  for (const [cell, value] of a.entries()) expect(value).toBeCloseTo(b[cell]!, 9)
}

it.each([1, 2, 7, 33])('factors and inverts a positive definite matrix of size %i', (size) => {
  const a = randomDefinite(size)
  const unit = a.map((_, cell) => (Math.floor(cell / size) === cell % size ? 1 : 0))
  const lower = cholesky(a, size)
  expectClose(product(lower, transposed(lower, size), size), a)
  expectClose(product(lower, lowerInverse(lower, size), size), unit)
  expectClose(product(a, definiteInverse(a, size), size), unit)
})

it('says so when a matrix is not positive definite', () => {
  expect(() => cholesky([1, 2, 2, 1], 2)).toThrow(/Pivot 1 of 2 is -3: not positive definite/)
  expect(() => cholesky([0], 1)).toThrow(RangeError)
})
