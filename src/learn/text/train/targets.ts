/** Labels as the losses want them, and answers beside labels. */

/**
 * [texts × classes]: 1 - smoothing on the label and the rest on all alike (Szegedy et al. 2016, §7);
 * evenly spread for a text of no class (a label below 0).
 */
export function targetsOf(labels: Int32Array, classes: number, smoothing: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(smoothing / classes)
  for (const [n, label] of labels.entries()) {
    if (label < 0) targets.fill(1 / classes, n * classes, (n + 1) * classes)
    else targets[n * classes + label]! += 1 - smoothing
  }
  return targets
}

/**
 * Mean over the classes that occur of the F1 of each, in [0, 1]; texts of no class do not count.
 * @param logits [texts × classes]
 */
export function macroF1(logits: Float32Array, labels: Int32Array, classes: number): number {
  const [right, told, there] = [0, 0, 0].map(() => new Float64Array(classes)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (const [n, label] of labels.entries()) {
    if (label < 0) continue
    const answer = largestAt(logits.subarray(n * classes, (n + 1) * classes))
    told[answer]! += 1
    there[label]! += 1
    if (answer === label) right[label]! += 1
  }
  let total = 0
  let occurring = 0
  for (let k = 0; k < classes; k++) {
    if (there[k] === 0) continue
    occurring += 1
    total += (2 * right[k]!) / (told[k]! + there[k]!)
  }
  return occurring === 0 ? 0 : total / occurring
}

function largestAt(row: Float32Array): number {
  let best = 0
  for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k
  return best
}
