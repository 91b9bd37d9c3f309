/** Sparse matrices by compressed rows: who interacted with what, who is tied to whom. */

export interface Csr {
  readonly rows: number
  readonly columns: number
  /** [rows + 1] where each row starts in `columnOf` */
  readonly starts: Int32Array
  /** [entries] ascending within a row, each pair once */
  readonly columnOf: Int32Array
  /** [entries] */
  readonly values: Float32Array
}

export interface Triplets {
  readonly rows: number
  readonly columns: number
  readonly rowOf: ArrayLike<number>
  readonly columnOf: ArrayLike<number>
  /** 1 each when left out. */
  readonly values?: ArrayLike<number> | undefined
  readonly times?: ArrayLike<number> | undefined
}

export interface Merged {
  readonly csr: Csr
  readonly times?: Float64Array | undefined
  /** How many triplets fell onto a pair that was there already. */
  readonly duplicates: number
}

/** Values of a repeated pair add up, its latest time is kept. */
export function csrOf({ rows, columns, rowOf, columnOf, values, times }: Triplets): Merged {
  const order = stableOrder(rowOf, rows, stableOrder(columnOf, columns))
  const starts = new Int32Array(rows + 1)
  const mergedColumns = new Int32Array(order.length)
  const mergedValues = new Float32Array(order.length)
  const mergedTimes = times && new Float64Array(order.length)
  let size = 0
  let previous = -1
  for (const from of order) {
    const row = rowOf[from]!
    const column = columnOf[from]!
    const isRepeated = row === previous && mergedColumns[size - 1] === column
    if (!isRepeated) {
      mergedColumns[size++] = column
      starts[row + 1]! += 1
      previous = row
    }
    mergedValues[size - 1]! += values?.[from] ?? 1
    if (mergedTimes) mergedTimes[size - 1] = Math.max(mergedTimes[size - 1]!, times[from]!)
  }
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!
  return {
    csr: {
      rows,
      columns,
      starts,
      columnOf: mergedColumns.slice(0, size),
      values: mergedValues.slice(0, size),
    },
    times: mergedTimes?.slice(0, size),
    duplicates: order.length - size,
  }
}

/** Counting sort of places by key; places of equal keys stay in the order of `places`. */
function stableOrder(keys: ArrayLike<number>, size: number, places?: Int32Array): Int32Array {
  const next = new Int32Array(size + 1)
  for (let place = 0; place < keys.length; place++) next[keys[place]! + 1]! += 1
  for (let key = 0; key < size; key++) next[key + 1]! += next[key]!
  const order = new Int32Array(keys.length)
  for (let rank = 0; rank < keys.length; rank++) {
    const place = places?.[rank] ?? rank
    order[next[keys[place]!]!++] = place
  }
  return order
}

/** Entries with their row written out, as `csrOf` wants them. */
export function rowOfEntries({ starts, columnOf, rows }: Csr): Int32Array {
  const rowOf = new Int32Array(columnOf.length)
  for (let row = 0; row < rows; row++) rowOf.fill(row, starts[row], starts[row + 1])
  return rowOf
}

/** `places[e]` is where entry `e` of the transposed matrix stands in the original. */
export function transpose(csr: Csr): { readonly csr: Csr; readonly places: Int32Array } {
  const places = stableOrder(csr.columnOf, csr.columns)
  const rowOf = rowOfEntries(csr)
  const starts = new Int32Array(csr.columns + 1)
  for (const column of csr.columnOf) starts[column + 1]! += 1
  for (let column = 0; column < csr.columns; column++) starts[column + 1]! += starts[column]!
  return {
    csr: {
      rows: csr.columns,
      columns: csr.rows,
      starts,
      columnOf: places.map((place) => rowOf[place]!),
      values: Float32Array.from(places, (place) => csr.values[place]!),
    },
    places,
  }
}

/** The columns of a row: a view, not a copy. */
export function rowColumns({ starts, columnOf }: Csr, row: number): Int32Array {
  return columnOf.subarray(starts[row], starts[row + 1])
}

export function rowLength({ starts }: Csr, row: number): number {
  return starts[row + 1]! - starts[row]!
}

/** Entries of both; values of a pair in both add up. */
export function union(a: Csr, b: Csr): Csr {
  return csrOf({
    rows: a.rows,
    columns: a.columns,
    rowOf: [...rowOfEntries(a), ...rowOfEntries(b)],
    columnOf: [...a.columnOf, ...b.columnOf],
    values: [...a.values, ...b.values],
  }).csr
}
