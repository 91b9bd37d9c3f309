/** The lexicon as two files of lines that a person can read and git can compare. */
import { KithError } from '../../errors.ts'
import type { Lexicon } from './lexicon.ts'
import type { WordShare } from './word-shares.ts'

const sections = ['# words', '# simplified', '# rarity'] as const
const [first, last] = ['# stems', '# end'] as const

/** Chinese words in English (`word TAB english:share …`, of a hundred), signs, rare stems. */
export function toEnglishFile({ toEnglish, simplified, rarity, rarest }: Lexicon): string {
  return [
    sections[0],
    ...[...toEnglish].map(lineOf),
    sections[1],
    [...simplified].map(([from, to]) => from + to).join(''),
    sections[2],
    String(Math.round(10 * rarest)),
    ...[...rarity].map(([stem, value]) => `${stem}\t${Math.round(10 * value)}`),
    '',
  ].join('\n')
}

/** English stems in Chinese: `stem TAB word:share …`. */
export function toChineseFile({ toChinese }: Lexicon): string {
  return [first, ...[...toChinese].map(lineOf), last, ''].join('\n')
}

/** @throws KithError `misconfigured` for a file that is cut off or of another form */
export function lexiconOf(toEnglish: string, toChinese: string): Lexicon {
  return { ...ofToEnglish(toEnglish.split('\n')), toChinese: ofToChinese(toChinese.split('\n')) }
}

function ofToEnglish(lines: readonly string[]): Omit<Lexicon, 'toChinese'> {
  const [words = -1, signs = -1, rare = -1] = sections.map((section) => lines.indexOf(section))
  if (words !== 0 || signs < 1 || rare !== signs + 2 || lines.at(-1) !== '') throw incomplete()
  const simplified = [...lines[signs + 1]!]
  return {
    toEnglish: new Map(lines.slice(1, signs).map(entryOf)),
    simplified: new Map(
      simplified.flatMap((sign, n) => (n % 2 === 0 ? [[sign, simplified[n + 1]!]] : [])),
    ),
    rarest: Number(lines[rare + 1]) / 10,
    rarity: new Map(
      lines.slice(rare + 2, -1).map((line) => {
        const [stem = '', value] = line.split('\t')
        return [stem, Number(value) / 10]
      }),
    ),
  }
}

function ofToChinese(lines: readonly string[]): Lexicon['toChinese'] {
  if (lines[0] !== first || lines.at(-2) !== last) throw incomplete()
  return new Map(lines.slice(1, -2).map(entryOf))
}

function incomplete(): KithError {
  return new KithError(
    'misconfigured',
    'The lexicon between Chinese and English is not complete. Install this package again.',
  )
}

function lineOf([word, list]: readonly [string, readonly WordShare[]]): string {
  const shares = list.map((found) => `${found.word}:${Math.round(100 * found.share)}`)
  return `${word}\t${shares.join(' ')}`
}

function entryOf(line: string): [string, WordShare[]] {
  const [word = '', list = ''] = line.split('\t')
  const translations = list.split(' ').map((part) => {
    const at = part.lastIndexOf(':')
    return { word: part.slice(0, at), share: Number(part.slice(at + 1)) / 100 }
  })
  return [word, translations]
}
