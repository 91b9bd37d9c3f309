import { describe, expect, it } from 'vitest'
import { integer, normal, type Random, seededRandom } from '../math/random.ts'
import { kernelsForTests, randomTable } from './learning-kernel.fixture.ts'
import { openLearningKernel } from './learning-kernel.ts'
import type { SparseSource, Table } from './learning-memory.ts'
import { type Matrix, product, sparseDense, transposed } from './learning-reference.ts'

const open = kernelsForTests()

/** Rows of up to 40 entries, the first and every 7th of them empty. */
function randomSparse(rows: number, columns: number, random: Random): SparseSource {
  const lengths = Array.from({ length: rows }, (_, row) => (row % 7 ? integer(random, 0, 40) : 0))
  const starts = Int32Array.from([0, ...lengths])
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!
  const size = starts[rows]!
  return {
    rows,
    columns,
    starts,
    columnOf: Int32Array.from({ length: size }, () => integer(random, 0, columns)),
    values: Float32Array.from({ length: size }, () => normal(random)),
  }
}

function expectClose(found: Matrix, expected: Matrix): void {
  expect([found.rows, found.width]).toEqual([expected.rows, expected.width])
  let worst = 0
  for (let at = 0; at < expected.rows * expected.width; at++) {
    const [one, other] = [found.values[at]!, expected.values[at]!]
    const gap = Math.abs(one - other) / (1 + Math.abs(other))
    worst = Number.isNaN(gap) ? Infinity : Math.max(worst, gap)
  }
  expect(worst).toBeLessThan(1e-4)
}

describe.each([1, 2])('with %i threads', (threads) => {
  it.each([
    [1, 3, 8],
    [1100, 37, 40],
    [1500, 900, 64],
  ])('multiplies sparse [%i × %i] by dense of width %i', async (rows, columns, width) => {
    const kernel = open(threads)
    const random = seededRandom(rows)
    const source = randomSparse(rows, columns, random)
    const x = randomTable(kernel, columns, width, random)
    const out = randomTable(kernel, rows, width, random)
    const before = [...out.values]
    const scale = kernel.floats(rows).fill(0.5)
    await kernel.sparseDense(kernel.sparse(source), x, out, { isAdding: true, scale })
    const expected = sparseDense(source, x)
    const values = before.map((value, at) => value + 0.5 * expected.values[at]!)
    expectClose(out, { ...expected, values })
    const ones = kernel.sparse({ ...source, values: undefined })
    await kernel.sparseDense(ones, x, out)
    expectClose(out, sparseDense({ ...source, values: undefined }, x))
  })

  it.each([
    [5, 3, 8],
    [1100, 37, 40],
    [1500, 900, 64],
  ])('sums neighbours of [%i × %i] in slices of width %i', async (rows, columns, width) => {
    const kernel = open(threads)
    const random = seededRandom(rows)
    const source = { ...randomSparse(rows, columns, random), values: undefined }
    const x = randomTable(kernel, columns, width, random)
    const base = randomTable(kernel, rows, width, random)
    const out = kernel.table(rows, width)
    const [given, into] = [columns, rows].map((length) => kernel.floats(length).fill(2)) as [
      Float32Array,
      Float32Array,
    ]
    into[rows - 1] = 0
    const sliced = kernel.slices(columns, width)
    await kernel.sliceRows(x, given, sliced)
    const options = { into, scale: 3, factor: 0.5 }
    await kernel.sumNeighbours<Table>(kernel.sparse(source), sliced, base, out, options)
    const sums = sparseDense(source, x)
    const values = Array.from(base.values, (value, at) => {
      return 0.5 * value + 6 * into[Math.floor(at / width)]! * sums.values[at]!
    })
    expectClose(out, { ...sums, values })
    const [slicedBase, slicedOut] = [kernel.slices(rows, width), kernel.slices(rows, width)]
    const expected = kernel.slices(rows, width)
    const ones = kernel.floats(rows).fill(1)
    await kernel.sliceRows(base, ones, slicedBase)
    await kernel.sliceRows(out, ones, expected)
    await kernel.sumNeighbours(kernel.sparse(source), sliced, slicedBase, slicedOut, options)
    expectClose(slicedOut, expected)
  })

  it.each([
    [1, 8, 3],
    [70, 32, 131],
    [261, 600, 75],
  ])('multiplies [%i × %i] by [… × %i], either way round', async (rows, inner, columns) => {
    const kernel = open(threads)
    const random = seededRandom(inner)
    const a = randomTable(kernel, rows, inner, random)
    const other = randomTable(kernel, columns, inner, random)
    const out: Table = { rows, width: columns, values: kernel.floats(rows * columns) }
    await kernel.multiply(a, await kernel.pack(other, { isTransposed: true }), out)
    expectClose(out, product(a, transposed(other)))
    const turned: Table = { rows: inner, width: columns, values: kernel.floats(inner * columns) }
    await kernel.transpose(other, turned)
    expectClose(turned, transposed(other))
    const once = out.values.slice()
    await kernel.multiply(a, await kernel.pack(turned), out, { isAdding: true, scale: 2 })
    expectClose(out, { ...out, values: once.map((value) => 3 * value) })
  })

  it.each([
    [3, 8],
    [5000, 24],
    [700, 128],
  ])('makes the Gram matrix of [%i × %i]', async (rows, width) => {
    const kernel = open(threads)
    const x = randomTable(kernel, rows, width, seededRandom(rows))
    const out = kernel.table(width, width)
    await kernel.gram(x, out)
    expectClose(out, product(transposed(x), x))
  })

  it('gathers rows and adds them back where they came from', async () => {
    const kernel = open(threads)
    const random = seededRandom(3)
    const x = randomTable(kernel, 90, 16, random)
    const numbers = kernel.integers(Array.from({ length: 400 }, () => integer(random, 0, 90)))
    const gathered = kernel.table(400, 16)
    await kernel.gatherRows(numbers, x, gathered)
    const out = kernel.table(90, 16)
    await kernel.scatterRows(numbers, gathered, out, 0.5)
    const seen = Array.from({ length: 90 }, (_, row) => numbers.filter((n) => n === row).length)
    const values = Array.from(x.values, (value, at) => 0.5 * value * seen[at >> 4]!)
    expectClose(out, { ...out, values })
  })
})

