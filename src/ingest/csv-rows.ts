/**
 * CSV as rows with the line each begins on. Lines are joined while a quote is open, then handed to
 * csv-parse one row at a time: a broken row costs itself and not the rest of the file, and line
 * numbers stay those of an editor whatever stands between quotes.
 */
import { parse } from 'csv-parse/sync'
import { type Line, linesOf } from './lines.ts'

export type Row =
  | { readonly line: number; readonly cells: readonly string[]; readonly problem?: undefined }
  | { readonly line: number; readonly problem: string }

export interface RowOptions {
  /** Characters; an open quote is given up after as many. */
  readonly longest?: number | undefined
}

export async function* rowsOf(
  path: string,
  { longest = 1 << 18 }: RowOptions = {},
): AsyncGenerator<Row> {
  let open: Line[] = []
  for await (const line of linesOf(path)) {
    open.push(line)
    while (open.length > 0) {
      const { row, rest } = takeRow(open, longest)
      if (!row) break
      if (row !== 'empty') yield row
      open = rest
    }
  }
  while (open.length > 0) {
    const { row, rest } = takeRow(open, 0)
    if (row && row !== 'empty') yield row
    open = rest
  }
}

interface Taken {
  /** Undefined while a quote is open. */
  readonly row?: Row | 'empty'
  /** Lines that may begin the next row. */
  readonly rest: Line[]
}

const notClosed = 'opens a quote that is not closed'

function takeRow(lines: Line[], longest: number): Taken {
  const [first, ...rest] = lines
  if (first === undefined) return { row: 'empty', rest }
  const line = first.number
  if (first.problem !== undefined) return { row: { line, problem: first.problem }, rest }
  if (first.text.trim() === '') return { row: 'empty', rest }
  if (!first.text.includes('"')) return { row: { line, cells: first.text.split(',') }, rest }
  let text = ''
  for (const [index, next] of lines.entries()) {
    if (next.problem !== undefined) return { row: { line, problem: notClosed }, rest }
    text += index > 0 ? `\n${next.text}` : next.text
    if (isClosed(text)) return closedRow(text, line, rest, lines.slice(index + 1))
  }
  return text.length > longest ? { row: { line, problem: notClosed }, rest } : { rest: lines }
}

function closedRow(text: string, line: number, rest: Line[], after: Line[]): Taken {
  try {
    const [cells = []] = parse(text, { relax_column_count: true }) as string[][]
    return { row: { line, cells }, rest: after }
  } catch {
    return { row: { line, problem: 'has a quote where none may stand' }, rest }
  }
}

/** Quotes come in pairs: around a cell, and doubled inside one. */
function isClosed(text: string): boolean {
  let isOpen = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOpen = !isOpen
  return !isOpen
}
