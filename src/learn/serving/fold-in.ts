/**
 * A person's vector from what they did, in the space of a model's item vectors: the closed form of
 * one side of iALS (Hu, Koren and Volinsky, ICDM 2008, eq. 4), by conjugate gradient.
 *
 *   (unobserved · G + Σ c·v·vᵀ + λI) x = Σ c·v + λ·prior,  λ = regularisation · (n + unobserved · N)
 */
import type { FactorOptions } from './serving-model.ts'

/** What somebody did, in rows of a table of vectors. */
export interface Doings {
  /** [items × width] */
  readonly vectors: Float32Array
  /** Rows of `vectors`. */
  readonly rows: ArrayLike<number>
  /** How much each of them counts, above 0. */
  readonly confidences: ArrayLike<number>
}

/** Enough for vectors of 64 to 128 from a cold start; ends earlier when it has converged. */
const mostSteps = 24
/** Of the squared length of what is left, against the first. */
const tolerance = 1e-6

export class FoldIn {
  readonly #width: number
  readonly #gram: Float32Array
  readonly #catalogue: number
  readonly #options: FactorOptions
  readonly #right: Float64Array
  readonly #product: Float64Array
  readonly #direction: Float64Array
  readonly #residual: Float64Array

  /** @param gram Σ v·vᵀ. [width × width] @param catalogue N, how many items that sum is over */
  constructor(width: number, gram: Float32Array, catalogue: number, options: FactorOptions) {
    this.#width = width
    this.#gram = gram
    this.#catalogue = catalogue
    this.#options = options
    this.#right = new Float64Array(width)
    this.#product = new Float64Array(width)
    this.#direction = new Float64Array(width)
    this.#residual = new Float64Array(width)
  }

  /** @param prior where the person is expected to be when little is known; zero when left out. [width] */
  person(doings: Doings, prior?: Float32Array): Float32Array {
    this.#aim(doings, prior)
    return Float32Array.from(this.#solve(doings, new Float64Array(this.#width), mostSteps))
  }

  /** How much each of the doings gave to the score of row `target`: without a prior they sum to it. */
  contributions(doings: Doings, target: number): Float64Array {
    const { vectors, rows, confidences } = doings
    const width = this.#width
    for (let a = 0; a < width; a++) this.#right[a] = vectors[target * width + a]!
    const y = this.#solve(doings, new Float64Array(width), mostSteps)
    return Float64Array.from({ length: rows.length }, (_, n) => {
      let dot = 0
      for (let a = 0; a < width; a++) dot += vectors[rows[n]! * width + a]! * y[a]!
      return confidences[n]! * dot
    })
  }

  #lambda({ rows }: Doings): number {
    const { unobserved, regularisation } = this.#options
    return regularisation * (rows.length + unobserved * this.#catalogue)
  }

  /** The right side: Σ c·v + λ·prior. */
  #aim(doings: Doings, prior?: Float32Array): void {
    const { vectors, rows, confidences } = doings
    const width = this.#width
    const lambda = this.#lambda(doings)
    for (let a = 0; a < width; a++) this.#right[a] = lambda * (prior?.[a] ?? 0)
    for (let n = 0; n < rows.length; n++) {
      const start = rows[n]! * width
      for (let a = 0; a < width; a++) this.#right[a]! += confidences[n]! * vectors[start + a]!
    }
  }

  /** The left side times `x`, into `product`. */
  #multiply({ vectors, rows, confidences }: Doings, x: Float64Array, lambda: number): void {
    const width = this.#width
    const product = this.#product
    const { unobserved } = this.#options
    for (let a = 0; a < width; a++) {
      let sum = 0
      for (let b = 0; b < width; b++) sum += this.#gram[a * width + b]! * x[b]!
      product[a] = unobserved * sum + lambda * x[a]!
    }
    for (let n = 0; n < rows.length; n++) {
      const start = rows[n]! * width
      let dot = 0
      for (let a = 0; a < width; a++) dot += vectors[start + a]! * x[a]!
      dot *= confidences[n]!
      for (let a = 0; a < width; a++) product[a]! += dot * vectors[start + a]!
    }
  }

  /** Conjugate gradient from where `x` is. */
  #solve(doings: Doings, x: Float64Array, steps: number): Float64Array {
    const lambda = this.#lambda(doings)
    let squares = this.#begin(doings, x, lambda)
    const small = tolerance * squares
    const product = this.#product
    for (let step = 0; step < steps && squares > small; step++) {
      this.#multiply(doings, this.#direction, lambda)
      let curvature = 0
      for (let a = 0; a < x.length; a++) curvature += this.#direction[a]! * product[a]!
      const length = squares / curvature
      let next = 0
      for (let a = 0; a < x.length; a++) {
        x[a]! += length * this.#direction[a]!
        this.#residual[a]! -= length * product[a]!
        next += this.#residual[a]! ** 2
      }
      for (let a = 0; a < x.length; a++) {
        this.#direction[a] = this.#residual[a]! + (next / squares) * this.#direction[a]!
      }
      squares = next
    }
    return x
  }

  /** @returns the squared length of the first residual */
  #begin(doings: Doings, x: Float64Array, lambda: number): number {
    this.#multiply(doings, x, lambda)
    let squares = 0
    for (let a = 0; a < x.length; a++) {
      this.#residual[a] = this.#right[a]! - this.#product[a]!
      this.#direction[a] = this.#residual[a]!
      squares += this.#residual[a]! ** 2
    }
    return squares
  }
}
