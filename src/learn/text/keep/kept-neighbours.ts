/** How much of what an encoder knew is left after it learned on: forgetting, on texts that stay the same. */

/**
 * Mean share of the `k` nearest texts of each text that are still among its `k` nearest, in [0, 1].
 * @param before and after [texts × width], of length one each; the widths may differ
 */
export function keptNeighbours(
  before: Float32Array,
  after: Float32Array,
  texts: number,
  k: number,
): number {
  if (texts <= k + 1) return 1
  let kept = 0
  for (let text = 0; text < texts; text++) {
    const others = new Set(nearest(before, text, texts, k))
    for (const other of nearest(after, text, texts, k)) if (others.has(other)) kept += 1
  }
  return kept / (texts * k)
}

function nearest(vectors: Float32Array, text: number, texts: number, k: number): number[] {
  const width = vectors.length / texts
  const closeness = new Float32Array(texts)
  for (let other = 0; other < texts; other++) {
    let dot = 0
    for (let d = 0; d < width; d++) dot += vectors[text * width + d]! * vectors[other * width + d]!
    closeness[other] = other === text ? -Infinity : dot
  }
  const order = Array.from({ length: texts }, (_, other) => other)
  return order.sort((a, b) => closeness[b]! - closeness[a]!).slice(0, k)
}
