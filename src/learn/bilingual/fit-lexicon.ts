/**
 * Learns p(English word | Chinese word) from translations: IBM model 1 (Brown et al., Computational
 * Linguistics 1993, §4.1) by expectation–maximisation, with an empty word that explains what has no
 * counterpart. Entries of a dictionary are short translations, so they go in the same way.
 */
import type { FitContext } from '../trainer.ts'
import type { Lexicon, Translation } from './lexicon.ts'
import { chinesePieces, englishWords, everyEnglishWord, stemOf } from './words.ts'

export interface LexiconPair {
  /** Simplified characters. */
  readonly zh: string
  readonly en: string
  /** Counts as so many. Default: 1. */
  readonly weight?: number
}

export interface LexiconOptions {
  readonly rounds: number
  /** Sentences with more words on a side teach little and cost much. */
  readonly mostWords: number
  /** Translations kept of a word, and the least share that is kept. */
  readonly kept: number
  readonly leastShare: number
  /** A word must be in so many texts of the network or pairs to be kept; entries of one sign always are. */
  readonly leastUses: number
  /** Stems whose rarity is kept: in so many English texts at least. */
  readonly leastTexts: number
}

export interface LexiconTexts {
  readonly pairs: readonly LexiconPair[]
  /** Words of a dictionary, for cutting. */
  readonly isWord: (word: string) => boolean
  /** Texts that say which words are in use and how rare they are. */
  readonly zh: readonly string[]
  readonly en: readonly string[]
  readonly simplified: ReadonlyMap<string, string>
}

/** The number of the empty word. */
const nothing = 0
/** Less is forgotten, which keeps the table small. */
const leastShareOut = 1e-4

export function fitLexicon(
  texts: LexiconTexts,
  options: LexiconOptions,
  { report, signal }: Pick<FitContext, 'report' | 'signal'> = {},
): Lexicon {
  const rows = texts.pairs.map(({ zh, en, weight = 1 }) => ({
    zh: wordsOf(zh, texts.isWord),
    en: everyEnglishWord(en),
    weight,
  }))
  const usual = usualForms([...rows.flatMap(({ en }) => en), ...texts.en.flatMap(englishWords)])
  const chinese = new Numbering()
  const english = new Numbering()
  const coded = rows
    .filter(({ zh, en }) => Math.max(zh.length, en.length) <= options.mostWords && zh.length > 0)
    .map(({ zh, en, weight }) => ({
      weight,
      zh: [nothing, ...zh.map((word) => 1 + chinese.of(word))],
      en: en.map((word) => english.of(stemOf(word))),
    }))
  let table: Shares[] | undefined
  for (let round = 1; round <= options.rounds; round++) {
    signal?.throwIfAborted()
    const next = expect(coded, chinese.size + 1, table)
    report?.('log-likelihood', round, next.likelihood)
    table = next.table
  }
  const uses = usesOf(texts)
  const words = new Map<string, Translation[]>()
  for (const [number, word] of chinese.names.entries()) {
    if (word.length > 1 && (uses.get(word) ?? 0) < options.leastUses) continue
    const list = bestOf(table?.[number + 1] ?? new Map(), english.names, usual, options)
    if (list.length > 0) words.set(word, list)
  }
  return { words, simplified: texts.simplified, ...rarityOf(texts.en, options.leastTexts) }
}

interface Coded {
  readonly zh: readonly number[]
  readonly en: readonly number[]
  readonly weight: number
}

type Shares = Map<number, number>

/** One round: each English word is shared out among the Chinese words beside it. */
function expect(
  pairs: readonly Coded[],
  words: number,
  before: readonly Shares[] | undefined,
): { table: Shares[]; likelihood: number } {
  const table = Array.from({ length: words }, (): Shares => new Map())
  let likelihood = 0
  for (const pair of pairs) {
    for (const target of pair.en) likelihood += shareOut(target, pair, before, table)
  }
  for (const row of table) toShares(row)
  return { table, likelihood }
}

/** Returns log p of the English word, 0 for one that nothing beside it explains any more. */
function shareOut(
  target: number,
  { zh, weight }: Coded,
  before: readonly Shares[] | undefined,
  table: readonly Shares[],
): number {
  const shares = zh.map((word) => (before ? (before[word]!.get(target) ?? 0) : 1))
  const sum = shares.reduce((total, share) => total + share, 0)
  if (sum <= 0) return 0
  for (const [at, word] of zh.entries()) {
    const share = shares[at]! / sum
    const row = table[word]!
    if (share > leastShareOut) row.set(target, (row.get(target) ?? 0) + weight * share)
  }
  return weight * Math.log(sum / zh.length)
}

function toShares(row: Shares): void {
  let sum = 0
  for (const count of row.values()) sum += count
  for (const [target, count] of row) row.set(target, count / sum)
}

function bestOf(
  row: ReadonlyMap<number, number>,
  names: readonly string[],
  usual: ReadonlyMap<string, string>,
  { kept, leastShare }: LexiconOptions,
): Translation[] {
  return [...row]
    .filter(([, share]) => share >= leastShare)
    .sort((a, b) => b[1] - a[1])
    .slice(0, kept)
    .map(([number, share]) => ({ word: usual.get(names[number]!) ?? names[number]!, share }))
}

function wordsOf(text: string, isWord: (word: string) => boolean): string[] {
  return chinesePieces(text, isWord).flatMap(({ text: piece, isChinese }) =>
    isChinese ? [piece] : [],
  )
}

/** The most frequent form of each stem. */
function usualForms(words: readonly string[]): Map<string, string> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const forms = new Map<string, string>()
  for (const [word, count] of counts) {
    const stem = stemOf(word)
    const other = forms.get(stem)
    if (other === undefined || count > (counts.get(other) ?? 0)) forms.set(stem, word)
  }
  return forms
}

/** In how many texts each Chinese word is. */
function usesOf({ zh, pairs, isWord }: LexiconTexts): Map<string, number> {
  const uses = new Map<string, number>()
  // An entry of the dictionary is a use of its word by name only.
  const long = pairs.filter((pair) => !isWord(pair.zh)).map((pair) => pair.zh)
  for (const text of [...zh, ...long]) {
    for (const word of new Set(wordsOf(text, isWord))) uses.set(word, (uses.get(word) ?? 0) + 1)
  }
  return uses
}

function rarityOf(
  texts: readonly string[],
  leastTexts: number,
): Pick<Lexicon, 'rarity' | 'rarest'> {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const stem of new Set(englishWords(text).map(stemOf))) {
      counts.set(stem, (counts.get(stem) ?? 0) + 1)
    }
  }
  const rarity = new Map<string, number>()
  for (const [stem, count] of counts) {
    if (count >= leastTexts) rarity.set(stem, Math.log(texts.length / count))
  }
  return { rarity, rarest: Math.log(texts.length / 2) }
}

class Numbering {
  readonly #numbers = new Map<string, number>()
  readonly names: string[] = []

  get size(): number {
    return this.names.length
  }

  of(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}
