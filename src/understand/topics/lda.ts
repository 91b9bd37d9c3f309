/**
 * Latent Dirichlet allocation by collapsed Gibbs sampling (Griffiths and Steyvers 2004, equation 5):
 * p(z = j | …) ∝ (n(w, j) + β) / (n(j) + Vβ) · (n(d, j) + α). Needs no vectors: the alternative to
 * clusters where no encoder runs, and for long texts of several topics.
 */
import type { Random } from '../../math/random.ts'

export interface LdaOptions {
  readonly k: number
  readonly random: Random
  readonly rounds?: number | undefined
  /** Topics a text has: small for short posts. */
  readonly alpha?: number | undefined
  readonly beta?: number | undefined
  /** A word must be in so many texts. */
  readonly fewestTexts?: number | undefined
}

export interface Lda {
  /** For each topic its words, the most probable first. */
  readonly topics: readonly (readonly string[])[]
  /** p(topic | text). [texts × k] */
  readonly shares: Float32Array
  /** The likeliest topic of each text, -1 for a text without known words. [texts] */
  readonly assigned: Int32Array
}

const wordsOfTopic = 8
/** Words that are in more of the texts than this tell nothing. */
const mostShare = 0.3

/** @param texts telling words of each */
export function fitLda(texts: readonly (readonly string[])[], options: LdaOptions): Lda {
  const { k, random, rounds = 150, alpha = 0.1, beta = 0.01 } = options
  const { documents, words } = numbered(texts, options.fewestTexts ?? 3)
  const vocabulary = words.length
  const ofWord = new Int32Array(vocabulary * k)
  const ofTopic = new Int32Array(k)
  const ofText = new Int32Array(texts.length * k)
  const count = (text: number, word: number, topic: number, by: number) => {
    ofWord[word * k + topic]! += by
    ofTopic[topic]! += by
    ofText[text * k + topic]! += by
  }
  const chosen = documents.map((document, text) =>
    document.map((word) => {
      const topic = Math.floor(random() * k)
      count(text, word, topic, 1)
      return topic
    }),
  )
  const weights = new Float64Array(k)
  const draw = (text: number, word: number): number => {
    let total = 0
    for (let topic = 0; topic < k; topic++) {
      const likely = (ofWord[word * k + topic]! + beta) / (ofTopic[topic]! + vocabulary * beta)
      total += likely * (ofText[text * k + topic]! + alpha)
      weights[topic] = total
    }
    const drawn = random() * total
    const topic = weights.findIndex((weight) => weight > drawn)
    return topic < 0 ? k - 1 : topic
  }
  for (let round = 0; round < rounds; round++) {
    for (const [text, document] of documents.entries()) {
      const topics = chosen[text]!
      for (let place = 0; place < document.length; place++) {
        const word = document[place]!
        count(text, word, topics[place]!, -1)
        topics[place] = draw(text, word)
        count(text, word, topics[place]!, 1)
      }
    }
  }
  return {
    topics: topWords(ofWord, words, k),
    ...sharesOf(documents, ofText, k, alpha),
  }
}

function numbered(
  texts: readonly (readonly string[])[],
  fewestTexts: number,
): { documents: Int32Array[]; words: string[] } {
  const inTexts = new Map<string, number>()
  for (const text of texts) {
    for (const word of new Set(text)) inTexts.set(word, (inTexts.get(word) ?? 0) + 1)
  }
  const most = Math.max(fewestTexts, mostShare * texts.length)
  const words = [...inTexts]
    .filter(([, times]) => times >= fewestTexts && times <= most)
    .map(([word]) => word)
  const numbers = new Map(words.map((word, number): [string, number] => [word, number]))
  const documents = texts.map((text) =>
    Int32Array.from(text.flatMap((word) => numbers.get(word) ?? [])),
  )
  return { documents, words }
}

function topWords(ofWord: Int32Array, words: readonly string[], k: number): string[][] {
  return Array.from({ length: k }, (_, topic) =>
    words
      .map((word, number): [string, number] => [word, ofWord[number * k + topic]!])
      .filter(([, times]) => times > 0)
      .sort(([, a], [, b]) => b - a)
      .slice(0, wordsOfTopic)
      .map(([word]) => word),
  )
}

function sharesOf(
  documents: readonly Int32Array[],
  ofText: Int32Array,
  k: number,
  alpha: number,
): Pick<Lda, 'shares' | 'assigned'> {
  const shares = new Float32Array(documents.length * k)
  const assigned = new Int32Array(documents.length).fill(-1)
  for (const [text, { length }] of documents.entries()) {
    let best = -1
    for (let topic = 0; topic < k; topic++) {
      const times = ofText[text * k + topic]!
      shares[text * k + topic] = (times + alpha) / (length + k * alpha)
      if (length > 0 && (best < 0 || times > ofText[text * k + best]!)) best = topic
    }
    assigned[text] = best
  }
  return { shares, assigned }
}
