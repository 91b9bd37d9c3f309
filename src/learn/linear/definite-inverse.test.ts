import { expect, it } from 'vitest'
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { normal, seededRandom } from '../../math/random.ts'
import { invertDefinite } from './definite-inverse.ts'

it.each([8, 64, 256, 264, 600])('inverts a matrix of %i rows, block by block', async (size) => {
  const kernel = openLearningKernel()
  const random = seededRandom(size)
  const root = kernel.table(size, size)
  for (let cell = 0; cell < root.values.length; cell++) root.values[cell] = normal(random)
  const matrix = kernel.table(size, size)
  await kernel.gram(root, matrix)
  for (let row = 0; row < size; row++) matrix.values[row * size + row]! += size / 10
  const original = matrix.values.slice()
  await invertDefinite(kernel, matrix)
  const unit = kernel.table(size, size)
  root.values.set(original)
  await kernel.multiply(root, await kernel.pack(matrix), unit)
  let worst = 0
  for (const [cell, value] of unit.values.entries()) {
    const isDiagonal = Math.floor(cell / size) === cell % size
    worst = Math.max(worst, Math.abs(value - (isDiagonal ? 1 : 0)))
  }
  expect(worst).toBeLessThan(1e-3)
  await kernel.close()
})

it('says what to do when a matrix has no such inverse, and stops when told to', async () => {
  const kernel = openLearningKernel()
  const zeros = kernel.table(16, 16)
  await expect(invertDefinite(kernel, zeros)).rejects.toThrow(/Raise the ridge/)
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(invertDefinite(kernel, zeros, { signal })).rejects.toThrow('enough')
  await kernel.close()
})
