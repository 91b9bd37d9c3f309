import { expect, it } from 'vitest'
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { normal, seededRandom } from '../../math/random.ts'
import { symmetricEigen } from '../../math/symmetric-eigen.ts'
import { type Csr, csrOf, rowOfEntries, transpose } from '../data/csr.ts'
import { truncatedSvd } from './truncated-svd.ts'

const rows = 60
const columns = 40

function sparse(share: number): Csr {
  const random = seededRandom(1)
  const cells = Array.from({ length: rows * columns }, (_, cell) => cell).filter(
    (cell) => random() < share && cell % columns < 30,
  )
  return csrOf({
    rows,
    columns,
    rowOf: cells.map((cell) => Math.floor(cell / columns)),
    columnOf: cells.map((cell) => cell % columns),
    values: cells.map(() => normal(random)),
  }).csr
}

/** AᵀA [columns × columns] */
function squareOf({ columnOf, values, ...csr }: Csr): Float64Array {
  const rowOf = rowOfEntries({ ...csr, columnOf, values })
  const dense = new Float64Array(rows * columns)
  for (const [e, row] of rowOf.entries()) dense[row * columns + columnOf[e]!] = values[e]!
  return Float64Array.from({ length: columns * columns }, (_, cell) => {
    const [i, j] = [Math.floor(cell / columns), cell % columns]
    let sum = 0
    for (let row = 0; row < rows; row++)
      sum += dense[row * columns + i]! * dense[row * columns + j]!
    return sum
  })
}

async function svd(matrix: Csr, components: number) {
  const kernel = openLearningKernel()
  const { values, right } = await truncatedSvd(
    kernel,
    kernel.sparse(matrix),
    kernel.sparse(transpose(matrix).csr),
    { components, iterations: 40, random: seededRandom(2) },
  )
  const vectors = Array.from({ length: components }, (_, k) =>
    Float64Array.from({ length: columns }, (_, i) => right.values[i * right.width + k]!),
  )
  await kernel.close()
  return { values, vectors }
}

it('finds the largest singular values and their right vectors', async () => {
  const matrix = sparse(0.3)
  const { values, vectors } = await svd(matrix, 5)
  const exact = symmetricEigen(squareOf(matrix), columns)
  for (let k = 0; k < 5; k++) {
    expect(values[k]! ** 2).toBeCloseTo(exact.values[k]!, 3)
    const along = vectors[k]!.reduce((sum, x, i) => sum + x * exact.vectors[k * columns + i]!, 0)
    expect(Math.abs(along)).toBeCloseTo(1, 3)
  }
})

it('gives zeros beyond the rank', async () => {
  const { values, vectors } = await svd(sparse(0.5), 38)
  expect(values[29]).toBeGreaterThan(0.1)
  for (let k = 30; k < 38; k++) {
    expect(values[k]).toBeLessThan(1e-2)
    const length = vectors[k]!.reduce((sum, x) => sum + x * x, 0)
    expect(Math.min(Math.abs(length), Math.abs(length - 1))).toBeLessThan(1e-3)
  }
})
