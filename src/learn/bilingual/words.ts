/**
 * Words of a Chinese and of an English text, as the lexicon between the two counts them. Both sides
 * are cut the same way when the lexicon is learned and when it is used.
 */

/** A piece of a text: a Chinese word, or what is written in Latin letters or digits. */
export interface Piece {
  readonly text: string
  readonly isChinese: boolean
}

const pieces = /[\u3400-\u4dbf\u4e00-\u9fff]+|[A-Za-z][A-Za-z'’.-]*|\d[\d.,%]*/g
const longestWord = 8
/** A character by itself is dearer than half a word of two: words are preferred to characters. */
const singleCost = 1.15

/** Cut into the fewest words that are known, single characters as a last resort. */
export function chinesePieces(text: string, isWord: (word: string) => boolean): Piece[] {
  return [...text.matchAll(pieces)].flatMap(([found]): Piece[] => {
    const isChinese = found.charCodeAt(0) >= 0x3400
    const words = isChinese ? fewest(found, isWord) : [found]
    return words.map((word) => ({ text: word, isChinese }))
  })
}

/** The cheapest way through, by dynamic programming; longer words are a little cheaper than several. */
function fewest(text: string, isWord: (word: string) => boolean): string[] {
  const costs = new Float64Array(text.length + 1).fill(Infinity)
  const from = new Int32Array(text.length + 1)
  costs[0] = 0
  for (let start = 0; start < text.length; start++) {
    for (let size = 1; size <= longestWord && start + size <= text.length; size++) {
      if (size > 1 && !isWord(text.slice(start, start + size))) continue
      const cost = costs[start]! + (size === 1 ? singleCost : 1 - 0.05 * Math.max(0, size - 2))
      if (cost >= costs[start + size]!) continue
      costs[start + size] = cost
      from[start + size] = start
    }
  }
  const words: string[] = []
  for (let end = text.length; end > 0; end = from[end]!) words.unshift(text.slice(from[end], end))
  return words
}

const englishWord = /[a-z][a-z'’.-]*|\d[\d.,%]*/g
const empty = new Set(
  'a an the of to in on at for and or with by from as is are am be been being was were it its this that these those i you he she we they him them me us his her their my your our who which s t do does did has have had will would can could not no so if but than then there'.split(
    ' ',
  ),
)

/** All words, lower case, as they stand. */
export function everyEnglishWord(text: string): string[] {
  return [...text.toLowerCase().matchAll(englishWord)]
    .map(([word]) => word.replace(/['’.,-]+$/, '').replace(/['’]s$/, ''))
    .filter((word) => word !== '')
}

/** Those of them that carry meaning. */
export function englishWords(text: string): string[] {
  return everyEnglishWord(text).filter((word) => !empty.has(word))
}

/** One form for a word's usual forms; a rough cut after Porter (1980), step 1. */
export function stemOf(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  const cut = word
    .replace(/(?:sses)$/, 'ss')
    .replace(/ies$|ied$/, 'y')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=[a-z]{3})(?:ing|ed|ly)$/, '')
  return cut.replace(/([^aeiouls])\1$/, '$1').replace(/(?<=[a-z]{2})e$/, '')
}
