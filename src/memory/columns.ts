/** Typed arrays that grow: by doubling, so that filling a table copies each number about once. */

export type Column =
  | Int8Array
  | Uint8Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

/** The same array when it is long enough, else a longer copy. */
export function grown<Kind extends Column>(column: Kind, length: number, filler = 0): Kind {
  if (column.length >= length) return column
  const Kind = column.constructor as new (length: number) => Kind
  const longer = new Kind(Math.max(length, column.length * 2, 64))
  longer.set(column)
  if (filler !== 0) longer.fill(filler, column.length)
  return longer
}
