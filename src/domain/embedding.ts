/**
 * The direction of a text in an encoder's space. Only direction counts (closeness is a cosine), so
 * it is kept as signed bytes, largest component at ±127: a quarter of the memory of floats.
 */
export interface Embedding {
  /** Which encoder made it, for example `minilm-l6-v2@1`. Only one space can be compared. */
  readonly space: string
  readonly values: Int8Array
}

/** @param vector any length, not all zero; NaN and infinities are refused */
export function embeddingOf(space: string, vector: ArrayLike<number>): Embedding {
  let largest = 0
  for (let d = 0; d < vector.length; d++) largest = Math.max(largest, Math.abs(vector[d] ?? 0))
  if (!(largest > 0 && largest < Infinity)) {
    throw new RangeError(
      `A vector of "${space}" has no direction: its largest component is ${largest}.`,
    )
  }
  const values = new Int8Array(vector.length)
  for (let d = 0; d < vector.length; d++) values[d] = Math.round(((vector[d] ?? 0) / largest) * 127)
  return { space, values }
}
