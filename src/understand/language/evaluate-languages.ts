/**
 * `kith evaluate language` below the command line: texts in files named for their language, one a line.
 * A file `zh+en.txt` holds texts carried by the first language with words of the second.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { KithError } from '../../errors.ts'
import { guessLanguages, type LanguageGuess, type LanguageOptions } from '../language.ts'
import { publishedLanguages } from './published.ts'

export interface LanguageEvaluation {
  readonly folder: string
  readonly clock: () => number
}

export interface LanguageRow {
  readonly model: string
  /** Accuracy by part (a folder of files), the mean over its files. */
  readonly metrics: Readonly<Record<string, { readonly mean: number; readonly sd: number }>>
  /** Accuracy by part and file. */
  readonly languages: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly seconds: number
  readonly memoryMb: number
}

export interface LanguageJson {
  readonly task: 'language'
  readonly data: string
  readonly sizes: Readonly<Record<string, number>>
  readonly rows: readonly LanguageRow[]
  readonly published: readonly {
    readonly model: string
    readonly metrics: Readonly<Record<string, number>>
  }[]
}

interface Part {
  readonly name: string
  readonly files: readonly LanguageFile[]
}
interface LanguageFile {
  readonly name: string
  readonly language: string
  readonly isMixed: boolean
  readonly texts: readonly string[]
}

type Detect = (texts: readonly string[], among: readonly string[]) => Promise<LanguageGuess[]>

const models: readonly (readonly [name: string, detect: Detect])[] = [
  ['eld alone', (texts) => eldAlone(texts)],
  ['eld, among these', (texts, candidates) => by({ by: 'eld', candidates }, texts)],
  ['words, among these', (texts, candidates) => by({ by: 'words', candidates }, texts)],
  ['kith', (texts) => by({}, texts)],
  ['kith, among these', (texts, candidates) => by({ candidates }, texts)],
]

/** @throws KithError `invalid-input` for a folder without such files */
export async function evaluateLanguages({
  folder,
  clock,
}: LanguageEvaluation): Promise<{ readonly table: string; readonly json: LanguageJson }> {
  const parts = readParts(folder)
  const rows: LanguageRow[] = []
  for (const [model, detect] of models) rows.push(await measure(model, detect, parts, clock))
  const names = new Set(parts.map(({ name }) => name))
  const json: LanguageJson = {
    task: 'language',
    data: folder,
    sizes: Object.fromEntries(
      parts.map(({ name, files }) => [
        name,
        files.reduce((sum, { texts }) => sum + texts.length, 0),
      ]),
    ),
    rows,
    published: publishedLanguages.filter(({ metrics }) =>
      Object.keys(metrics).every((name) => names.has(name)),
    ),
  }
  return { table: tableOf(json, parts), json }
}

function readParts(folder: string): Part[] {
  const inside = entriesOf(folder)
  const folders = inside.filter((path) => statSync(path).isDirectory())
  const parts = (folders.length > 0 ? folders : [folder])
    .map((path): Part => ({ name: basename(path), files: entriesOf(path).flatMap(readLanguage) }))
    .filter(({ files }) => files.length > 0)
  if (parts.length > 0) return parts
  throw new KithError(
    'invalid-input',
    `"${folder}" has no texts: put files like en.txt and zh.txt there, one text a line, or folders of them.`,
  )
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
  } catch (cause) {
    throw unreadable(folder, cause)
  }
}

function unreadable(folder: string, cause: unknown): KithError {
  return new KithError('invalid-input', `"${folder}" cannot be read: give a folder.`, { cause })
}

function readLanguage(path: string): LanguageFile[] {
  const [, language, other] = /^([a-z]{2,3})(\+[a-z]{2,3})?\.txt$/.exec(basename(path)) ?? []
  if (language === undefined) return []
  const texts = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  return [{ name: basename(path, '.txt'), language, isMixed: other !== undefined, texts }]
}

async function measure(
  model: string,
  detect: Detect,
  parts: readonly Part[],
  clock: () => number,
): Promise<LanguageRow> {
  const startedAt = clock()
  const metrics: Record<string, { mean: number; sd: number }> = {}
  const languages: Record<string, Record<string, number>> = {}
  for (const { name, files } of parts) {
    const among = [...new Set(files.map(({ language }) => language))]
    const shares: Record<string, number> = {}
    let mixedRight = 0
    let count = 0
    for (const file of files) {
      const guesses = await detect(file.texts, among)
      const right = guesses.filter(({ language }) => language === file.language).length
      shares[file.name] = right / file.texts.length
      mixedRight += guesses.filter(({ isMixed }) => isMixed === file.isMixed).length
      count += file.texts.length
    }
    const values = Object.values(shares)
    metrics[name] = { mean: values.reduce((sum, value) => sum + value, 0) / values.length, sd: 0 }
    if (files.some(({ isMixed }) => isMixed)) {
      metrics[`${name}, whether mixed`] = { mean: mixedRight / count, sd: 0 }
    }
    languages[name] = shares
  }
  const memoryMb = Math.round(process.memoryUsage().rss / 2 ** 20)
  return { model, metrics, languages, seconds: (clock() - startedAt) / 1_000, memoryMb }
}

function by(options: LanguageOptions, texts: readonly string[]): Promise<LanguageGuess[]> {
  return guessLanguages(texts, options)
}

/** As the library answers when nothing is built around it. */
async function eldAlone(texts: readonly string[]): Promise<LanguageGuess[]> {
  const { eld } = await import('eld/medium')
  return texts.map((text) => {
    const { language } = eld.detect(text)
    return { language: language || undefined, probability: 1, isMixed: false }
  })
}

function tableOf({ data, sizes, rows, published }: LanguageJson, parts: readonly Part[]): string {
  const names = Object.keys(rows[0]?.metrics ?? {})
  const cell = (value: number | undefined) => (value === undefined ? '-' : (100 * value).toFixed(2))
  const lines = [
    ['model', ...names, 's'],
    ...rows.map(({ model, metrics, seconds }) => [
      model,
      ...names.map((name) => cell(metrics[name]?.mean)),
      seconds.toFixed(1),
    ]),
    ...published.map(({ model, metrics }) => [
      `${model} (published)`,
      ...names.map((name) => cell(metrics[name])),
      '-',
    ]),
  ]
  const last = rows.at(-1)
  const byFile = parts.flatMap(({ name, files }) => [
    '',
    `${name}, ${last?.model}: ${files.map((file) => `${file.name} ${cell(last?.languages[name]?.[file.name])}`).join(' · ')}`,
  ])
  const total = Object.entries(sizes).map(([name, size]) => `${name} ${size}`)
  return [
    `${data} · ${total.join(' · ')} · accuracy in %, mean over files`,
    '',
    ...aligned(lines),
    ...byFile,
  ].join('\n')
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines.map((line) =>
    line
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!),
      )
      .join('  '),
  )
}
