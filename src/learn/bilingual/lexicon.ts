/**
 * What Chinese words are in English, with probabilities: learned from parallel text by `fitLexicon`,
 * shipped as a data file. A text becomes a gloss (its words in English, in order) or a bag of stems.
 */
import { KithError } from '../../errors.ts'
import { chinesePieces, englishWords, stemOf } from './words.ts'

export interface Lexicon {
  /** One line a Chinese word: `word TAB english:share english:share …`. */
  readonly words: ReadonlyMap<string, readonly Translation[]>
  /** Traditional characters to simplified ones. */
  readonly simplified: ReadonlyMap<string, string>
  /** How rare an English stem is: log(texts / texts with it). */
  readonly rarity: ReadonlyMap<string, number>
  /** Of a stem that was never seen. */
  readonly rarest: number
}

export interface Translation {
  /** In its most usual form. */
  readonly word: string
  /** p(word | Chinese word), over 0, at most 1. */
  readonly share: number
}

/** The words in English, one by one, by their likeliest translation; unknown ones are left out. */
export function glossOf(lexicon: Lexicon, text: string): string {
  return piecesOf(lexicon, text)
    .map(({ text: piece, isChinese }) =>
      isChinese ? (lexicon.words.get(piece)?.[0]?.word ?? '') : piece,
    )
    .filter((word) => word !== '')
    .join(' ')
}

/** Weight by English stem: √count × rarity, a Chinese word shared out among its translations. */
export function bagOf(lexicon: Lexicon, text: string): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (word: string, count: number): void => {
    const stem = stemOf(word)
    counts.set(stem, (counts.get(stem) ?? 0) + count)
  }
  for (const { text: piece, isChinese } of piecesOf(lexicon, text)) {
    const found = isChinese ? lexicon.words.get(piece) : [{ word: piece, share: 1 }]
    for (const { word, share } of found ?? []) {
      for (const meaning of englishWords(word)) add(meaning, share)
    }
  }
  for (const [stem, count] of counts) {
    counts.set(stem, Math.sqrt(count) * (lexicon.rarity.get(stem) ?? lexicon.rarest))
  }
  return counts
}

function piecesOf({ words, simplified }: Lexicon, text: string) {
  const plain = text.replace(
    /[\u3400-\u4dbf\u4e00-\u9fff]/g,
    (sign) => simplified.get(sign) ?? sign,
  )
  return chinesePieces(plain, (word) => words.has(word))
}

const sections = ['# words', '# simplified', '# rarity'] as const

/** As it rests: three sections of lines that a person can read and git can compare. */
export function lexiconFile({ words, simplified, rarity, rarest }: Lexicon): string {
  const lines = [...words].map(
    ([word, list]) =>
      `${word}\t${list.map((found) => `${found.word}:${Math.round(100 * found.share)}`).join(' ')}`,
  )
  return [
    sections[0],
    ...lines,
    sections[1],
    [...simplified].map(([from, to]) => from + to).join(''),
    sections[2],
    String(Math.round(10 * rarest)),
    ...[...rarity].map(([stem, value]) => `${stem}\t${Math.round(10 * value)}`),
    '',
  ].join('\n')
}

/** @throws KithError `misconfigured` for a file that is cut off or of another form */
export function lexiconOf(file: string): Lexicon {
  const lines = file.split('\n')
  const [first, second, third] = sections.map((section) => lines.indexOf(section)) as [
    number,
    number,
    number,
  ]
  if (first !== 0 || second < 1 || third !== second + 2 || lines.at(-1) !== '') {
    throw new KithError(
      'misconfigured',
      'The lexicon between Chinese and English is not complete. Install this package again.',
    )
  }
  const signs = [...lines[second + 1]!]
  return {
    words: new Map(lines.slice(1, second).map(entryOf)),
    simplified: new Map(signs.flatMap((sign, n) => (n % 2 === 0 ? [[sign, signs[n + 1]!]] : []))),
    rarest: Number(lines[third + 1]) / 10,
    rarity: new Map(
      lines.slice(third + 2, -1).map((line) => {
        const [stem = '', value] = line.split('\t')
        return [stem, Number(value) / 10]
      }),
    ),
  }
}

function entryOf(line: string): [string, Translation[]] {
  const [word = '', list = ''] = line.split('\t')
  const translations = list.split(' ').map((part) => {
    const at = part.lastIndexOf(':')
    return { word: part.slice(0, at), share: Number(part.slice(at + 1)) / 100 }
  })
  return [word, translations]
}
