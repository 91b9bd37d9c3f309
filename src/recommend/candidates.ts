/** Items on their way to a page, in columns, with the story of how each came there. */

export interface CandidateSet {
  readonly count: number
  /** Item numbers. [count] */
  readonly items: Int32Array
  /** Bit `s` is set when source number `s` proposed it. [count] */
  readonly from: Uint32Array
  /** Names of the sources, by number. */
  readonly sources: readonly string[]
  /** What the parts sum to. [count] */
  readonly scores: Float64Array
  /** What each scorer added, by scorer name, of the rows that are shown; each [count]. */
  readonly parts: ReadonlyMap<string, Float32Array>
  /** What each scorer said, before it was weighed; each [count]. */
  readonly raw: ReadonlyMap<string, Float32Array>
}

/** The columns with the right to write in them: only the runner of a feed holds this. */
export interface Candidates extends CandidateSet {
  /** Empties everything. */
  reset(sources: readonly string[]): void
  /** The item's row, -1 when nobody proposed it, or `droppedBy(f)` of the filter that refused it. */
  stateOf(item: number): number
  /** @returns the row, or -1 when the set is full */
  add(item: number, source: number): number
  /** Notes that another source proposed the item of this row too. */
  addSource(row: number, source: number): void
  drop(item: number, filter: number): void
  /** An empty column for what a scorer says. */
  column(name: string): Float32Array
  /** Weighs what a scorer said and adds it to the scores. */
  addPart(name: string, weight: number): void
  /** An empty column for what a scorer's word comes to. */
  partColumn(name: string): Float32Array
  /** Makes the scores of these rows the sums of their parts, to the last digit. */
  sumParts(rows: Int32Array): void
}

/** The most candidates a page is made from. */
export const mostCandidates = 1024

/** The state of an item that filter number `filter` refused; the same function undoes itself. */
export function droppedBy(filter: number): number {
  return -2 - filter
}

export function createCandidates(): Candidates {
  const items = new Int32Array(mostCandidates)
  const from = new Uint32Array(mostCandidates)
  const scores = new Float64Array(mostCandidates)
  const raw = createColumns()
  const parts = createColumns()
  let states = new Int32Array(1024).fill(-1)
  let touched: number[] = []
  let sources: readonly string[] = []
  let count = 0

  function setState(item: number, state: number): void {
    if (item >= states.length) states = grownStates(states, item)
    if (states[item] === -1) touched.push(item)
    states[item] = state
  }

  return {
    items,
    from,
    scores,
    parts: parts.named,
    raw: raw.named,
    get count() {
      return count
    },
    get sources() {
      return sources
    },
    reset(names) {
      for (const item of touched) states[item] = -1
      touched = []
      sources = names
      parts.clear()
      raw.clear()
      count = 0
    },
    stateOf: (item) => states[item] ?? -1,
    add(item, source) {
      if (count === mostCandidates) return -1
      items[count] = item
      from[count] = 1 << source
      scores[count] = 0
      setState(item, count)
      return count++
    },
    addSource(row, source) {
      from[row]! |= 1 << source
    },
    drop(item, filter) {
      setState(item, droppedBy(filter))
    },
    column: (name) => raw.emptied(name, count),
    addPart(name, weight) {
      const said = raw.named.get(name)!
      const column = parts.emptied(name, count)
      for (let row = 0; row < count; row++) {
        // Rounded to the column's precision first, so that the score is the sum of what is shown.
        column[row] = said[row]! * weight
        scores[row]! += column[row]!
      }
    },
    partColumn: (name) => parts.emptied(name, count),
    sumParts(rows) {
      for (const row of rows) {
        scores[row] = 0
        for (const column of parts.named.values()) scores[row]! += column[row]!
      }
    },
  }
}

/** Columns by name, kept from page to page. */
function createColumns() {
  const kept = new Map<string, Float32Array>()
  const named = new Map<string, Float32Array>()
  return {
    named: named as ReadonlyMap<string, Float32Array>,
    emptied(name: string, count: number): Float32Array {
      const column = kept.get(name) ?? new Float32Array(mostCandidates)
      kept.set(name, column)
      named.set(name, column)
      return column.fill(0, 0, count)
    },
    clear: () => named.clear(),
  }
}

function grownStates(states: Int32Array, item: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(item + 1, states.length * 2)).fill(-1)
  larger.set(states)
  return larger
}
