/** Scores as shares that sum to 1. */

/** In place: e^(x/t) over their sum, the greatest subtracted first so that nothing overflows. */
export function softmaxRow(row: Float32Array | Float64Array, temperature = 1): void {
  let greatest = Number.NEGATIVE_INFINITY
  for (let k = 0; k < row.length; k++) greatest = Math.max(greatest, row[k]!)
  let sum = 0
  for (let k = 0; k < row.length; k++) {
    const value = Math.exp((row[k]! - greatest) / temperature)
    row[k] = value
    sum += value
  }
  for (let k = 0; k < row.length; k++) row[k]! /= sum
}
