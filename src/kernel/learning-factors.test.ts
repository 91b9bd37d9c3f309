import { describe, expect, it } from 'vitest'
import { type Random, seededRandom } from '../math/random.ts'
import { kernelsForTests, randomTable } from './learning-kernel.fixture.ts'
import type { LearningKernel } from './learning-kernel.ts'
import type { SparseMatrix, SparseSource, Table } from './learning-memory.ts'
import { conjugateGradient, pairOf, product, transposed } from './learning-reference.ts'
import { bestOf } from './reference.ts'

const open = kernelsForTests()

/** Each row has each column with a chance of `share`; the first row is empty. */
function randomEntries(rows: number, columns: number, share: number, random: Random): SparseSource {
  const lists = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => column).filter(
      () => row > 0 && random() < share,
    ),
  )
  const starts = new Int32Array(rows + 1)
  for (const [row, list] of lists.entries()) starts[row + 1] = starts[row]! + list.length
  const columnOf = Int32Array.from(lists.flat())
  const values = Float32Array.from(columnOf, () => 0.5 + random())
  return { rows, columns, starts, columnOf, values }
}

function rowOf({ width, values }: Table, row: number): number[] {
  return [...values.subarray(row * width, (row + 1) * width)]
}

/** What an ALS half-step makes of one row, with its matrix written out. */
function alsRow(
  entries: SparseSource,
  y: Table,
  gram: number[],
  lambda: number,
  x: number[],
  row: number,
) {
  const { width } = y
  const values = gram.map((cell, at) => cell + (at % (width + 1) === 0 ? lambda : 0))
  const right = x.map(() => 0)
  for (let entry = entries.starts[row]!; entry < entries.starts[row + 1]!; entry++) {
    const factor = rowOf(y, entries.columnOf[entry]!)
    const weight = entries.values![entry]!
    for (const [i, one] of factor.entries()) {
      right[i]! += weight * one
      for (const [j, other] of factor.entries()) values[i * width + j]! += weight * one * other
    }
  }
  const isEmpty = right.every((value) => value === 0)
  const matrix = { rows: width, width, values }
  return isEmpty ? right : conjugateGradient(matrix, right, x, 3)
}

describe.each([1, 2])('with %i threads', (threads) => {
  it.each([
    [40, 30, 8],
    [300, 90, 40],
  ])(
    'takes half a step of ALS for %i rows of %i columns at width %i',
    async (rows, columns, width) => {
      const kernel = open(threads)
      const random = seededRandom(rows)
      const source = randomEntries(rows, columns, 0.15, random)
      const entries = kernel.sparse(source)
      const y = randomTable(kernel, columns, width, random)
      const x = randomTable(kernel, rows, width, random)
      const gram = kernel.table(width, width)
      await kernel.gram(y, gram)
      await kernel.scaleBy(gram, 0.1)
      const regularisation = kernel.floats(rows).map((_, row) => 1 + (row % 3))
      const lambdas = kernel.floats(rows)
      lambdas.set(regularisation)
      const expected = Array.from({ length: rows }, (_, row) =>
        alsRow(source, y, [...gram.values], regularisation[row]!, rowOf(x, row), row),
      )
      await kernel.alsHalfStep(entries, y, x, {
        gram: await kernel.pack(gram),
        regularisation: lambdas,
      })
      const gaps = expected.flat().map((value, at) => Math.abs(value - x.values[at]!))
      expect(Math.max(...gaps)).toBeLessThan(2e-3)
      expect(rowOf(x, 0)).toEqual(Array(width).fill(0))
    },
  )

  it('sums the squared errors over all entries', async () => {
    const kernel = open(threads)
    const random = seededRandom(2)
    const source = randomEntries(700, 20, 0.2, random)
    const [y, x] = [randomTable(kernel, 20, 8, random), randomTable(kernel, 700, 8, random)]
    const scores = product(x, transposed(y))
    let expected = 0
    for (let row = 0; row < 700; row++) {
      for (let entry = source.starts[row]!; entry < source.starts[row + 1]!; entry++) {
        const score = scores.values[row * 20 + source.columnOf[entry]!]!
        expected += source.values![entry]! * (1 - score) ** 2
      }
    }
    const found = await kernel.alsError(kernel.sparse(source), y, x)
    expect(found / expected).toBeCloseTo(1, 4)
  })

  it.each([1, 7, 2000])('finds the nearest %i, known ones left out', async (k) => {
    const kernel = open(threads)
    const random = seededRandom(k)
    const [a, b] = [randomTable(kernel, 37, 16, random), randomTable(kernel, 1500, 16, random)]
    const source = randomEntries(37, 1500, 0.05, random)
    const packed = await kernel.pack(b, { isTransposed: true })
    const { numbers, scores } = await kernel.nearest(a, packed, { k, known: kernel.sparse(source) })
    const all = product(a, transposed(b)).values
    for (const row of [0, 1, 36]) {
      const known = source.columnOf.subarray(source.starts[row], source.starts[row + 1])
      const rowScores = Array.from({ length: 1500 }, (_, column) =>
        known.includes(column) ? -Infinity : all[row * 1500 + column]!,
      )
      const best = bestOf(rowScores, k).filter(({ score }) => score > -Infinity)
      const found = [...numbers.subarray(row * k, (row + 1) * k)]
      expect(found.slice(0, best.length)).toEqual(best.map(({ number }) => number))
      expect(found.slice(best.length).every((number) => number === -1)).toBe(true)
      expect(scores[row * k]).toBeCloseTo(best[0]!.score, 4)
    }
  })
})