it('takes the steps of Adam', async () => {
  const kernel = open()
  const random = seededRandom(4)
  const weights = randomTable(kernel, 9, 8, random)
  const gradient = randomTable(kernel, 9, 8, random)
  const moments = { mean: kernel.table(9, 8), square: kernel.table(9, 8) }
  const expected = [...weights.values]
  const mean = expected.map(() => 0)
  const square = expected.map(() => 0)
  for (const step of [1, 2, 3]) {
    await kernel.adam(weights, gradient, moments, { step, rate: 0.1, decay: 0.2 })
    for (const [at, g] of gradient.values.entries()) {
      mean[at] = 0.9 * mean[at]! + 0.1 * g
      square[at] = 0.999 * square[at]! + 0.001 * g * g
      const root = Math.sqrt(square[at]! / (1 - 0.999 ** step)) + 1e-8
      expected[at]! *= 1 - 0.1 * 0.2
      expected[at]! -= (0.1 * (mean[at]! / (1 - 0.9 ** step))) / root
    }
  }
  expectClose(weights, { ...weights, values: expected })
})

it('normalises rows, and the way back is the gradient of it', async () => {
  const kernel = open()
  const random = seededRandom(5)
  const x = randomTable(kernel, 3, 16, random)
  const upstream = randomTable(kernel, 3, 16, random)
  const direction = randomTable(kernel, 3, 16, random)
  const value = (shift: number): number => {
    let sum = 0
    for (let row = 0; row < 3; row++) {
      const moved = Array.from({ length: 16 }, (_, d) => {
        return x.values[row * 16 + d]! + shift * direction.values[row * 16 + d]!
      })
      const norm = Math.hypot(...moved)
      for (const [d, cell] of moved.entries()) sum += (upstream.values[row * 16 + d]! * cell) / norm
    }
    return sum
  }
  const expected = (value(1e-4) - value(-1e-4)) / 2e-4
  const units = kernel.table(3, 16)
  const norms = kernel.floats(3)
  await kernel.normaliseRows(x, units, norms)
  await kernel.normaliseRowsBack(units, norms, upstream)
  const found = upstream.values.reduce((sum, g, at) => sum + g * direction.values[at]!, 0)
  expect(found).toBeCloseTo(expected, 4)
  expect(Math.hypot(...units.values.subarray(0, 16))).toBeCloseTo(1, 5)
})

