/**
 * Eigenvalues and eigenvectors of a small dense symmetric matrix: Householder reflections to
 * tridiagonal form, then implicit QL steps (Golub & Van Loan, Matrix Computations, 8.3).
 */

export interface Eigen {
  /** [size] descending */
  readonly values: Float64Array
  /** [size × size], row `i` is the unit eigenvector of `values[i]` */
  readonly vectors: Float64Array
}

const enoughSteps = 60

/**
 * @param matrix [size × size], row by row; only its lower triangle is read
 * @throws RangeError when it holds something that is no finite number
 */
export function symmetricEigen(matrix: ArrayLike<number>, size: number): Eigen {
  const work = Float64Array.from(matrix)
  if (!work.every(Number.isFinite)) {
    throw new RangeError(`A matrix of ${size} × ${size} with a cell that is no finite number.`)
  }
  const { diagonal, below, basis } = tridiagonal(work, size)
  diagonalise(diagonal, below, basis, size)
  return sorted(diagonal, basis, size)
}

interface Tridiagonal {
  readonly diagonal: Float64Array
  /** [size]: `below[i]` ties i and i + 1; the last is 0 */
  readonly below: Float64Array
  /** [size × size]: row `i` becomes the eigenvector of `diagonal[i]` */
  readonly basis: Float64Array
}

/** `a` is overwritten. A = Qᵀ T Q, with the rows of `basis` as Q. */
function tridiagonal(a: Float64Array, size: number): Tridiagonal {
  const basis = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    basis[i * size + i] = 1
    for (let j = 0; j < i; j++) a[j * size + i] = a[i * size + j]!
  }
  const below = new Float64Array(size)
  for (let column = 0; column + 1 < size; column++) {
    const { reflector, length } = reflectorOf(a, size, column)
    below[column] = length
    if (!reflector) continue
    reflectBothSides(a, size, reflector)
    reflectRows(basis, size, reflector)
  }
  const diagonal = Float64Array.from({ length: size }, (_, i) => a[i * size + i]!)
  return { diagonal, below, basis }
}

/** The unit vector v for which (I - 2vvᵀ) leaves of a column only its first cell under the diagonal. */
function reflectorOf(
  a: Float64Array,
  size: number,
  column: number,
): { reflector?: Float64Array; length: number } {
  const reflector = new Float64Array(size)
  let squares = 0
  for (let i = column + 1; i < size; i++) {
    reflector[i] = a[i * size + column]!
    squares += reflector[i]! ** 2
  }
  const first = reflector[column + 1]!
  const rest = squares - first ** 2
  if (!(rest > 0)) return { length: first }
  const length = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares)
  reflector[column + 1] = first - length
  const norm = Math.sqrt(rest + (first - length) ** 2)
  for (let i = column + 1; i < size; i++) reflector[i]! /= norm
  return { reflector, length }
}

/** A ← (I - 2vvᵀ) A (I - 2vvᵀ), as the update A - vwᵀ - wvᵀ of rank two. */
function reflectBothSides(a: Float64Array, size: number, v: Float64Array): void {
  const w = new Float64Array(size)
  let along = 0
  for (let i = 0; i < size; i++) {
    let sum = 0
    for (let j = 0; j < size; j++) sum += a[i * size + j]! * v[j]!
    w[i] = 2 * sum
    along += sum * v[i]!
  }
  for (let i = 0; i < size; i++) w[i]! -= 2 * along * v[i]!
  for (let i = 0; i < size; i++) {
    const vi = v[i]!
    const wi = w[i]!
    const row = i * size
    for (let j = 0; j < size; j++) a[row + j]! -= vi * w[j]! + wi * v[j]!
  }
}

/** Q ← (I - 2vvᵀ) Q */
function reflectRows(q: Float64Array, size: number, v: Float64Array): void {
  const along = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    if (v[i] === 0) continue
    for (let j = 0; j < size; j++) along[j]! += v[i]! * q[i * size + j]!
  }
  for (let i = 0; i < size; i++) {
    const twice = 2 * v[i]!
    if (twice === 0) continue
    for (let j = 0; j < size; j++) q[i * size + j]! -= twice * along[j]!
  }
}

function diagonalise(
  diagonal: Float64Array,
  below: Float64Array,
  basis: Float64Array,
  size: number,
): void {
  for (let low = 0; low < size; low++) {
    for (let step = 0; step < enoughSteps; step++) {
      const high = blockEnd(diagonal, below, low, size)
      if (high === low) break
      implicitStep(diagonal, below, basis, { low, high, size })
    }
  }
}

/** The last place that is still tied to `low`. */
function blockEnd(diagonal: Float64Array, below: Float64Array, low: number, size: number): number {
  for (let place = low; place + 1 < size; place++) {
    const scale = Math.abs(diagonal[place]!) + Math.abs(diagonal[place + 1]!)
    if (Math.abs(below[place]!) <= Number.EPSILON * scale) return place
  }
  return size - 1
}

/** One QL step with Wilkinson's shift on the block [low, high]. */
function implicitStep(
  diagonal: Float64Array,
  below: Float64Array,
  basis: Float64Array,
  { low, high, size }: { low: number; high: number; size: number },
): void {
  const half = (diagonal[low + 1]! - diagonal[low]!) / (2 * below[low]!)
  const root = Math.hypot(half, 1)
  let g = diagonal[high]! - diagonal[low]! + below[low]! / (half + (half < 0 ? -root : root))
  let sine = 1
  let cosine = 1
  let kept = 0
  for (let i = high - 1; i >= low; i--) {
    const f = sine * below[i]!
    const b = cosine * below[i]!
    const length = Math.hypot(f, g)
    below[i + 1] = length
    if (length === 0) {
      diagonal[i + 1]! -= kept
      below[high] = 0
      return
    }
    sine = f / length
    cosine = g / length
    const shifted = diagonal[i + 1]! - kept
    const turned = (diagonal[i]! - shifted) * sine + 2 * cosine * b
    kept = sine * turned
    diagonal[i + 1] = shifted + kept
    g = cosine * turned - b
    rotateRows(basis, size, i, sine, cosine)
  }
  diagonal[low]! -= kept
  below[low] = g
  below[high] = 0
}

function rotateRows(
  q: Float64Array,
  size: number,
  row: number,
  sine: number,
  cosine: number,
): void {
  const one = row * size
  const other = one + size
  for (let j = 0; j < size; j++) {
    const f = q[other + j]!
    const e = q[one + j]!
    q[other + j] = sine * e + cosine * f
    q[one + j] = cosine * e - sine * f
  }
}

function sorted(diagonal: Float64Array, basis: Float64Array, size: number): Eigen {
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b]! - diagonal[a]!)
  const vectors = new Float64Array(size * size)
  for (const [rank, place] of order.entries()) {
    vectors.set(basis.subarray(place * size, (place + 1) * size), rank * size)
  }
  return { values: Float64Array.from(order, (place) => diagonal[place]!), vectors }
}
