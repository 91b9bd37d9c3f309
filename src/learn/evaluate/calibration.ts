/**
 * Do scores mean what they say? Of pairs scored p, a share p should be real. Measured on as many real
 * test pairs as others, so a score without a scale first gets one (Platt 1999) from half of the people
 * and is measured on the other half; probabilities are measured as they are.
 */

export interface ScoredPairs {
  readonly scores: ArrayLike<number>
  /** 1 = real, 0 = not. */
  readonly real: ArrayLike<number>
}

export interface ReliabilityBin {
  /** Of the predicted probability: [from, to). */
  readonly from: number
  readonly to: number
  readonly pairs: number
  /** Mean prediction. */
  readonly predicted: number
  /** Share that is real. */
  readonly observed: number
}

export interface Calibration {
  /** Whether the model's own probabilities were taken, or a curve fitted to its scores. */
  readonly by: 'probabilities' | 'fitted curve'
  /** Expected calibration error: Σ_b |B_b| / n · |observed_b - predicted_b| (Guo et al. 2017, eq. 3). */
  readonly error: number
  readonly bins: readonly ReliabilityBin[]
}

const bins = 10

export function calibrationOf(
  measured: ScoredPairs,
  fitted: ScoredPairs | undefined,
): Calibration | undefined {
  if (measured.scores.length === 0 || fitted?.scores.length === 0) return undefined
  const chance = fitted ? sigmoidOf(fitted) : (score: number) => score
  const table = reliability(Float64Array.from(measured.scores, chance), measured.real)
  const total = table.reduce((sum, { pairs }) => sum + pairs, 0)
  return {
    by: fitted ? 'fitted curve' : 'probabilities',
    error: table.reduce(
      (sum, { pairs, observed, predicted }) =>
        sum + (pairs / total) * Math.abs(observed - predicted),
      0,
    ),
    bins: table,
  }
}

/** Bins of equal width, empty ones left out. */
function reliability(chances: Float64Array, real: ArrayLike<number>): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ pairs: 0, predicted: 0, observed: 0 }))
  for (const [pair, chance] of chances.entries()) {
    const sum = sums[Math.min(bins - 1, Math.max(0, Math.floor(chance * bins)))]!
    sum.pairs += 1
    sum.predicted += chance
    sum.observed += real[pair]!
  }
  return sums.flatMap(({ pairs, predicted, observed }, bin) =>
    pairs === 0
      ? []
      : [
          {
            from: bin / bins,
            to: (bin + 1) / bins,
            pairs,
            predicted: predicted / pairs,
            observed: observed / pairs,
          },
        ],
  )
}

const steps = 30
/** Keeps the curve finite where scores part the pairs without fault. */
const ridge = 1e-3

/** The logistic curve 1 / (1 + e^-(a·z + b)) of largest likelihood by Newton's method, z the standard score. */
function sigmoidOf({ scores, real }: ScoredPairs): (score: number) => number {
  const standard = standardOf(scores)
  const z = Float64Array.from(scores, standard)
  let a = 0
  let b = 0
  for (let step = 0; step < steps; step++) {
    const [da, db] = newtonStep(z, real, a, b)
    a -= da
    b -= db
    if (Math.abs(da) + Math.abs(db) < 1e-9) break
  }
  return (score) => 1 / (1 + Math.exp(-(a * standard(score) + b)))
}

function newtonStep(z: Float64Array, real: ArrayLike<number>, a: number, b: number) {
  let ga = ridge * a
  let gb = ridge * b
  let haa = ridge
  let hab = 0
  let hbb = ridge
  for (let pair = 0; pair < z.length; pair++) {
    const p = 1 / (1 + Math.exp(-(a * z[pair]! + b)))
    const slope = p * (1 - p)
    ga += (p - real[pair]!) * z[pair]!
    gb += p - real[pair]!
    haa += slope * z[pair]! ** 2
    hab += slope * z[pair]!
    hbb += slope
  }
  const determinant = haa * hbb - hab * hab
  return [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant] as const
}

/** Missing and infinite scores count as the least, or greatest, of the others. */
function standardOf(scores: ArrayLike<number>): (score: number) => number {
  const finite = Float64Array.from(scores).filter(Number.isFinite)
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity)
  const greatest = finite.reduce((a, b) => Math.max(a, b), -Infinity)
  const centre = finite.reduce((sum, score) => sum + score, 0) / finite.length
  const squares = finite.reduce((sum, score) => sum + (score - centre) ** 2, 0)
  const deviation = Math.sqrt(squares / finite.length)
  if (!(deviation > 0)) return () => 0
  return (score) => {
    const known = Number.isNaN(score) ? least : Math.min(greatest, Math.max(least, score))
    return (known - centre) / deviation
  }
}
