/**
 * Labelled texts as people publish them: csv, tsv, json, jsonl, a file of texts beside a file of labels, a
 * folder of those. Which column is which is said by the caller, by the heading, or by what is in it.
 */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { KithError } from '../../../errors.ts'
import { linesOf, readText } from '../../data/read/lines.ts'
import { rowsOfJson } from './rows-of-json.ts'

export interface LabelledRow {
  readonly text: string
  readonly label: string
}

export interface ReadLabelledOptions {
  /** Name or number (from 1) of the column of texts. */
  readonly text?: string | undefined
  readonly label?: string | undefined
  /** Which part of a file or folder that holds several: `train`, `val`, `test`. */
  readonly part: LabelledPart
}

export type LabelledPart = 'train' | 'valid' | 'test'

const textNames =
  /^(text|texts|content|sentence|review|review_body|message|sms|tweet|utterance|seq\.in|query)$/i
const labelNames = /^(label|labels|category|class|intent|sentiment|emotion|target|spam)$/i

/** @throws KithError `not-found`, or `invalid-input` for what holds no labelled texts */
export async function readLabelled(
  path: string,
  options: ReadLabelledOptions,
): Promise<LabelledRow[]> {
  const pair = pairOf(path, options.part)
  const rows = pair ? await readPair(pair) : await readFileOf(path, options)
  const known = rows.filter(({ text, label }) => text.trim() !== '' && label !== '')
  if (known.length > 0) return known
  throw new KithError(
    'invalid-input',
    `There is no labelled text in "${path}". Give csv, tsv, json, jsonl, or a file of texts beside one of labels, and name the columns with --text and --label.`,
  )
}

interface Pair {
  readonly texts: string
  readonly labels: string
}

const partNames: Readonly<Record<LabelledPart, readonly string[]>> = {
  train: ['train'],
  valid: ['val', 'valid', 'dev'],
  test: ['test'],
}

/** Files that belong together by their names: `test_text.txt` and `test_labels.txt`, `seq.in` and `label`. */
function pairOf(path: string, part: LabelledPart): Pair | undefined {
  if (path.includes(',')) {
    const [texts = '', labels = ''] = path.split(',')
    return { texts, labels }
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    const candidates = [
      ...partNames[part].map((name) => ['', `${name}_text.txt`, `${name}_labels.txt`] as const),
      ...['', ...partNames[part]].map((folder) => [folder, 'seq.in', 'label'] as const),
    ].map(([folder, texts, labels]) => ({
      texts: join(path, folder, texts),
      labels: join(path, folder, labels),
    }))
    const found = candidates.find(({ texts, labels }) => existsSync(texts) && existsSync(labels))
    if (found) return found
    throw new KithError(
      'invalid-input',
      `In "${path}" are no ${part} texts with labels: wanted are ${partNames[part][0]}_text.txt and ${partNames[part][0]}_labels.txt, or seq.in and label.`,
    )
  }
  const labels = basename(path) === 'seq.in' ? 'label' : basename(path).replace('text', 'labels')
  const beside = join(dirname(path), labels)
  return labels !== basename(path) && existsSync(beside)
    ? { texts: path, labels: beside }
    : undefined
}

async function readPair({ texts, labels }: Pair): Promise<LabelledRow[]> {
  const [lines, names] = await Promise.all([plainLines(texts), plainLines(labels)])
  if (lines.length !== names.length) {
    throw new KithError(
      'invalid-input',
      `"${texts}" has ${lines.length} lines and "${labels}" has ${names.length}: give one label per text.`,
    )
  }
  const called = await mappingBeside(texts)
  return lines.map((text, n) => {
    const label = names[n]!.trim()
    return { text, label: called.get(label) ?? label }
  })
}

/** `mapping.txt` beside the texts or one folder up: number TAB name. */
async function mappingBeside(path: string): Promise<Map<string, string>> {
  const places = [dirname(path), dirname(dirname(path))].map((folder) =>
    join(folder, 'mapping.txt'),
  )
  const file = places.find((place) => existsSync(place))
  if (file === undefined) return new Map()
  const lines = await plainLines(file)
  return new Map(
    lines.map((line) => line.split('\t')).map(([id = '', name = id]) => [id.trim(), name.trim()]),
  )
}

async function plainLines(path: string): Promise<string[]> {
  const lines = (await readText(path)).split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

async function readFileOf(path: string, options: ReadLabelledOptions): Promise<LabelledRow[]> {
  const text = await readText(path)
  const start = text.trimStart()[0]
  if (start === '{' || start === '[') return rowsOfJson(path, text, options)
  const cells = linesOf(path, text, text.includes('\t') ? 'tab' : 'comma').map((line) => line.cells)
  const { textAt, labelAt, hasHeading } = columnsOf(path, cells, options)
  return cells
    .slice(hasHeading ? 1 : 0)
    .map((row) => ({ text: row[textAt] ?? '', label: (row[labelAt] ?? '').trim() }))
}

interface Columns {
  readonly textAt: number
  readonly labelAt: number
  readonly hasHeading: boolean
}

function columnsOf(
  path: string,
  cells: readonly (readonly string[])[],
  { text, label }: ReadLabelledOptions,
): Columns {
  const heading = (cells[0] ?? []).map((cell) => cell.trim())
  const named = (wanted: string | undefined, usual: RegExp): number =>
    wanted === undefined
      ? heading.findIndex((cell) => usual.test(cell))
      : /^\d+$/.test(wanted) && !heading.includes(wanted)
        ? Number(wanted) - 1
        : heading.indexOf(wanted)
  const textAt = named(text, textNames)
  const labelAt = named(label, labelNames)
  const hasHeading = [textAt, labelAt].some((at, n) => {
    const wanted = [text, label][n]
    return at >= 0 && (wanted === undefined || heading[at] === wanted)
  })
  if (textAt >= 0 && labelAt >= 0) return { textAt, labelAt, hasHeading }
  if (text !== undefined || label !== undefined) {
    throw new KithError(
      'invalid-input',
      `"${path}" has no columns "${text ?? 'text'}" and "${label ?? 'label'}"; its first line is: ${heading.join(' | ').slice(0, 200)}.`,
    )
  }
  return { ...byContent(path, cells), hasHeading: false }
}

const rowsLookedAt = 1_000

/** The label is the column of fewest different values, the text the longest of the others. */
function byContent(
  path: string,
  cells: readonly (readonly string[])[],
): Pick<Columns, 'textAt' | 'labelAt'> {
  const some = cells.slice(0, rowsLookedAt)
  const columns = (some[0] ?? []).map((_, at) => {
    const values = some.map((row) => row[at] ?? '')
    const letters = values.reduce((sum, value) => sum + value.length, 0)
    return { at, letters, different: new Set(values).size }
  })
  const label = columns.toSorted((a, b) => a.different - b.different || a.letters - b.letters)[0]
  const text = columns.filter((one) => one !== label).sort((a, b) => b.letters - a.letters)[0]
  if (text && label && label.different > 1) return { textAt: text.at, labelAt: label.at }
  throw new KithError(
    'invalid-input',
    `Cannot tell which column of "${path}" is the text and which the label. Name them with --text and --label.`,
  )
}
