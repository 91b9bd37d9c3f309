/** The words that a post is about, in Chinese and English, best first. */
import { normaliseText } from '../normalise/normalise.ts'
import { cutWords } from './cut-words.ts'
import { isTelling } from './stop-words.ts'
import { rankWords } from './text-rank.ts'
import type { WordCounts } from './word-counts.ts'

export interface Keyword {
  readonly word: string
  /** Share of the text's keywords. 0…1, they sum to at most 1. */
  readonly weight: number
}

export interface KeywordOptions {
  readonly most?: number | undefined
  /** What `tf-idf` knows of other texts; without it every word is held to be as rare as any other. */
  readonly counts?: WordCounts | undefined
  /**
   * `usual`: frequent, beside much of the rest, early; chosen on half of the tagged posts of
   * `npm run bench -- texts`. `text-rank`: beside much of the rest. `tf-idf`: frequent here, rare elsewhere.
   */
  readonly by?: 'usual' | 'text-rank' | 'tf-idf' | undefined
}

const usualMost = 5
/** What a person tagged is what the post is about. */
const tagBonus = 2
const hashtag = /#([^#\s]{2,30})#|#([\p{L}\p{N}_]{2,40})/gu

/** One list for each text; empty for a text without telling words. */
export function findKeywords(texts: readonly string[], options: KeywordOptions = {}): Keyword[][] {
  return texts.map((text) => keywordsOf(text, options))
}

/** Telling words of a text in its order, for counting and for topics. */
export function tellingWords(text: string): string[] {
  return cutWords(normaliseText(text))
    .filter(({ text: word, tag }) => isTelling(word, tag))
    .map(({ text: word }) => word)
}

function keywordsOf(
  text: string,
  { most = usualMost, counts, by = 'usual' }: KeywordOptions,
): Keyword[] {
  const words = tellingWords(text)
  if (words.length === 0) return []
  const tagged = new Set(
    tellingWords([...text.matchAll(hashtag)].map(([found]) => found).join(' ')),
  )
  const central = rankWords(words)
  const frequent = sharesOf(words)
  const scored = [...frequent].map(([word, share]) => {
    const place = words.indexOf(word) / words.length
    const weight = {
      usual: share * Math.sqrt(Math.sqrt(central.get(word)!)) * (2 - place),
      'text-rank': central.get(word)!,
      'tf-idf': share * (counts?.rarity(word) ?? 1),
    }[by]
    return { word, weight: weight * (tagged.has(word) ? tagBonus : 1) }
  })
  const total = scored.reduce((sum, { weight }) => sum + weight, 0)
  return scored
    .map(({ word, weight }) => ({ word, weight: weight / total }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most)
}

function sharesOf(words: readonly string[]): Map<string, number> {
  const shares = new Map<string, number>()
  for (const word of words) shares.set(word, (shares.get(word) ?? 0) + 1 / words.length)
  return shares
}
