/**
 * What the fused model knows of people and items, part by part: an item has a row, a person the sum
 * of the rows of what they have. A pair that is learned from is first taken out of that sum, so that
 * training never sees the answer in the question.
 */
import { KithError } from '../../errors.ts'
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { seededRandom } from '../../math/random.ts'
import { type Csr, rowColumns, transpose } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import { truncatedSvd } from '../linear/truncated-svd.ts'
import { columnCounts, poweredValues, rowCounts, scaled } from '../linear/weights.ts'
import type { FitContext } from '../trainer.ts'

export interface Part {
  readonly name: 'text' | 'graph' | 'circle'
  readonly width: number
  /** [items × width] what an item adds to the people who have it; undefined: nothing to take out. */
  readonly giving?: Float32Array | undefined
  /** [items × width] how an item stands against a person. */
  readonly items: Float32Array
  /** [people × width] */
  readonly people: Float32Array
}

/** @throws KithError `invalid-input` without texts or an encoder */
export async function textPart(
  { facts, interactions }: Dataset,
  { encode, signal }: FitContext,
): Promise<Part> {
  if (!encode || !facts?.some(({ text }) => text !== '')) {
    throw new KithError(
      'invalid-input',
      'The row "content" needs texts of items: give a file of them with --items, or leave the row out.',
    )
  }
  const { width, data } = await encode(facts.map(({ text }) => text))
  signal?.throwIfAborted()
  const items = centred(data, width)
  return { name: 'text', width, giving: items, items, people: sums(interactions, items, width) }
}

/** What all texts have in common says nothing; texts that are nothing stay zeros. */
function centred(data: Float32Array, width: number): Float32Array {
  const count = data.length / width
  const isFull = Array.from({ length: count }, (_, row) =>
    data.subarray(row * width, (row + 1) * width).some((value) => value !== 0),
  )
  const full = Math.max(1, isFull.filter(Boolean).length)
  const mean = new Float64Array(width)
  for (const [n, value] of data.entries()) mean[n % width]! += value / full
  return data.map((value, n) => (isFull[Math.floor(n / width)] ? value - mean[n % width]! : 0))
}

export interface GraphOptions {
  readonly components: number
  readonly iterations: number
}

/**
 * The spectral embedding of people × items (as GF-CF's low-pass filter, Shen et al., CIKM 2021): with V the
 * largest right singular vectors of D_U^-½ R D_I^-½, an item gives D_I^-½ V and stands as D_I^½ V.
 * @param seen the interactions that V is of; sums of people are of all of them
 */
export async function graphPart(
  train: Dataset,
  { interactions }: Dataset,
  { components, iterations }: GraphOptions,
  { signal, machine }: FitContext,
): Promise<Part> {
  const width = Math.min(components, interactions.rows, interactions.columns)
  const had = poweredValues(interactions, 0)
  const popularity = columnCounts(had).map((count) => Math.max(1, count))
  const kernel = openLearningKernel({ threads: 2, ...machine })
  try {
    const users = rowCounts(had).map((count) => Math.max(1, count) ** -0.5)
    const normalised = scaled(
      had,
      users,
      popularity.map((count) => count ** -0.5),
    )
    const { right } = await truncatedSvd(
      kernel,
      kernel.sparse(normalised),
      kernel.sparse(transpose(normalised).csr),
      { components: width, iterations, random: seededRandom(1), signal },
    )
    const rows = new Float32Array(right.rows * width)
    for (let row = 0; row < right.rows; row++) {
      const start = row * right.width
      rows.set(right.values.subarray(start, start + width), row * width)
    }
    const giving = rows.map((value, n) => value * popularity[Math.floor(n / width)]! ** -0.5)
    const items = rows.map((value, n) => value * popularity[Math.floor(n / width)]! ** 0.5)
    const people = sums(poweredValues(train.interactions, 0), giving, width)
    return { name: 'graph', width, giving, items: evened(items, width), people }
  } finally {
    await kernel.close()
  }
}

/** The graph as seen through one's ties: the mean direction of the friends' own sums. */
export function circlePart(ties: Csr, { width, items, people }: Part): Part {
  const unit = people.slice()
  for (let row = 0; row < unit.length / width; row++) {
    const cells = unit.subarray(row * width, (row + 1) * width)
    const norm = Math.sqrt(cells.reduce((sum, value) => sum + value * value, 1e-20))
    for (let d = 0; d < width; d++) cells[d]! /= norm
  }
  return { name: 'circle', width, items, people: sums(poweredValues(ties, 0), unit, width) }
}

/** Rows of about one length; those far shorter than most, of which little is known, stay shorter. */
function evened(rows: Float32Array, width: number): Float32Array {
  const count = rows.length / width
  const squares = Float64Array.from({ length: count }, (_, row) =>
    rows.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value * value, 0),
  )
  const typical = squares.toSorted()[count >> 1] ?? 0
  return rows.map(
    (value, n) => value / Math.sqrt(squares[Math.floor(n / width)]! + typical + 1e-20),
  )
}

/** Σ of the rows that each row of the matrix names. */
function sums(matrix: Csr, rows: Float32Array, width: number): Float32Array {
  const out = new Float32Array(matrix.rows * width)
  for (let row = 0; row < matrix.rows; row++) {
    const target = out.subarray(row * width, (row + 1) * width)
    for (const column of rowColumns(matrix, row)) {
      const start = column * width
      for (let d = 0; d < width; d++) target[d]! += rows[start + d]!
    }
  }
  return out
}

/** [items] log(1 + how many have it) */
export function popularityOf({ interactions }: Dataset): Float32Array {
  return columnCounts(interactions).map(Math.log1p)
}
