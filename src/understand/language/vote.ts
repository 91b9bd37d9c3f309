/** Two voters on the language of a text, words and eld, and how their voices are joined. */
import type { eld as Eld } from 'eld/medium'
import { softmax, type WordModel } from './word-model.ts'

export interface Voters {
  readonly eld: Pick<typeof Eld, 'detect'>
  /** Undefined when its file is not there: eld alone then decides. */
  readonly words: WordModel | undefined
}

export interface Tuning {
  /** What eld's voice counts beside one word's. */
  readonly eldPower: number
  readonly eldFloor: number
  /** A name or a foreign word must not rule a language out. */
  readonly wordFloor: number
  /** Below 1 the joint voice is less certain: words of one text repeat one another. */
  readonly sharpness: number
}

/** Chosen on held-out words and pairs of them (`npm run bench -- language-model`). */
const chosen: Tuning = { eldPower: 0.15, eldFloor: 0.02, wordFloor: 0.001, sharpness: 1.2 }
/** eld's scores lie close together; alone, a lead of a fiftieth is a likely language. */
const eldSharpness = 30
const strangerShare = 0.4
const word = /[\p{L}\p{M}]+(?:['’ʼ-][\p{L}\p{M}]+)*/gu
const mostWords = 100

/** Probabilities of the possible languages; of all that a voter knows when `possible` is not given. */
export function vote(
  text: string,
  possible: readonly string[] | undefined,
  by: 'vote' | 'words' | 'eld',
  { eld, words }: Voters,
  { eldPower, eldFloor, wordFloor, sharpness }: Tuning = chosen,
): Map<string, number> {
  const byEld = by === 'words' ? {} : eld.detect(text).getScores()
  const byWords = by === 'eld' || !words ? undefined : readWords(text, words, wordFloor, possible)
  const known = new Set([...Object.keys(byEld), ...(byWords?.keys() ?? [])])
  const languages = [...known].filter((one) => possible?.includes(one) ?? true)
  if (languages.length === 0) return new Map()
  const stranger = strangerScores(byEld, text)
  const scores = Float64Array.from(languages, (language) => {
    const heard = byEld[language] ?? 0
    if (!byWords) return eldSharpness * heard
    const own = byWords.get(language) ?? stranger(heard)
    return by === 'words' ? own : own + eldPower * Math.log(heard + eldFloor)
  })
  softmax(scores, byWords ? sharpness : 1)
  return new Map(languages.map((language, place) => [language, scores[place]!]))
}

/**
 * For languages that eld alone knows: as if each word were somewhat likely in the one that eld prefers to
 * all, so that it wins where no language of the word model has most words.
 */
function strangerScores(
  byEld: Readonly<Record<string, number>>,
  text: string,
): (heard: number) => number {
  const highest = Math.max(Number.EPSILON, ...Object.values(byEld))
  const words = wordsOf(text).length
  return (heard) =>
    words * Math.log(strangerShare) +
    eldSharpness * Math.log(Math.max(heard, Number.EPSILON) / highest)
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word)?.slice(0, mostWords) ?? []
}

/** Of each language the sum over words of ln p(language | word), among the possible ones. */
function readWords(
  text: string,
  model: WordModel,
  wordFloor: number,
  possible: readonly string[] | undefined,
): Map<string, number> | undefined {
  const { languages } = model
  const places = languages.flatMap((language, place) =>
    possible === undefined || possible.includes(language) ? [place] : [],
  )
  const found = wordsOf(text)
  if (found.length === 0 || places.length === 0) return undefined
  const probabilities = new Float64Array(languages.length)
  const sums = new Float64Array(places.length)
  for (const one of found) {
    model.probabilities(one, probabilities)
    let all = 0
    for (const place of places) all += probabilities[place]!
    for (const [index, place] of places.entries()) {
      const share = all > 0 ? probabilities[place]! / all : 1 / places.length
      sums[index]! += Math.log(wordFloor + (1 - wordFloor) * share)
    }
  }
  return new Map(places.map((place, index) => [languages[place]!, sums[index]!]))
}
