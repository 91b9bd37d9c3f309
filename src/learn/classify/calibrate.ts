/**
 * Scores to probabilities that can be believed: softmax(sharpness · score + shift of the class), fitted
 * on texts that the scores were not learned from (temperature with bias, Guo et al. 2017).
 */
import { softmaxRow } from '../../math/softmax.ts'

export interface Calibration {
  readonly sharpness: number
  /** [classes] */
  readonly shifts: Float32Array
}

const steps = 300
const rate = 0.05
/** Many classes with few texts each have no shift that could be told from chance. */
const textsPerShift = 50

/** @param scores [texts × classes] @param labels those below 0 do not count */
export function calibrate(scores: Float64Array, labels: Int32Array, classes: number): Calibration {
  const known = labels.reduce((sum, label) => sum + (label >= 0 ? 1 : 0), 0)
  const shifts = new Float32Array(classes)
  if (known === 0) return { sharpness: 1, shifts }
  const hasShifts = known >= textsPerShift * classes
  let logSharpness = 0
  const slopes = new Float64Array(classes + 1)
  const moments = new Float64Array(2 * (classes + 1))
  for (let step = 1; step <= steps; step++) {
    slopesOf(scores, labels, { sharpness: Math.exp(logSharpness), shifts }, slopes)
    const moves = adamMoves(slopes, moments, step)
    logSharpness -= moves[classes]!
    if (hasShifts) for (let k = 0; k < classes; k++) shifts[k]! -= moves[k]!
  }
  return { sharpness: Math.exp(logSharpness), shifts }
}

/** Of the mean cross-entropy by the shifts, then by the logarithm of the sharpness; overwritten. */
function slopesOf(
  scores: Float64Array,
  labels: Int32Array,
  { sharpness, shifts }: Calibration,
  slopes: Float64Array,
): void {
  const classes = shifts.length
  const row = new Float64Array(classes)
  slopes.fill(0)
  for (const [n, label] of labels.entries()) {
    if (label < 0) continue
    for (let k = 0; k < classes; k++) row[k] = sharpness * scores[n * classes + k]! + shifts[k]!
    softmaxRow(row)
    row[label]! -= 1
    for (let k = 0; k < classes; k++) {
      slopes[k]! += row[k]!
      slopes[classes]! += row[k]! * sharpness * scores[n * classes + k]!
    }
  }
}

/** Kingma and Ba 2015, algorithm 1. @param moments means, then means of squares */
function adamMoves(slopes: Float64Array, moments: Float64Array, step: number): Float64Array {
  const width = slopes.length
  return slopes.map((slope, k) => {
    const first = 0.9 * moments[k]! + 0.1 * slope
    const second = 0.99 * moments[width + k]! + 0.01 * slope * slope
    moments[k] = first
    moments[width + k] = second
    return (rate * first) / (1 - 0.9 ** step) / (Math.sqrt(second / (1 - 0.99 ** step)) + 1e-8)
  })
}

/** [texts × classes] probabilities. */
export function probabilitiesOf(
  scores: Float64Array,
  { sharpness, shifts }: Calibration,
): Float32Array {
  const classes = shifts.length
  const rows = new Float32Array(scores.length)
  for (let from = 0; from < rows.length; from += classes) {
    const row = rows.subarray(from, from + classes)
    for (let k = 0; k < classes; k++) row[k] = sharpness * scores[from + k]! + shifts[k]!
    softmaxRow(row)
  }
  return rows
}

const bins = 10

/** @returns ECE, 0–1 */
export function calibrationError(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
): number {
  const sums = Array.from({ length: bins }, () => ({ texts: 0, predicted: 0, right: 0 }))
  let texts = 0
  for (const [n, label] of labels.entries()) {
    if (label < 0) continue
    const row = probabilities.subarray(n * classes, (n + 1) * classes)
    const best = greatest(row)
    const bin = sums[Math.min(bins - 1, Math.floor(row[best]! * bins))]!
    bin.texts += 1
    bin.predicted += row[best]!
    bin.right += best === label ? 1 : 0
    texts += 1
  }
  const gap = sums.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.right), 0)
  return texts === 0 ? 0 : gap / texts
}

/** The place of the greatest; the first of equals. */
export function greatest(row: ArrayLike<number>): number {
  let best = 0
  for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k
  return best
}
