/**
 * Learns the lexicon, both ways, from translations. Entries of a dictionary are short translations,
 * so they go in the same way; texts of the network say which words are in use and which are rare.
 */
import type { FitContext } from '../trainer.ts'
import type { Lexicon } from './lexicon.ts'
import { learnWordShares, type WordPair, type WordShare } from './word-shares.ts'
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
  /** English words kept of a Chinese one, and the least share that is kept. */
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

/** Of an English stem: several, of which the likeliest that is in use is kept. */
const chosenFrom = { kept: 8, leastShare: 0.004 }

export function fitLexicon(
  texts: LexiconTexts,
  options: LexiconOptions,
  context: Pick<FitContext, 'report' | 'signal'> = {},
): Lexicon {
  const { rounds, kept, leastShare } = options
  const pairs = wordPairsOf(texts, options.mostWords)
  const forms = usualForms([
    ...texts.pairs.flatMap(({ en }) => everyEnglishWord(en)),
    ...texts.en.flatMap(englishWords),
  ])
  const isInUse = inUse(texts, options.leastUses)
  const toEnglish = new Map<string, WordShare[]>()
  for (const [word, list] of learnWordShares(pairs, { rounds, kept, leastShare }, context)) {
    if (!isInUse(word)) continue
    const found = list.map((one) => ({ ...one, word: forms.get(one.word) ?? one.word }))
    toEnglish.set(word, found)
  }
  const turned = pairs.map(({ from, to, weight }) => ({ from: to, to: from, weight }))
  const toChinese = new Map<string, WordShare[]>()
  for (const [stem, list] of learnWordShares(turned, { rounds, ...chosenFrom }, context)) {
    const found = list.find(({ word }) => isInUse(word))
    if (found) toChinese.set(stem, [found])
  }
  const { simplified } = texts
  return { toEnglish, toChinese, simplified, ...rarityOf(texts.en, options.leastTexts) }
}

/** Chinese words and English stems. */
function wordPairsOf({ pairs, isWord }: LexiconTexts, mostWords: number): WordPair[] {
  return pairs.flatMap(({ zh, en, weight = 1 }) => {
    const from = wordsOf(zh, isWord)
    const to = everyEnglishWord(en).map(stemOf)
    const most = Math.max(from.length, to.length)
    return from.length > 0 && to.length > 0 && most <= mostWords ? [{ from, to, weight }] : []
  })
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

function inUse(
  { zh, pairs, isWord }: LexiconTexts,
  leastUses: number,
): (chinese: string) => boolean {
  const uses = new Map<string, number>()
  // An entry of the dictionary is a use of its word by name only.
  const long = pairs.filter((pair) => !isWord(pair.zh)).map((pair) => pair.zh)
  for (const text of [...zh, ...long]) {
    for (const word of new Set(wordsOf(text, isWord))) uses.set(word, (uses.get(word) ?? 0) + 1)
  }
  return (word) => word.length === 1 || (uses.get(word) ?? 0) >= leastUses
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
