/** From slates to the rows of a regression: one cell for each piece of a curve that a value reaches. */
import { placeSteps, stepOf } from './action-model.ts'
import { type Knots, placeOf } from './shapes.ts'
import { rowsOf, type Slate } from './slates.ts'

/** Which coefficient is what. Pieces of part p: `p × pieces` … ; then base, places, contexts. */
export interface Columns {
  readonly parts: number
  /** Of each part: knots - 1. */
  readonly pieces: number
  readonly base: number
  readonly firstPlace: number
  readonly firstContext: number
  readonly contexts: readonly string[]
  readonly size: number
}

export interface Design {
  readonly columns: Columns
  /** As `LogisticProblem` has them. */
  readonly starts: Int32Array
  readonly cells: Int32Array
  readonly values: Float32Array
  readonly offsets: Float64Array
}

/** Words met on fewer slates say nothing. */
const leastSlates = 30

export function columnsOf(slates: readonly Slate[], { count, at }: Knots): Columns {
  const counts = new Map<string, number>()
  for (const { context } of slates) {
    for (const word of context) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const contexts = [...counts].filter(([, n]) => n >= leastSlates).map(([word]) => word)
  const parts = at.length / count
  const base = parts * (count - 1)
  const firstContext = base + 1 + placeSteps.length
  return {
    ...{ parts, pieces: count - 1, base, firstPlace: base + 1, firstContext },
    ...{ contexts: contexts.sort(), size: firstContext + contexts.length },
  }
}

export function designOf(slates: readonly Slate[], knots: Knots, columns: Columns): Design {
  const rows = slates.reduce((sum, slate) => sum + rowsOf(slate), 0)
  const starts = new Int32Array(rows + 1)
  const offsets = new Float64Array(rows)
  const cells: number[] = []
  const values: number[] = []
  const add = (cell: number, value: number): void => {
    cells.push(cell)
    values.push(value)
  }
  let row = 0
  for (const slate of slates) {
    const words = slate.context.map((word) => columns.contexts.indexOf(word)).sort((a, b) => a - b)
    for (let at = 0; at < rowsOf(slate); at++) {
      addParts(slate, at, knots, columns, add)
      add(columns.base, 1)
      for (let step = 0; step <= stepOf(slate.places[at]!); step++) {
        add(columns.firstPlace + step, 1)
      }
      for (const word of words) if (word >= 0) add(columns.firstContext + word, 1)
      // Rows drawn by lot make what was done look more frequent than it is (King and Zeng 2001, eq. 7).
      offsets[row] = -Math.log(slate.shareKept)
      starts[++row] = cells.length
    }
  }
  return {
    columns,
    starts,
    cells: Int32Array.from(cells),
    values: Float32Array.from(values),
    offsets,
  }
}

/** Pieces between 0 and the value: whole ones count 1, the last as far as it is reached. */
function addParts(
  { parts }: Slate,
  row: number,
  knots: Knots,
  columns: Columns,
  add: (cell: number, value: number) => void,
): void {
  for (let part = 0; part < columns.parts; part++) {
    const value = parts[row * columns.parts + part]!
    if (value === 0) continue
    const place = placeOf(knots, part, value)
    const zero = zeroKnot(knots, part)
    const first = Math.floor(Math.min(place, zero))
    const last = Math.ceil(Math.max(place, zero))
    for (let piece = first; piece < last; piece++) {
      const covered = Math.min(1, Math.max(0, place - piece)) - (piece < zero ? 1 : 0)
      if (covered !== 0) add(part * columns.pieces + piece, covered)
    }
  }
}

/** The knot at 0, where a curve is 0. */
export function zeroKnot({ count, at }: Knots, part: number): number {
  return at.subarray(part * count, (part + 1) * count).indexOf(0)
}