it('adds noise of one length, by seed, that keeps signs', async () => {
  const kernel = open(2)
  const x = randomTable(kernel, 2000, 32, seededRandom(6))
  const [one, same, other] = [0, 1, 2].map(() => kernel.table(2000, 32)) as [Table, Table, Table]
  await kernel.addNoise(x, one, { seed: 7, length: 0.2 })
  await kernel.addNoise(x, same, { seed: 7, length: 0.2 })
  await kernel.addNoise(x, other, { seed: 8, length: 0.2 })
  expect(same.values).toEqual(one.values)
  expect(other.values).not.toEqual(one.values)
  const noise = one.values.map((value, at) => value - x.values[at]!)
  expect(Math.hypot(...noise.subarray(0, 32))).toBeCloseTo(0.2, 4)
  expect(noise.every((value, at) => value * x.values[at]! >= 0)).toBe(true)
  const mean = noise.reduce((sum, value) => sum + Math.abs(value), 0) / noise.length
  // The mean of n/|n| of 32 uniforms: (1/2) / √(32/3).
  expect(mean / 0.2).toBeCloseTo(0.5 / Math.sqrt(32 / 3), 2)
})

it('scales and adds tables, and clears what is not a number', async () => {
  const kernel = open()
  const random = seededRandom(8)
  const [target, source] = [0, 1].map(() => randomTable(kernel, 5001, 8, random)) as [Table, Table]
  const expected = target.values.map((value, at) => 3 * (value - 2 * source.values[at]!))
  await kernel.addScaled(target, source, -2)
  await kernel.scaleBy(target, 3)
  expectClose(target, { ...target, values: expected })
  target.values[17] = Number.NaN
  await kernel.scaleBy(target, 0)
  expect(target.values.every((value) => value === 0)).toBe(true)
})

it('gives the same to the last bit whatever the number of threads', async () => {
  const results = []
  for (const threads of [1, 2, 3]) {
    const kernel = open(threads)
    const random = seededRandom(9)
    const source = randomSparse(3000, 500, random)
    const x = randomTable(kernel, 500, 40, random)
    const out = kernel.table(3000, 40)
    await kernel.sparseDense(kernel.sparse(source), x, out)
    const gram = kernel.table(40, 40)
    await kernel.gram(out, gram)
    const sums = kernel.table(500, 40)
    const numbers = kernel.integers(Array.from({ length: 3000 }, () => integer(random, 0, 500)))
    await kernel.scatterRows(numbers, out, sums)
    results.push([...gram.values, ...sums.values])
  }
  expect(results[1]).toEqual(results[0])
  expect(results[2]).toEqual(results[0])
})

it('refuses tables of other memory and of other shapes', async () => {
  const [kernel, other] = [open(), open()]
  const mine = kernel.table(4, 8)
  await expect(kernel.addScaled(mine, other.table(4, 8), 1)).rejects.toThrow('handed out itself')
  await expect(kernel.gram(mine, kernel.table(4, 8))).rejects.toThrow('[8 × 8] is needed')
})

it('says that it is closed, and keeps views valid while memory grows', async () => {
  const kernel = openLearningKernel()
  const first = kernel.table(1, 8)
  first.values.fill(1)
  const big = kernel.table(100_000, 64)
  await kernel.scaleBy(first, 2)
  expect([...first.values]).toEqual(Array(8).fill(2))
  expect(big.values.every((value) => value === 0)).toBe(true)
  await kernel.close()
  await expect(kernel.scaleBy(first, 2)).rejects.toThrow('is closed')
})

it('lets the event loop breathe while it computes', async () => {
  const kernel = open()
  const x = kernel.table(60_000, 128)
  const out = kernel.table(128, 128)
  let breaths = 0
  const timer = setInterval(() => breaths++, 1)
  await kernel.gram(x, out)
  clearInterval(timer)
  expect(breaths).toBeGreaterThan(0)
})
