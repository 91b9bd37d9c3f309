import { afterAll, describe, expect, it } from 'vitest'
import { normal, seededRandom } from '../math/random.ts'
import { type Matrix, openMatmul } from './matmul.ts'

const random = seededRandom(1)

function matrix(rows: number, columns: number): Matrix {
  return {
    rows,
    columns,
    data: Float32Array.from({ length: rows * columns }, () => normal(random)),
  }
}

function turned({ rows, columns, data }: Matrix): Matrix {
  const cells = Float32Array.from(
    { length: data.length },
    (_, n) => data[(n % rows) * columns + Math.floor(n / rows)]!,
  )
  return { rows: columns, columns: rows, data: cells }
}

describe.each(['this', 'worker'] as const)('products in %s thread', (thread) => {
  const products = openMatmul({ thread })
  afterAll(() => products.close())
  const a = matrix(7, 13)
  const b = matrix(13, 5)
  const plain = Float64Array.from({ length: 35 }, (_, n) => {
    let sum = 0
    for (let k = 0; k < 13; k++)
      sum += a.data[Math.floor(n / 5) * 13 + k]! * b.data[k * 5 + (n % 5)]!
    return sum
  })

  it.each([
    ['plain', a, b, {}],
    ['turned left', turned(a), b, { transposeA: true }],
    ['turned right', a, turned(b), { transposeB: true }],
    ['turned both', turned(a), turned(b), { transposeA: true, transposeB: true }],
  ])('agree with a plain loop, %s', async (_, left, right, options) => {
    const product = await products.multiply(left, right, options)
    expect([product.rows, product.columns]).toEqual([7, 5])
    for (const [n, value] of plain.entries()) expect(product.data[n]).toBeCloseTo(value, 4)
  })

  it('leave what they were given as it was, and can be of nothing', async () => {
    const before = a.data.slice()
    await products.multiply(a, b)
    expect(a.data).toEqual(before)
    const nothing = await products.multiply(matrix(2, 0), matrix(0, 2))
    expect([...nothing.data]).toEqual([0, 0, 0, 0])
  })

  it('are right when several of one size are under way', async () => {
    const large = [1, 2, 3, 4].map(() => matrix(130, 130))
    const identity = matrix(130, 130)
    for (const n of identity.data.keys()) identity.data[n] = n % 131 === 0 ? 1 : 0
    for (const _ of [1, 2]) {
      const found = await Promise.all(large.map((one) => products.multiply(one, identity)))
      expect(found.map(({ data }) => data)).toEqual(large.map(({ data }) => data))
    }
  })

  it('refuse sizes that do not meet', async () => {
    await expect(products.multiply(a, a)).rejects.toThrow('[7 × 13] and [7 × 13]')
  })
})
