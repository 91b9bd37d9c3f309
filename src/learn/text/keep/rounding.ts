/** Matrices in eight bits, each row by its own largest value, and turned around. */

const largest = 127

/** values ≈ bytes · scale of the row. @param values [rows × width] */
export function bytesOfRows(
  values: Float32Array,
  width: number,
): { readonly bytes: Int8Array; readonly scales: Float32Array } {
  const bytes = new Int8Array(values.length)
  const scales = new Float32Array(values.length / width)
  for (let row = 0; row < scales.length; row++) {
    const own = values.subarray(row * width, (row + 1) * width)
    let reach = 0
    for (const value of own) reach = Math.max(reach, Math.abs(value))
    scales[row] = reach / largest
    if (reach === 0) continue
    for (let d = 0; d < width; d++) bytes[row * width + d] = Math.round((own[d]! * largest) / reach)
  }
  return { bytes, scales }
}

/** [rows × columns] → [columns × rows] */
export function turned<List extends Float32Array | Int8Array>(
  values: List,
  rows: number,
  columns: number,
): List {
  const other = values.slice() as List
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      other[column * rows + row] = values[row * columns + column]!
    }
  }
  return other
}
