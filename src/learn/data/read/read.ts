/**
 * Interactions, ties and texts from plain files, so that a claim can be checked on data we never
 * saw. A bad line stops the reading with its number; what was repaired is told to `note`.
 */
import { KithError } from '../../../errors.ts'
import type { Interaction, ItemFacts, Note, Tie } from '../dataset.ts'
import { type Columns, columnsOf } from './columns.ts'
import {
  badLine,
  type Line,
  linesOf,
  readText,
  type Separator,
  separatorOf,
  shown,
} from './lines.ts'

/** `lists`: `user item item …` on each line. `table`: `user item [value] [time]`. */
export type Layout = 'lists' | 'table'

export interface ReadInteractions {
  readonly layout: Layout
  readonly interactions: readonly Interaction[]
}

/**
 * Spaces between cells and lines of different length, or longer than four, mean lists.
 * @param layout when known, for example from the training file beside a test file
 */
export async function readInteractions(
  path: string,
  { layout, note = () => {} }: { layout?: Layout | undefined; note?: Note | undefined } = {},
): Promise<ReadInteractions> {
  const text = await readText(path)
  const separator = separatorOf(text)
  const lines = linesOf(path, text, separator)
  const chosen = layout ?? layoutOf(lines, separator)
  const interactions =
    chosen === 'lists' ? fromLists(path, lines, note) : fromTable(path, lines, note)
  if (interactions.length === 0) {
    throw new KithError('invalid-input', `"${path}" has lines, but no interaction in them.`)
  }
  return { layout: chosen, interactions }
}

function layoutOf(lines: readonly Line[], separator: Separator): Layout {
  if (separator !== 'spaces') return 'table'
  const width = lines[0]?.cells.length ?? 0
  return width <= 4 && lines.every(({ cells }) => cells.length === width) ? 'table' : 'lists'
}

function fromLists(path: string, lines: readonly Line[], note: Note): Interaction[] {
  const lonely = lines.filter(({ cells }) => cells.length < 2).length
  if (lonely > 0) note(`"${path}": ${lonely} lines name a person without any item`)
  return lines.flatMap(({ cells: [userId, ...itemIds], number }) => {
    if (!userId || itemIds.some((id) => id === '')) throw badLine(path, number, 'has an empty id.')
    return itemIds.map((itemId) => ({ userId, itemId, value: 1 }))
  })
}

function fromTable(path: string, lines: readonly Line[], note: Note): Interaction[] {
  const { of, body } = columnsOf(lines, ['user', 'item'], ['value', 'time'])
  let zeros = 0
  const interactions = body.flatMap((line): Interaction[] => {
    const value = of.has('value') ? amountOf(path, line, of.get('value')!) : 1
    if (value === 0) zeros += 1
    if (value === 0) return []
    const userId = idOf(path, line, of, 'user')
    const itemId = idOf(path, line, of, 'item')
    if (!of.has('time')) return [{ userId, itemId, value }]
    return [{ userId, itemId, value, at: timeOf(path, line, of.get('time')!) }]
  })
  if (zeros > 0) note(`"${path}": ${zeros} lines with the value 0 are left out`)
  return interactions
}

/** `user friend` pairs, csv/tsv/space, header or not; further columns are ignored. */
export async function readTies(path: string): Promise<Tie[]> {
  const { of, body } = columnsOf(linesOf(path, await readText(path)), ['user', 'friend'], [])
  return body.map((line) => ({
    userId: idOf(path, line, of, 'user'),
    friendId: idOf(path, line, of, 'friend'),
  }))
}

/** `id text`: the first cell and the rest, or by the names of a header. */
export async function readItems(path: string): Promise<ItemFacts[]> {
  const text = await readText(path)
  const separator = itemSeparatorOf(text)
  const lines = linesOf(path, text, separator).map(({ number, cells }) =>
    separator === 'spaces'
      ? { number, cells: [cells[0]!, cells.slice(1).join(' ')] }
      : { number, cells },
  )
  const { of, body } = columnsOf(lines, ['id', 'text'], [])
  return body.map((line) => ({
    id: idOf(path, line, of, 'id'),
    text: line.cells[of.get('text') ?? 1] ?? '',
  }))
}

/** Texts hold spaces and commas of their own: what comes first separates. */
function itemSeparatorOf(text: string): Separator {
  const first = text.match(/^.*\S.*$/m)?.[0] ?? ''
  if (first.includes('\t')) return 'tab'
  return /^[^\s,]+,|^"/.test(first) ? 'comma' : 'spaces'
}

function idOf(
  path: string,
  { number, cells }: Line,
  of: Columns['of'],
  role: 'user' | 'item' | 'friend' | 'id',
): string {
  const id = cells[of.get(role) ?? 0]
  if (id) return id
  const problem = `has no ${role} id: a line needs at least two cells, as in "${shown(cells.slice(0, 4).join(' '))} …".`
  throw badLine(path, number, problem)
}

function amountOf(path: string, { number, cells }: Line, column: number): number {
  const cell = cells[column] ?? ''
  const value = cell === '' ? Number.NaN : Number(cell)
  if (!Number.isFinite(value)) {
    throw badLine(
      path,
      number,
      `the value "${shown(cell)}" is not a number; values say how much, from 0 up.`,
    )
  }
  if (value > largestValue) {
    throw badLine(path, number, `the value ${shown(cell)} is too large to add up; scale it down.`)
  }
  if (value < 0) {
    throw badLine(
      path,
      number,
      `the value ${shown(cell)} is negative; values say how much, from 0 up.`,
    )
  }
  return value
}

/** Sums of so many are still finite in 32 bits. */
const largestValue = 1e30
/** What a date can hold, in milliseconds (ECMAScript, time values). */
const latestTimeMs = 8.64e15

/** Seconds or milliseconds since 1970, or a date; numbers below 10^11 are seconds (year 5138). */
function timeOf(path: string, { number, cells }: Line, column: number): number {
  const cell = cells[column] ?? ''
  const numeric = cell === '' ? Number.NaN : Number(cell)
  const at = Number.isNaN(numeric) ? Date.parse(cell) : numeric * (numeric < 1e11 ? 1000 : 1)
  if (Math.abs(at) <= latestTimeMs) return at
  const problem = `the time "${shown(cell)}" is neither seconds since 1970 nor a date like 2026-11-22T08:30:00Z.`
  throw badLine(path, number, problem)
}
