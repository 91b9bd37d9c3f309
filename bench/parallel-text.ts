/**
 * Gathers the text that the shared space of Chinese and English is learned from:
 * `npm run bench -- parallel-text --folder /tmp/parallel --data ../shared/data`. It fetches packages of
 * npm and Debian (named with their licences in parallel/sources.ts) and writes pairs.tsv, zh.txt, en.txt
 * and signs.txt into the folder, which must lie outside the repository.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readOptions } from './options.ts'
import {
  dictionary,
  type Found,
  messageCatalogues,
  npmTexts,
  pages,
} from './parallel/read-sources.ts'
import { fetchSources } from './parallel/sources.ts'

const longestZh = 300
const longestEn = 900

export async function bench(options: string[]): Promise<void> {
  const { folder, data } = readOptions(options, { folder: '', data: '../shared/data' })
  const target = resolve(folder)
  fetchSources(target)
  const { entries, signs } = await dictionary(target)
  const found = [...messageCatalogues(target), ...pages(target), ...npmTexts(target), ...entries]
  const pairs = cleanPairs(found)
  const write = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(target, name), `${lines.join('\n')}\n`)
  write(
    'pairs.tsv',
    pairs.map(({ zh, en, source }) => `${zh}\t${en}\t${source}`),
  )
  write('zh.txt', tidy(chineseTexts(data), 5))
  write('en.txt', tidy(englishTexts(data), 12))
  write(
    'signs.txt',
    [...signs].map(([from, to]) => from + to),
  )
  const counts = new Map<string, number>()
  for (const { source } of pairs) counts.set(source, (counts.get(source) ?? 0) + 1)
  for (const [source, count] of counts) process.stdout.write(`${source.padEnd(28)} ${count}\n`)
}

/**
 * One line each, Chinese on one side only, of lengths that translations have, every pair once. An
 * entry of the dictionary stays beside a message that says the same: it tells what is a word.
 */
function cleanPairs(found: readonly Found[]): Found[] {
  const seen = new Set<string>()
  const pairs: Found[] = []
  for (const { source, ...texts } of found) {
    const [left, right] = [texts.zh.split(/\n+/), texts.en.split(/\n+/)]
    const lines =
      left.length === right.length ? left.map((zh, n) => [zh, right[n]!]) : [[texts.zh, texts.en]]
    for (const line of lines) {
      const [zh, en] = line.map(cleanText) as [string, string]
      const key = `${source === 'cedict'}|${plainOf(zh)}|${plainOf(en)}`
      if (seen.has(key) || !isTranslation(zh, en, source)) continue
      seen.add(key)
      pairs.push({ zh, en, source })
    }
  }
  return pairs
}

function isTranslation(zh: string, en: string, source: string): boolean {
  const signs = zh.match(/\p{Script=Han}/gu)?.length ?? 0
  if (signs < 0.3 * zh.replace(/\s/g, '').length || signs === 0) return false
  if (/\p{Script=Han}/u.test(en) || !/[a-z]{2}/i.test(en)) return false
  if (zh.length > longestZh || en.length > longestEn) return false
  const ratio = en.length / zh.length
  return source === 'cedict' || source === 'cldr' || (ratio >= 1 && ratio <= 9)
}

/** Without markup, keys to press and places for values. */
function cleanText(text: string): string {
  return text
    .replace(/<[^>]+>/g, ' ')
    .replace(/\(_?&?[A-Z]\)|（&?[A-Z]）|[&_](?=[A-Za-z])/g, '')
    .replace(/%\d*\$?[-+ #0-9.]*[sdifluc]+|\$\w+|\{[^}]*\}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function plainOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function tidy(texts: readonly string[], least: number): string[] {
  const lines = texts.map((text) => text.replace(/\s+/g, ' ').trim().slice(0, longestZh))
  return [...new Set(lines)].filter((line) => line.length >= least)
}

/** Training parts of posts and reviews: which words are in use, and how rare they are. */
function chineseTexts(data: string): string[] {
  const read = (path: string): string[] => readFileSync(join(data, path), 'utf8').split('\n')
  const rows = (path: string): Record<string, string>[] =>
    gunzipSync(readFileSync(join(data, path)))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  const sentences = (text = ''): string[] => text.match(/[^。！？!?]+[。！？!?]?/g) ?? []
  return [
    ...read('cold/train.csv').map((line) => line.split(',').slice(4).join(',')),
    ...read('chnsenticorp/train.tsv').flatMap((line) => sentences(line.split('\t')[0]).slice(0, 4)),
    ...read('rumour-weibo/weibo.train').flatMap((line) => sentences(line.split('\t')[1])),
    ...rows('weibo/posts.jsonl.gz').map(({ text = '' }) => text),
    ...rows('weibo/events.jsonl.gz').map(({ text = '' }) => text),
    ...rows('hot-search/2024-06.jsonl.gz').map(({ topic = '' }) => topic),
  ]
}

function englishTexts(data: string): string[] {
  const read = (path: string): string[] => readFileSync(join(data, path), 'utf8').split('\n')
  const { train } = JSON.parse(readFileSync(join(data, 'clinc150/data_full.json'), 'utf8')) as {
    train: [string, string][]
  }
  return [
    ...['emotion', 'irony', 'offensive'].flatMap((task) =>
      read(`tweeteval/${task}/train_text.txt`),
    ),
    ...read('banking77/train.csv').map((line) => line.replace(/,[a-z_A-Z?]+$/, '')),
    ...read('sms-spam/SMSSpamCollection').map((line) => line.split('\t')[1] ?? ''),
    ...train.map(([text]) => text),
  ]
}
