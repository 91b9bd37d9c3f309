/** A curve in one line of a terminal. */

const bars = '▁▂▃▄▅▆▇█'

/**
 * From the lowest value to the highest; a space where there is no number. A longer curve is drawn by
 * the mean of each stretch.
 * @param width at most so many characters
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const cells = Array.from({ length: Math.min(width, values.length) }, (_, cell) =>
    meanOf(stretch(values, cell, Math.min(width, values.length))),
  )
  const known = cells.filter((cell) => cell !== undefined)
  const least = Math.min(...known)
  const span = Math.max(...known) - least
  return cells.map((cell) => (cell === undefined ? ' ' : barOf(cell, least, span))).join('')
}

function stretch<Value>(values: readonly Value[], cell: number, cells: number): Value[] {
  const from = Math.floor((cell * values.length) / cells)
  return values.slice(from, Math.max(from + 1, Math.floor(((cell + 1) * values.length) / cells)))
}

function meanOf(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0) / known.length
}

function barOf(value: number, least: number, span: number): string {
  const share = span > 0 ? (value - least) / span : 0.5
  return bars[Math.round(share * (bars.length - 1))] ?? ''
}
