/**
 * A folder with any of users.csv, items.csv, edges.csv and events.csv. The first line names the
 * fields (`created_at` is read as `createdAt`); an empty cell is a field left out; lists (tags,
 * languages) are separated by `|` or `;`. Quoted cells may hold new lines.
 */
import { basename } from 'node:path'
import { KithError } from '../../errors.ts'
import { rowsOf } from '../csv-rows.ts'
import {
  type Importer,
  type ImportRecord,
  type RecordKind,
  recordKinds,
  type Totals,
} from '../importer.ts'
import { countLines } from '../lines.ts'
import { findFile, fingerprintFiles } from '../source-files.ts'
import { recordSchemas } from '../validate.ts'

export const csvImporter: Importer = {
  name: 'csv',
  async recognises(path) {
    return (await filesOf(path)).size > 0
  },
  async fingerprint(path) {
    return fingerprintFiles([...(await filesOf(path)).values()])
  },
  async *read(path) {
    for (const [kind, file] of await filesOf(path)) yield* readKind(file, kind)
  },
  async count(path) {
    const totals: Partial<Record<RecordKind, number>> = {}
    for (const [kind, file] of await filesOf(path)) totals[kind] = (await countLines(file)) - 1
    return totals satisfies Totals
  },
}

async function filesOf(folder: string): Promise<Map<RecordKind, string>> {
  const files = new Map<RecordKind, string>()
  for (const kind of recordKinds) {
    const file = await findFile(folder, `${kind}s.csv`)
    if (file !== undefined) files.set(kind, file)
  }
  return files
}

async function* readKind(path: string, kind: RecordKind): AsyncGenerator<ImportRecord> {
  const file = basename(path)
  let columns: readonly string[] | undefined
  for await (const row of rowsOf(path)) {
    const origin = { kind, file, line: row.line }
    if (row.problem !== undefined) yield { ...origin, problem: row.problem }
    else if (columns) yield { ...origin, ...recordOf(row.cells, columns) }
    else columns = columnsOf(row.cells, kind, file)
  }
}

function columnsOf(header: readonly string[], kind: RecordKind, file: string): readonly string[] {
  const known = Object.keys(recordSchemas[kind].shape)
  const columns = header.map((name) =>
    name
      .replace(/^\ufeff/, '')
      .trim()
      .replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()),
  )
  const strange = columns.find((name) => !known.includes(name))
  if (strange !== undefined) {
    throw new KithError(
      'invalid-input',
      `${file} has a column "${strange.slice(0, 40)}" that is not known. Rename or remove it; known are ${known.join(', ')}.`,
    )
  }
  return columns
}

const lists = new Set(['tags', 'languages'])
const truths = new Set(['isPrivate', 'allowsUnsafe', 'isSample', 'isUnsafe'])
const numbers = new Set(['weight', 'value'])

function recordOf(cells: readonly string[], columns: readonly string[]) {
  if (cells.length !== columns.length) {
    return { problem: `has ${cells.length} cells where the header has ${columns.length}` }
  }
  const value: Record<string, unknown> = {}
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? ''
    if (cell !== '') value[column] = readCell(column, cell)
  }
  return { value }
}

/** A cell that is not what its column needs stays text, and the schema says so. */
function readCell(column: string, cell: string): unknown {
  if (lists.has(column))
    return cell
      .split(/[|;]/)
      .map((part) => part.trim())
      .filter(Boolean)
  if (numbers.has(column)) return Number.isFinite(Number(cell)) ? Number(cell) : cell
  if (!truths.has(column)) return cell
  if (/^(true|yes|1)$/i.test(cell)) return true
  return /^(false|no|0)$/i.test(cell) ? false : cell
}
