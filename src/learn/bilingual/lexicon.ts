/**
 * What the words of Chinese and English are in the other language, with probabilities: learned from
 * parallel text by `fitLexicon`. A text becomes a gloss (its words in the other language, in order)
 * or a bag of English stems.
 */
import type { WordShare } from './word-shares.ts'
import { chinesePieces, englishWords, everyEnglishWord, stemOf } from './words.ts'

export interface Lexicon {
  /** Of Chinese words, English ones in their most usual form. */
  readonly toEnglish: ReadonlyMap<string, readonly WordShare[]>
  /** Of English stems, Chinese words. */
  readonly toChinese: ReadonlyMap<string, readonly WordShare[]>
  /** Traditional characters to simplified ones. */
  readonly simplified: ReadonlyMap<string, string>
  /** How rare an English stem is: log(texts / texts with it). */
  readonly rarity: ReadonlyMap<string, number>
  /** Of a stem that was never seen. */
  readonly rarest: number
}

/** A Chinese text's words in English, by their likeliest translation; unknown ones are left out. */
export function englishGloss(lexicon: Lexicon, text: string): string {
  return piecesOf(lexicon, text)
    .map(({ text: piece, isChinese }) =>
      isChinese ? (lexicon.toEnglish.get(piece)?.[0]?.word ?? '') : piece,
    )
    .filter((word) => word !== '')
    .join(' ')
}

/** An English text's words in Chinese, by their likeliest translation; unknown ones stand as they are. */
export function chineseGloss({ toChinese }: Lexicon, text: string): string {
  return everyEnglishWord(text)
    .map((word) => toChinese.get(stemOf(word))?.[0]?.word ?? ` ${word} `)
    .join('')
    .replace(/ +/g, ' ')
    .trim()
}

/** Weight by English stem: √count × rarity, a Chinese word shared out among its translations. */
export function bagOf(lexicon: Lexicon, text: string): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (word: string, count: number): void => {
    const stem = stemOf(word)
    counts.set(stem, (counts.get(stem) ?? 0) + count)
  }
  for (const { text: piece, isChinese } of piecesOf(lexicon, text)) {
    const found = isChinese ? lexicon.toEnglish.get(piece) : [{ word: piece, share: 1 }]
    for (const { word, share } of found ?? []) {
      for (const meaning of englishWords(word)) add(meaning, share)
    }
  }
  for (const [stem, count] of counts) {
    counts.set(stem, Math.sqrt(count) * (lexicon.rarity.get(stem) ?? lexicon.rarest))
  }
  return counts
}

/** In simplified characters. */
export function simple({ simplified }: Pick<Lexicon, 'simplified'>, text: string): string {
  return text.replace(/[\u3400-\u4dbf\u4e00-\u9fff]/g, (sign) => simplified.get(sign) ?? sign)
}

function piecesOf(lexicon: Lexicon, text: string) {
  return chinesePieces(simple(lexicon, text), (word) => lexicon.toEnglish.has(word))
}
