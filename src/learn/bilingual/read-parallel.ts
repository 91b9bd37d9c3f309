/** Parallel text from a folder of plain files, without the sentences that will be measured on. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KithError } from '../../errors.ts'
import type { LexiconPair, LexiconTexts } from './fit-lexicon.ts'
import { simple } from './lexicon.ts'

export interface ParallelFacts {
  readonly pairs: number
  /** Pairs and texts left out because a measured sentence is one side of them. */
  readonly overlapping: number
  /** SHA-256 of the files as they were read, in hex. */
  readonly hash: string
}

/** The source of entries that are words of a dictionary; their English senses are parted by `;`. */
const dictionary = 'cedict'
/** How much the first senses count beside a sentence. */
const senseWeights = [5, 3, 2]
const longestWord = 8

/**
 * `pairs.tsv` holds `zh TAB en TAB source` lines, `signs.txt` a traditional and a simplified sign a
 * line, `zh.txt` and `en.txt` texts of the kind that will be read, which say how rare words are.
 * @param measured a folder: no sentence of its files is learned from, whatever its case and signs
 * @throws KithError `invalid-input` when a file is missing
 */
export async function readParallel(
  folder: string,
  measured?: string,
): Promise<{ readonly texts: LexiconTexts; readonly facts: ParallelFacts }> {
  const hash = createHash('sha256')
  const read = async (name: string): Promise<string[]> => {
    const file = await contentOf(join(folder, name))
    hash.update(file)
    return file.split('\n').filter((line) => line !== '')
  }
  const [lines, zh, en] = [await read('pairs.tsv'), await read('zh.txt'), await read('en.txt')]
  const signs = (await read('signs.txt')).map((line) => [...line] as [string, string])
  const simplified = new Map(signs)
  const plain = (text: string): string => simple({ simplified }, text)
  const forbidden = measured === undefined ? new Set<string>() : await sentencesOf(measured)
  const isFree = (text: string): boolean => !forbidden.has(plainOf(text))

  const rows = lines.map((line) => line.split('\t') as [string, string, string])
  const free = rows.filter(([chinese, english]) => isFree(chinese) && isFree(english))
  const words = new Set(
    free.flatMap(([word, , source]) =>
      source === dictionary && word.length <= longestWord ? [plain(word)] : [],
    ),
  )
  const english = [...en, ...free.filter(([, , source]) => source !== dictionary).map(([, e]) => e)]
  const texts = {
    pairs: free.flatMap((row) => pairsOf(row, plain)),
    isWord: (word: string) => words.has(word),
    zh: zh.filter(isFree).map(plain),
    en: english.filter(isFree),
    simplified,
  }
  const facts = {
    pairs: texts.pairs.length,
    overlapping: rows.length - free.length,
    hash: hash.digest('hex'),
  }
  return { texts, facts }
}

function pairsOf(
  [zh, en, source]: readonly [string, string, string],
  plain: (text: string) => string,
): LexiconPair[] {
  if (source !== dictionary) return [{ zh: plain(zh), en }]
  const senses = en.split(';').slice(0, senseWeights.length)
  return senses.map((sense, n) => ({
    zh: plain(zh),
    // "to run" is the verb's name: the word says no "to".
    en: sense.trim().replace(/^(?:to be|to|an?|the) /, ''),
    weight: senseWeights[n] ?? 1,
  }))
}

async function sentencesOf(folder: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const name of await readdir(folder)) {
    const file = await contentOf(join(folder, name))
    for (const line of file.split('\n')) if (plainOf(line) !== '') found.add(plainOf(line))
  }
  return found
}

/** Letters and digits alone, lower case. */
function plainOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function contentOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause) => {
    const advice = 'Gather parallel text first: see docs/how-to/shared-space.md.'
    throw new KithError('invalid-input', `${path} cannot be read. ${advice}`, { cause })
  })
}
