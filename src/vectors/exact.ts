/** Compares a query with every row: exact, nothing to build, and fast enough for tens of thousands. */
import { RowLists } from './row-lists.ts'
import { RowMemory } from './row-memory.ts'
import type { Vectors, VectorsState } from './vectors.ts'

export function createExactVectors(width: number, state?: VectorsState): Vectors {
  const memory = new RowMemory(width)
  const lists = new RowLists(memory)
  const vectors: Vectors = {
    ...rowReading(memory, lists),
    width,
    get size() {
      return lists.size
    },
    put(row, values) {
      lists.remove(row)
      lists.add(0, row, values)
    },
    remove: (row) => lists.remove(row),
    nearest(query, k) {
      const inverseNorm = memory.ask(query)
      memory.begin(k)
      lists.scan(0)
      return memory.best(inverseNorm)
    },
    state: () => ({
      ...rowsAndValues(memory, lists),
      lists: new Int32Array(0),
      centroids: new Int8Array(0),
      probes: 0,
    }),
  }
  state?.rows.forEach((row, i) => {
    vectors.put(row, state.values.subarray(i * width, (i + 1) * width))
  })
  return vectors
}

/** What every index over rows in memory answers in the same way. */
export function rowReading(
  memory: RowMemory,
  lists: RowLists,
): Pick<Vectors, 'has' | 'get' | 'cosines' | 'cosinesOfRow'> {
  let slots = new Int32Array(1024)
  function slotsOf(rows: Int32Array, count: number): Int32Array {
    if (slots.length < count) slots = new Int32Array(count * 2)
    for (let i = 0; i < count; i++) slots[i] = lists.slotOf(rows[i]!)
    return slots.subarray(0, count)
  }
  return {
    has: (row) => lists.slotOf(row) >= 0,
    get(row) {
      const slot = lists.slotOf(row)
      return slot < 0 ? undefined : memory.valuesAt(slot)
    },
    cosines(query, rows, count, out) {
      const inverseNorm = memory.ask(query)
      memory.score(slotsOf(rows, count), inverseNorm, out)
    },
    cosinesOfRow(row, rows, count, out) {
      const slot = lists.slotOf(row)
      if (slot < 0) {
        out.fill(0, 0, count)
        return
      }
      const inverseNorm = memory.askSlot(slot)
      memory.score(slotsOf(rows, count), inverseNorm, out)
    },
  }
}

/** All rows in use and their vectors, in the order of their lists. */
export function rowsAndValues(
  memory: RowMemory,
  lists: RowLists,
): { rows: Int32Array; values: Int8Array; lists: Int32Array } {
  const rows = new Int32Array(lists.size)
  const values = new Int8Array(lists.size * memory.width)
  const filed = new Int32Array(lists.size)
  let at = 0
  lists.forEach((row, slot, list) => {
    rows[at] = row
    filed[at] = list
    values.set(memory.valuesAt(slot), at * memory.width)
    at++
  })
  return { rows, values, lists: filed }
}
