/**
 * Groups texts of like length, so that little is wasted on padding and a run stays in the
 * processor's cache.
 *
 * @param lengths tokens of each text; a text of none is in no batch
 * @param limit tokens of one batch, padding included; one longer text is a batch of its own
 * @returns indices of `lengths`, shortest first
 */
export function planBatches(lengths: readonly number[], limit: number): number[][] {
  const order = lengths.flatMap((length, n) => (length > 0 ? [n] : []))
  order.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0))
  const batches: number[][] = []
  let batch: number[] = []
  for (const n of order) {
    if (batch.length > 0 && (batch.length + 1) * (lengths[n] ?? 0) > limit) {
      batches.push(batch)
      batch = []
    }
    batch.push(n)
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
