/**
 * Texts as words: Chinese by jieba's dictionary, by Node's own where jieba has no build for the
 * platform; other scripts by their letters.
 */
import { createRequire } from 'node:module'

export interface Word {
  /** Lower case. */
  readonly text: string
  /** jieba's part of speech where it is known: `n…` nouns, `v…` verbs, `a…` adjectives. */
  readonly tag?: string | undefined
}

interface Jieba {
  tag(text: string, hmm: boolean): { tag: string; word: string }[]
}
export type WordCutter = (text: string) => Word[]

const chineseRun = /\p{Script=Han}+/u
/** A run of Chinese, or a word with its apostrophes and inner dashes. */
const piece =
  /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+(?:['’-](?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+)*/gu
/** The start of a hostile text is enough. */
const mostCharacters = 10_000
const longestWord = 40

let loaded: WordCutter | undefined

/** Loaded with the first Chinese text: a fifth of a second, some 60 MB. */
export function cutWords(text: string): Word[] {
  const words: Word[] = []
  for (const [found] of text.slice(0, mostCharacters).matchAll(piece)) {
    if (chineseRun.test(found)) {
      loaded ??= chineseCutter()
      words.push(...loaded(found))
    } else if (found.length <= longestWord) words.push({ text: found.toLowerCase() })
  }
  return words
}

function chineseCutter(): WordCutter {
  try {
    const load = createRequire(import.meta.url)
    const { Jieba } = load('@node-rs/jieba') as { Jieba: { withDict(dict: Uint8Array): Jieba } }
    const { dict } = load('@node-rs/jieba/dict') as { dict: Uint8Array }
    const jieba = Jieba.withDict(dict)
    return (text) => jieba.tag(text, true).map(({ tag, word }) => ({ text: word, tag }))
  } catch {
    return createIntlCutter()
  }
}

export function createIntlCutter(): WordCutter {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  return (text) => Array.from(segmenter.segment(text), ({ segment }) => ({ text: segment }))
}
