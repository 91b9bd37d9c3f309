/** How much each interaction counts in the linear models, and how often people and items occur. */
import { type Csr, rowLength, transpose } from '../data/csr.ts'

/** The same pairs with values^power: 0 = had or not, 1 = as the data says. */
export function poweredValues(csr: Csr, power: number): Csr {
  return { ...csr, values: csr.values.map((value) => value ** power) }
}

/** [rows] entries of each row. */
export function rowCounts(csr: Csr): Float32Array {
  return Float32Array.from({ length: csr.rows }, (_, row) => rowLength(csr, row))
}

/** [columns] entries of each column. */
export function columnCounts({ columns, columnOf }: Csr): Float32Array {
  const counts = new Float32Array(columns)
  for (const column of columnOf) counts[column]! += 1
  return counts
}

/** diag(rowFactors) · matrix · diag(columnFactors) */
export function scaled(csr: Csr, rowFactors: Float32Array, columnFactors: Float32Array): Csr {
  const values = new Float32Array(csr.values.length)
  for (let row = 0; row < csr.rows; row++) {
    const factor = rowFactors[row]!
    for (let entry = csr.starts[row]!; entry < csr.starts[row + 1]!; entry++) {
      values[entry] = csr.values[entry]! * factor * columnFactors[csr.columnOf[entry]!]!
    }
  }
  return { ...csr, values }
}

export interface RidgeWeights {
  /** Of an item had by m people, the mean of all items, λ is ridge · √m. */
  readonly ridge: number
  /** How λ grows with popularity: by (people of the item / m)^itemPower. */
  readonly itemPower: number
  /** How much a person with many items counts: each person's row counts n^-userPower. */
  readonly userPower: number
  /** How much of a value counts: 0 = had or not, 1 = the value itself. */
  readonly valuePower: number
}

export interface RidgeProblem {
  /** W^½ X Λ^-½ [people × items], W = diag(n^-userPower), Λ the ridges. */
  readonly weighted: Csr
  /** [items] λ of each */
  readonly ridges: Float32Array
}

/** What it takes to regress every item on all items: min |W^½ (X - X B)|² + |Λ^½ B|². */
export function ridgeProblem(interactions: Csr, options: RidgeWeights): RidgeProblem {
  const people = columnCounts(interactions)
  const mean = interactions.columnOf.length / Math.max(1, people.filter(Boolean).length)
  const ridge = options.ridge * Math.sqrt(mean)
  const ridges = people.map((count) => ridge * (Math.max(1, count) / mean) ** options.itemPower)
  const weighted = scaled(
    poweredValues(interactions, options.valuePower),
    userFactors(interactions, options.userPower),
    ridges.map((one) => one ** -0.5),
  )
  return { weighted, ridges }
}

/** Roots of the weights of people, scaled so that an interaction weighs 1 in the mean. */
function userFactors(interactions: Csr, userPower: number): Float32Array {
  const counts = rowCounts(interactions)
  const weights = counts.map((count) => Math.max(1, count) ** -userPower)
  const total = weights.reduce((sum, weight, row) => sum + weight * counts[row]!, 0)
  return weights.map((weight) => Math.sqrt((weight * interactions.columnOf.length) / total))
}

/**
 * matrix · matrixᵀ, written row by row into a square with rows of `width` cells.
 * @param breathe called between rows, so that a caller may wait or stop
 */
export async function addOuterProduct(
  matrix: Csr,
  square: Float32Array,
  width: number,
  breathe: (row: number) => Promise<void>,
): Promise<void> {
  const { starts, columnOf, values } = matrix
  const { csr: across } = transpose(matrix)
  for (let row = 0; row < matrix.rows; row++) {
    await breathe(row)
    const target = square.subarray(row * width, (row + 1) * width)
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const column = columnOf[entry]!
      const value = values[entry]!
      for (let other = across.starts[column]!; other < across.starts[column + 1]!; other++) {
        target[across.columnOf[other]!]! += value * across.values[other]!
      }
    }
  }
}
