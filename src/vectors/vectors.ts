/**
 * An index of directions in one space, by row number. It is a cache, never the truth. This file is
 * the contract; `exact` and `inverted-file` keep it.
 */
export interface Vectors {
  /** Components of each vector. */
  readonly width: number
  /** Rows in use. */
  readonly size: number
  /** Puts or replaces; rows may come in any order. @param values [width] */
  put(row: number, values: Int8Array): void
  remove(row: number): void
  has(row: number): boolean
  /** The stored vector of a row, valid until the next `put`. [width] */
  get(row: number): Int8Array | undefined
  /** The rows of highest cosine, best first; at most `k`. @param query [width], any scale */
  nearest(query: ArrayLike<number>, k: number): Neighbours
  /** Cosines of `query` [width] with `count` of the rows; 0 for a row not in use. */
  cosines(query: ArrayLike<number>, rows: Int32Array, count: number, out: Float32Array): void
  /** Cosines among rows: of row `row` with `count` of `rows`. No vector leaves the index. */
  cosinesOfRow(row: number, rows: Int32Array, count: number, out: Float32Array): void
  /** A copy of everything, so that a restart need not build the index again. */
  state(): VectorsState
}

/** What an index of this width is made from: empty, or as it was when `state` was called. */
export type CreateVectors = (width: number, state?: VectorsState) => Vectors

export interface VectorsState {
  /** Row numbers. [size] */
  readonly rows: Int32Array
  /** [size][width] */
  readonly values: Int8Array
  /** Which centroid each row is filed under; empty without centroids. [size] or [0] */
  readonly lists: Int32Array
  /** [centroids][width]; empty when the index has none. */
  readonly centroids: Int8Array
  /** Lists searched for a query; 0 without centroids. */
  readonly probes: number
}

/** `rows[i]` has cosine `cosines[i]`, descending. */
export interface Neighbours {
  readonly rows: Int32Array
  readonly cosines: Float32Array
}
