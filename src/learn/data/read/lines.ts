/** Text files as numbered lines of cells: tab, comma (quoted or not), double colon or spaces. */
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { isKithError, KithError } from '../../../errors.ts'
import { decode, type Encoding } from './decode.ts'

export interface Line {
  /** As an editor shows it, from 1. */
  readonly number: number
  readonly cells: readonly string[]
}

export type Separator = 'tab' | 'comma' | 'colons' | 'spaces'

/** @returns the text without a byte order mark; a name that ends in .gz is unpacked */
export async function readText(path: string, encoding?: Encoding): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new KithError('not-found', `Cannot read "${path}": ${reasonOf(cause)}.`, { cause })
  })
  try {
    const plain = path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes
    return decode(path, plain, encoding)
  } catch (cause) {
    if (isKithError(cause)) throw cause
    const advice = 'Give a whole file of at most 512 MB of text.'
    throw unreadable(`Cannot unpack "${path}": ${reasonOf(cause)}. ${advice}`, cause)
  }
}

function unreadable(message: string, cause: unknown): KithError {
  return new KithError('invalid-input', message, { cause })
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/** The separator of the first line: tabs, then double colons, then commas, then spaces. */
export function separatorOf(text: string): Separator {
  const first = text.match(/^.*\S.*$/m)?.[0] ?? ''
  if (first.includes('\t')) return 'tab'
  if (first.includes('::')) return 'colons'
  return first.includes(',') ? 'comma' : 'spaces'
}

const separators: Readonly<Record<Separator, string | RegExp>> = {
  tab: '\t',
  comma: ',',
  colons: '::',
  spaces: /\s+/,
}

/** Empty lines are skipped, cells are trimmed. @throws KithError `invalid-input` for a file without a line */
export function linesOf(path: string, text: string, separator = separatorOf(text)): Line[] {
  const lines =
    separator === 'comma' && text.includes('"')
      ? quotedLines(path, text)
      : plainLines(text, separators[separator])
  if (lines.length === 0) {
    throw new KithError('invalid-input', `"${path}" is empty: it has no line with text.`)
  }
  return lines
}

function plainLines(text: string, separator: string | RegExp): Line[] {
  return text.split(/\r?\n|\r/).flatMap((line, index) => {
    const trimmed = line.trim()
    if (trimmed === '') return []
    const source = separator === '\t' ? line : trimmed
    return [{ number: index + 1, cells: source.split(separator).map((cell) => cell.trim()) }]
  })
}

interface QuotedRecord {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

function quotedLines(path: string, text: string): Line[] {
  try {
    const records: unknown = parse(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
    return (records as QuotedRecord[]).map(({ record, info }) => ({
      number: info.lines,
      cells: record,
    }))
  } catch (cause) {
    const line = (cause as { readonly lines?: number }).lines ?? '?'
    throw unreadable(
      `"${path}", line ${line}: not well-formed csv: ${shown(reasonOf(cause))}.`,
      cause,
    )
  }
}

const shownCharacters = 60

/** What a message shows of a cell or a line: printable, and not the whole of a line of megabytes. */
export function shown(text: string): string {
  const start = text.slice(0, shownCharacters).replace(/\p{C}/gu, '\ufffd')
  return text.length > shownCharacters ? `${start}…` : start
}

/** The sentence every reader uses for a bad line. */
export function badLine(path: string, line: number, problem: string): KithError {
  return new KithError('invalid-input', `"${path}", line ${line}: ${problem}`, {
    details: { path, line },
  })
}

/** One JSON object a line. */
export function jsonLines(path: string, text: string): { number: number; object: JsonObject }[] {
  const lines = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    return [{ number: index + 1, object: jsonObject(path, index + 1, line) }]
  })
  if (lines.length === 0) {
    throw new KithError('invalid-input', `"${path}" is empty: it has no line with text.`)
  }
  return lines
}

export type JsonObject = Readonly<Record<string, unknown>>

function jsonObject(path: string, number: number, line: string): JsonObject {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value as JsonObject
  } catch (cause) {
    throw unreadable(`"${path}", line ${number}: not JSON: ${shown(reasonOf(cause))}.`, cause)
  }
  throw badLine(path, number, 'is JSON, but not an object in braces.')
}
