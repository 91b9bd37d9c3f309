/**
 * Sums per item, gathered from many givers, with the account of who gave what. Used for what ties
 * engaged with and for co-engagement; sources read the best sums, scorers each sum, `explain` the
 * account. One scratch per kind, emptied for each request.
 */
import { createOrdering, mostRows } from './order.ts'

export interface Tally {
  /** The largest sum; 0 when empty. */
  readonly highest: number
  /** @param by who or what gave it: a person, or a place in a list */
  add(item: number, by: number, amount: number): void
  sum(item: number): number
  /** Items by sum, best first; a fresh list. */
  best(limit: number): Int32Array
  /** Calls `visit` for everything that was added, in order. */
  account(visit: (item: number, by: number, amount: number) => void): void
  clear(): void
}

export function createTally(): Tally {
  const ordering = createOrdering()
  let rowOf = new Int32Array(1024).fill(-1)
  let items = new Int32Array(1024)
  let sums = new Float64Array(1024)
  let count = 0
  let logItems = new Int32Array(1024)
  let logBy = new Int32Array(1024)
  let logAmounts = new Float32Array(1024)
  let logged = 0
  let highest = 0

  function rowFor(item: number): number {
    if (item >= rowOf.length) rowOf = grownRows(rowOf, item)
    const row = rowOf[item]!
    if (row >= 0 || count === mostRows) return row
    if (count === items.length) {
      items = grown(items, new Int32Array(count * 2))
      sums = grown(sums, new Float64Array(count * 2))
    }
    items[count] = item
    sums[count] = 0
    rowOf[item] = count
    return count++
  }

  function log(item: number, by: number, amount: number): void {
    if (logged === logItems.length) {
      logItems = grown(logItems, new Int32Array(logged * 2))
      logBy = grown(logBy, new Int32Array(logged * 2))
      logAmounts = grown(logAmounts, new Float32Array(logged * 2))
    }
    logItems[logged] = item
    logBy[logged] = by
    logAmounts[logged++] = amount
  }

  return {
    get highest() {
      return highest
    },
    add(item, by, amount) {
      const row = rowFor(item)
      if (row < 0) return
      sums[row]! += amount
      if (sums[row]! > highest) highest = sums[row]!
      log(item, by, amount)
    },
    sum(item) {
      const row = rowOf[item] ?? -1
      return row < 0 ? 0 : sums[row]!
    },
    best(limit) {
      const rows = new Int32Array(Math.min(limit, count))
      const found = ordering.bestFirst(sums, count, limit, rows)
      for (let place = 0; place < found; place++) rows[place] = items[rows[place]!]!
      return rows
    },
    account(visit) {
      for (let line = 0; line < logged; line++) {
        visit(logItems[line]!, logBy[line]!, logAmounts[line]!)
      }
    },
    clear() {
      for (let row = 0; row < count; row++) rowOf[items[row]!] = -1
      count = 0
      logged = 0
      highest = 0
    },
  }
}

function grown<Column extends Int32Array | Float32Array | Float64Array>(
  column: Column,
  larger: Column,
): Column {
  larger.set(column)
  return larger
}

function grownRows(rows: Int32Array, item: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(item + 1, rows.length * 2)).fill(-1)
  larger.set(rows)
  return larger
}
