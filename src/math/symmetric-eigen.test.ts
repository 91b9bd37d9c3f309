import { expect, it } from 'vitest'
import { normal, seededRandom } from './random.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

function randomSymmetric(size: number, seed: number): Float64Array {
  const random = seededRandom(seed)
  const a = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) a[i * size + j] = a[j * size + i] = normal(random)
  }
  return a
}

it.each([1, 2, 3, 10, 60])('takes a matrix of size %i apart and puts it together again', (size) => {
  const a = randomSymmetric(size, size)
  const { values, vectors } = symmetricEigen(a, size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let cell = 0
      let product = 0
      for (let k = 0; k < size; k++) {
        cell += values[k]! * vectors[k * size + i]! * vectors[k * size + j]!
        product += vectors[i * size + k]! * vectors[j * size + k]!
      }
      expect(cell).toBeCloseTo(a[i * size + j]!, 9)
      expect(product).toBeCloseTo(i === j ? 1 : 0, 9)
    }
  }
  expect([...values]).toEqual([...values].sort((x, y) => y - x))
})

it('knows the eigenvalues of simple matrices, equal ones and zeros too', () => {
  expect([...symmetricEigen([2, 1, 1, 2], 2).values]).toEqual([
    expect.closeTo(3, 12),
    expect.closeTo(1, 12),
  ])
  expect([...symmetricEigen([5, 0, 0, 0, 5, 0, 0, 0, 5], 3).values]).toEqual([5, 5, 5])
  const ones = symmetricEigen(new Float64Array(16).fill(1), 4).values
  expect(ones[0]).toBeCloseTo(4, 12)
  for (const rest of ones.slice(1)) expect(rest).toBeCloseTo(0, 12)
})

it('refuses what is no number', () => {
  expect(() => symmetricEigen([1, Number.NaN, Number.NaN, 1], 2)).toThrow(/no finite number/)
})
