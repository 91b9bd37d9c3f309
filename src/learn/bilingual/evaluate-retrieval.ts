/**
 * `kith evaluate retrieval` below the command line: how often a sentence finds its own translation
 * first, and how often a text's nearest neighbour in its own language has its label.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Encoder } from '../../encoder/encoder.ts'
import { KithError } from '../../errors.ts'
import { encodedOf } from './fit-shared-space.ts'
import { bagOf } from './lexicon.ts'
import { meanOf, type Retrieval, retrieval, type Vectors, without } from './retrieval.ts'
import {
  type Encoded,
  placesOf,
  type SharedHead,
  sharedVector,
  sharedViews,
  toUnit,
  type View,
} from './shared-space.ts'

export interface RetrievalParts {
  readonly head: SharedHead
  readonly chinese: Pick<Encoder, 'encode'>
  readonly english: Pick<Encoder, 'encode'>
  readonly shared: Pick<Encoder, 'encode'>
}

export interface RetrievalRow extends Retrieval {
  readonly set: string
  readonly model: string
}

export interface OwnRow {
  readonly file: string
  readonly model: string
  readonly accuracy: number
}

/** Two files of the same number of lines: row n of both says the same. */
export interface TranslationSet {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly most: number
}

export const translationSets: readonly TranslationSet[] = [
  { name: 'tatoeba', zh: 'tatoeba.cmn-eng.cmn', en: 'tatoeba.cmn-eng.eng', most: 1_000 },
  { name: 'wmt23 zh-en', zh: 'wmt23.zh-en.zh', en: 'wmt23.zh-en.en', most: 2_000 },
  { name: 'wmt23 en-zh', zh: 'wmt23.en-zh.zh', en: 'wmt23.en-zh.en', most: 2_000 },
]

const encodedAtOnce = 500

/** Rows of one set: the Chinese encoder alone, each view alone, all together. */
export async function measureSet(
  folder: string,
  { name, zh, en, most }: TranslationSet,
  parts: RetrievalParts,
): Promise<RetrievalRow[]> {
  const { head } = parts
  const [chinese, english] = await Promise.all([zh, en].map((file) => readLines(folder, file)))
  const count = Math.min(most, chinese!.length, english!.length)
  const set = `${name} (${count})`
  const sides = await Promise.all(
    (['zh', 'en'] as const).map(async (language) => {
      const texts = (language === 'zh' ? chinese! : english!).slice(0, count)
      return { language, texts, encoded: await encodedOf(head.lexicon, language, texts, parts) }
    }),
  )
  const baseline = sides.map(({ encoded }) => {
    const all = unitRows(encoded.map(({ chinese }) => chinese))
    return without(meanOf(all), all)
  })
  const rows = [{ set, model: 'bge-small-zh less its means', ...between(baseline) }]
  for (const view of sharedViews) {
    const vectors = sides.map(({ language, texts, encoded }) => {
      const places = placesOf(head, view)
      const only = texts.map((text, n) => {
        const words = view === 'words' ? bagOf(head.lexicon, text) : new Map<string, number>()
        const views = { ...partOf(view, encoded[n]!), words }
        return sharedVector(head, language, views).subarray(...places)
      })
      return joined(only)
    })
    rows.push({ set, model: `view ${view}`, ...between(vectors) })
  }
  const shared = await Promise.all(sides.map(({ texts }) => vectorsOf(parts.shared, texts)))
  return [...rows, { set, model: 'shared', ...between(shared) }]
}

function between(sides: readonly Vectors[]): Retrieval {
  return retrieval(sides[0]!, sides[1]!)
}

/** What the encoders say of a text for one view. */
function partOf(view: View, { chinese, gloss, english }: Encoded): Encoded {
  if (view === 'chinese') return { chinese, gloss }
  return view === 'english' ? { english } : {}
}

/** Leaving each text out in turn: does its nearest neighbour have its label? */
export async function ownLanguageAccuracy(
  lines: readonly { text: string; label: string }[],
  encoder: Pick<Encoder, 'encode'>,
): Promise<number> {
  const { data, width } = await vectorsOf(
    encoder,
    lines.map(({ text }) => text),
  )
  const row = (n: number): Float32Array => data.subarray(n * width, (n + 1) * width)
  let right = 0
  for (let n = 0; n < lines.length; n++) {
    let best = -Infinity
    let label: string | undefined
    for (let m = 0; m < lines.length; m++) {
      const cosine = m === n ? -Infinity : dot(row(n), row(m))
      if (cosine > best) {
        best = cosine
        label = lines[m]!.label
      }
    }
    if (label === lines[n]!.label) right++
  }
  return right / Math.max(1, lines.length)
}

/** `text TAB label` a line, or texts alone with their labels in `label` beside. */
export async function readLabelled(path: string, most: number) {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  const isAlone = !lines[0]!.includes('\t')
  const labels = isAlone
    ? (await readFile(path.replace(/[^/]+$/, 'label'), 'utf8')).trimEnd().split('\n')
    : lines.map((line) => line.slice(line.lastIndexOf('\t') + 1))
  const texts = isAlone ? lines : lines.map((line) => line.slice(0, line.lastIndexOf('\t')))
  return texts.map((text, n) => ({ text, label: labels[n] ?? '' })).slice(0, most)
}

async function vectorsOf(
  encoder: Pick<Encoder, 'encode'>,
  texts: readonly string[],
): Promise<Vectors> {
  const rows: (ArrayLike<number> | undefined)[] = []
  for (let start = 0; start < texts.length; start += encodedAtOnce) {
    for (const found of await encoder.encode(texts.slice(start, start + encodedAtOnce))) {
      rows.push(found?.values)
    }
  }
  return unitRows(rows)
}

/** Rows of length one; zeros for none. */
function unitRows(rows: readonly (ArrayLike<number> | undefined)[]): Vectors {
  const width = rows.find((row) => row)?.length ?? 0
  return joined(rows.map((row) => (row ? toUnit(Float32Array.from(row)) : new Float32Array(width))))
}

function joined(rows: readonly Float32Array[]): Vectors {
  const width = rows[0]?.length ?? 0
  const data = new Float32Array(rows.length * width)
  for (const [n, row] of rows.entries()) data.set(row, n * width)
  return { width, data }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!
  return sum
}

async function readLines(folder: string, file: string): Promise<string[]> {
  const content = await readFile(join(folder, file), 'utf8').catch((cause) => {
    const advice = 'Give the folder of the translations.'
    throw new KithError('invalid-input', `Cannot read "${file}" in ${folder}. ${advice}`, { cause })
  })
  return content.trimEnd().split('\n')
}
