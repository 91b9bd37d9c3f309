/**
 * Do keywords find what authors tagged? Tags are taken out of the text; those of their words that the
 * text also has are what is asked for.
 */
import { findKeywords, tellingWords } from '../../src/understand/keywords/keywords.ts'
import { createWordCounts, type WordCounts } from '../../src/understand/keywords/word-counts.ts'

const hashtag = /#([^#\s]{2,30})#|#([\p{L}\p{N}_]{2,40})/gu
const most = 5

interface Tagged {
  readonly text: string
  readonly asked: ReadonlySet<string>
}

export function benchKeywords(texts: Readonly<Record<string, readonly string[]>>) {
  const counts = createWordCounts()
  for (const text of Object.values(texts).flat()) counts.add(tellingWords(text))
  return Object.fromEntries(
    Object.entries(texts).map(([name, some]) => {
      // How the usual way weighs was chosen on the posts in even places.
      const tagged = some.flatMap(taggedOf).filter((_, place) => place % 2 === 1)
      return [name, { posts: tagged.length, ...recalls(tagged, counts) }]
    }),
  )
}

function taggedOf(given: string): Tagged[] {
  const tags = [...given.matchAll(hashtag)].map(([, inside, after]) => inside ?? after ?? '')
  if (tags.length === 0) return []
  const text = given.replace(hashtag, ' ')
  const words = new Set(tellingWords(text))
  const asked = new Set(tellingWords(tags.join(' ')).filter((word) => words.has(word)))
  return asked.size === 0 || words.size <= most ? [] : [{ text, asked }]
}

/** Of the words asked for, those among the first five. */
function recalls(tagged: readonly Tagged[], counts: WordCounts): Record<string, number> {
  const ways: Readonly<Record<string, (text: string) => readonly string[]>> = {
    first: (text) => [...new Set(tellingWords(text))].slice(0, most),
    textRank: (text) => wordsBy(text, 'text-rank'),
    tfIdf: (text) => wordsBy(text, 'tf-idf'),
    usual: (text) => wordsBy(text, 'usual'),
  }
  const wordsBy = (text: string, by: 'usual' | 'text-rank' | 'tf-idf') =>
    (findKeywords([text], { counts, by, most })[0] ?? []).map(({ word }) => word)
  return Object.fromEntries(
    Object.entries(ways).map(([name, find]) => {
      let found = 0
      let all = 0
      for (const { text, asked } of tagged) {
        const words = find(text)
        all += Math.min(most, asked.size)
        found += words.filter((word) => asked.has(word)).length
      }
      return [name, Math.round((1_000 * found) / Math.max(1, all)) / 1_000]
    }),
  )
}
