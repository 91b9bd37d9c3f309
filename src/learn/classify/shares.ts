/** How often each class occurs. */
import type { LabelledTexts } from './classifier.ts'

/** [classes], sums to 1; texts out of scope do not count. */
export function classShares({ labels, classes }: Omit<LabelledTexts, 'texts'>): Float32Array {
  const counts = new Float32Array(classes.length)
  let total = 0
  for (const label of labels) {
    if (label < 0) continue
    counts[label]! += 1
    total += 1
  }
  return counts.map((count) => (total === 0 ? 1 / classes.length : count / total))
}

/** [times × row] */
export function repeatedRow(row: Float32Array, times: number): Float32Array {
  const rows = new Float32Array(times * row.length)
  for (let n = 0; n < times; n++) rows.set(row, n * row.length)
  return rows
}