function pairFactors(kernel: LearningKernel, source: SparseSource) {
  const random = seededRandom(1)
  const entries: SparseMatrix = kernel.sparse(source)
  const rowNumbers = [...source.starts.keys()].flatMap((row) =>
    Array<number>((source.starts[row + 1] ?? source.starts[row]!) - source.starts[row]!).fill(row),
  )
  const users = randomTable(kernel, source.rows, 8, random)
  const items = randomTable(kernel, source.columns, 8, random)
  const biases = kernel.floats(source.columns)
  return { entries, rowOf: kernel.integers(rowNumbers), users, items, biases }
}

const rates = { rate: 0.1, userDecay: 0.01, itemDecay: 0.02, biasDecay: 0.03 }

it('takes the steps of BPR one after another', async () => {
  const source = randomEntries(30, 40, 0.3, seededRandom(3))
  const kernel = open()
  const factors = pairFactors(kernel, source)
  const users = Array.from({ length: 30 }, (_, row) => rowOf(factors.users, row))
  const items = Array.from({ length: 40 }, (_, row) => rowOf(factors.items, row))
  const biases = Array<number>(40).fill(0)
  let expected = 0
  for (let n = 5; n < 505; n++) {
    const pair = pairOf(source, 77, n)
    if (!pair) continue
    const [u, i, j] = [users[pair.user]!, items[pair.item]!, items[pair.other]!]
    const difference = u.reduce((sum, one, d) => sum + one * (i[d]! - j[d]!), 0)
    const x = biases[pair.item]! - biases[pair.other]! + difference
    const pull = 1 / (1 + Math.exp(x))
    expected += Math.log1p(Math.exp(-x))
    biases[pair.item]! += 0.1 * (pull - 0.03 * biases[pair.item]!)
    biases[pair.other]! -= 0.1 * (pull + 0.03 * biases[pair.other]!)
    for (const [d, one] of u.slice().entries()) {
      u[d]! += 0.1 * (pull * (i[d]! - j[d]!) - 0.01 * one)
      i[d]! += 0.1 * (pull * one - 0.02 * i[d]!)
      j[d]! -= 0.1 * (pull * one + 0.02 * j[d]!)
    }
  }
  const loss = await kernel.pairSteps(factors, { seed: 77, first: 5, count: 500, ...rates })
  expect(loss / expected).toBeCloseTo(1, 4)
  const gaps = [...users.flat(), ...items.flat(), ...biases].map(
    (value, at) =>
      value - [...factors.users.values, ...factors.items.values, ...factors.biases][at]!,
  )
  expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1e-3)
})

it('gives the same steps in one call or in several', async () => {
  const source = randomEntries(30, 40, 0.3, seededRandom(4))
  const [one, other] = [open(), open(2)]
  const [whole, parts] = [pairFactors(one, source), pairFactors(other, source)]
  await one.pairSteps(whole, { seed: 1, first: 0, count: 120_000, ...rates })
  for (let first = 0; first < 120_000; first += 30_000) {
    await other.pairSteps(parts, { seed: 1, first, count: 30_000, ...rates })
  }
  expect(parts.items.values).toEqual(whole.items.values)
  expect(parts.biases).toEqual(whole.biases)
})
