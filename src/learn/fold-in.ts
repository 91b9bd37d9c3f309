/**
 * Folds a person unknown at training into a factor model: their vector follows from what they have
 * and from the items' factors alone, by the same least squares as in the fit. No threads, no kernel:
 * light enough for the path of a page.
 */
import type { SavedModel } from './trainer.ts'

export interface FoldInParts {
  /** [items × width] */
  readonly items: Float32Array
  readonly width: number
  /** How much an absent pair counts: α₀. */
  readonly absentWeight: number
  /** λ of a person is lambdaScale · (their entries + α₀ items)^ν. */
  readonly lambdaScale: number
  /** ν */
  readonly frequencyPower: number
  /** What a value counts: scale · value^power. Default 1 · value^0 */
  readonly weightScale?: number | undefined
  readonly valuePower?: number | undefined
  /** α₀ itemsᵀ·items [width × width]; made here when left out, in width² · items steps. */
  readonly gram?: Float32Array | undefined
}

export interface FoldIn {
  readonly width: number
  /** [items × width] */
  readonly items: Float32Array
  /**
   * The vector [width] whose product with an item's factors is the score; zeros without items.
   * @param items numbers, each once @param values one each, above 0, in the unit of the training data
   */
  vectorOf(items: ArrayLike<number>, values?: ArrayLike<number>): Float32Array
  /** One score per item, into `scores` [items]. */
  score(vector: Float32Array, scores: Float32Array): void
}

const tolerance = 1e-6

export function createFoldIn(parts: FoldInParts): FoldIn {
  const { items: factors, width, absentWeight, lambdaScale, frequencyPower } = parts
  const { weightScale = 1, valuePower = 0 } = parts
  const count = factors.length / width
  const gram = parts.gram ? Float64Array.from(parts.gram) : gramOf(factors, width, absentWeight)

  function systemOf(items: ArrayLike<number>, weights: ArrayLike<number> | undefined): System {
    const lambda = lambdaScale * (items.length + absentWeight * count) ** frequencyPower
    return { gram, factors, width, items, weights, lambda }
  }
  return {
    width,
    items: factors,
    vectorOf(items, values) {
      if (items.length === 0) return new Float32Array(width)
      const weights = values && Array.from(values, (value) => weightScale * value ** valuePower)
      return Float32Array.from(solve(systemOf(items, weights)))
    },
    score(vector, scores) {
      for (let item = 0; item < count; item++) scores[item] = dotAt(factors, item * width, vector)
    },
  }
}

/** The users' side of a saved `als` model. @throws RangeError for a model without its tensors */
export function foldInOf({ tensors, meta }: SavedModel): FoldIn {
  const { items, gram } = tensors
  if (!(items?.data instanceof Float32Array && gram?.data instanceof Float32Array)) {
    throw new RangeError('Only a saved model with tensors `items` and `gram` can fold people in.')
  }
  return createFoldIn({
    items: items.data,
    gram: gram.data,
    width: items.shape[1]!,
    absentWeight: Number(meta['absentWeight']),
    lambdaScale: Number(meta['lambdaScale']),
    frequencyPower: Number(meta['frequencyPower']),
    weightScale: Number(meta['weightScale']),
    valuePower: Number(meta['valuePower']),
  })
}

/** (α₀G + λI + Σ w y yᵀ) x = Σ w y */
interface System {
  readonly gram: Float64Array
  readonly factors: Float32Array
  readonly width: number
  readonly items: ArrayLike<number>
  readonly weights: ArrayLike<number> | undefined
  readonly lambda: number
}

/** By conjugate gradient until the residual is small (Hestenes & Stiefel 1952). */
function solve(system: System): Float64Array {
  const { width } = system
  const solution = new Float64Array(width)
  const residual = rightSide(system)
  const direction = residual.slice()
  const image = new Float64Array(width)
  let squares = dotAt(residual, 0, residual)
  const end = squares * tolerance ** 2
  for (let step = 0; step < 2 * width && squares > end; step++) {
    applySystem(system, direction, image)
    const length = squares / dotAt(direction, 0, image)
    for (let d = 0; d < width; d++) {
      solution[d]! += length * direction[d]!
      residual[d]! -= length * image[d]!
    }
    const next = dotAt(residual, 0, residual)
    for (let d = 0; d < width; d++) direction[d] = residual[d]! + (next / squares) * direction[d]!
    squares = next
  }
  return solution
}

function rightSide({ factors, width, items, weights }: System): Float64Array {
  const sum = new Float64Array(width)
  for (let n = 0; n < items.length; n++) {
    addAt(sum, factors, items[n]! * width, weights?.[n] ?? 1)
  }
  return sum
}

function applySystem(system: System, vector: Float64Array, out: Float64Array): void {
  const { gram, factors, width, items, weights, lambda } = system
  for (let row = 0; row < width; row++) {
    out[row] = dotAt(gram, row * width, vector) + lambda * vector[row]!
  }
  for (let n = 0; n < items.length; n++) {
    const at = items[n]! * width
    addAt(out, factors, at, (weights?.[n] ?? 1) * dotAt(factors, at, vector))
  }
}

type Floats = Float32Array | Float64Array

/** Of the row of `matrix` that starts at `at` and a vector. */
function dotAt(matrix: Floats, at: number, vector: Floats): number {
  let sum = 0
  for (let d = 0; d < vector.length; d++) sum += matrix[at + d]! * vector[d]!
  return sum
}

function addAt(target: Float64Array, matrix: Floats, at: number, factor: number): void {
  for (let d = 0; d < target.length; d++) target[d]! += factor * matrix[at + d]!
}

function gramOf(factors: Float32Array, width: number, weight: number): Float64Array {
  const gram = new Float64Array(width * width)
  for (let at = 0; at < factors.length; at += width) {
    for (let row = 0; row < width; row++) {
      const factor = factors[at + row]!
      for (let d = 0; d < width; d++) gram[row * width + d]! += factor * factors[at + d]!
    }
  }
  return gram.map((cell) => weight * cell)
}
