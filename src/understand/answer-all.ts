/** Puts questions to texts: their languages and vectors are found first, once for all heads. */
import type { Embedding } from '../domain/embedding.ts'
import type { Question } from '../domain/question.ts'
import type { Answer } from '../domain/understanding.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { answerQuestion } from './answer.ts'
import type { Head } from './head.ts'
import type { LanguageGuess } from './language.ts'
import { plainLetters } from './normalise/plain-letters.ts'
import { leastProbability, readLanguages } from './read-languages.ts'

interface AnsweringParts {
  readonly encoder: Encoder
  readonly heads: readonly Head[]
  /** Of vectors that are wanted for something else than heads. */
  readonly spaces: readonly string[]
}

interface AnsweringOptions {
  readonly why?: boolean | undefined
  readonly embeddings?: readonly (Embedding | undefined)[] | undefined
  readonly signal?: AbortSignal | undefined
}

/** What is done beside, while the encoder's own threads work. */
export type Beside<Found> = (guesses: readonly LanguageGuess[]) => Promise<Found>

export interface Answered<Asked extends Question, Found> {
  readonly beside: Found
  readonly guesses: readonly LanguageGuess[]
  /** Codes of the languages that are sure enough to be told. */
  readonly codes: readonly (string | undefined)[]
  readonly embeddings: readonly (Embedding | undefined)[]
  /** One for each text. */
  readonly answers: readonly Readonly<Record<Asked, Answer>>[]
}

export async function answerAll<Asked extends Question, Found>(
  texts: readonly string[],
  asked: readonly Asked[],
  parts: AnsweringParts,
  { why = false, embeddings, signal }: AnsweringOptions,
  work: Beside<Found>,
): Promise<Answered<Asked, Found>> {
  const { heads } = parts
  const read = texts.map(plainLetters)
  const guesses = await readLanguages(read, new Set(heads.flatMap(({ languages }) => languages)))
  const codes = guesses.map(({ language, probability }) =>
    probability >= leastProbability ? language : undefined,
  )
  // What a text in disguise was encoded as is not what it says.
  const known = read.map((text, place) => (text === texts[place] ? embeddings?.[place] : undefined))
  const [vectors, beside] = await Promise.all([
    vectorsOf(read, parts, known, signal),
    work(guesses),
  ])
  const given = read.map((text, place) => {
    return { text, language: codes[place], embedding: vectors.embeddings[place] }
  })
  const context = { heads, why, problem: vectors.problem }
  const columns = await Promise.all(asked.map((one) => answerQuestion(one, given, context)))
  const answers = texts.map((_, place) => {
    const found = asked.map((question, n) => {
      return [question, pointing(columns[n]![place]!, texts[place]!)] as const
    })
    return Object.fromEntries(found) as Record<Asked, Answer>
  })
  return { beside, guesses, codes, embeddings: vectors.embeddings, answers }
}

/** The words behind an answer as they stand in the text that was given. */
function pointing(answer: Answer, text: string): Answer {
  if (!answer.isThere || !answer.why) return answer
  return {
    ...answer,
    why: answer.why.map((word) => ({ ...word, text: text.slice(word.start, word.end) })),
  }
}

/** Only when somebody asks for vectors, and only for texts that have none yet. */
async function vectorsOf(
  texts: readonly string[],
  { encoder, heads, spaces }: AnsweringParts,
  known: AnsweringOptions['embeddings'],
  signal: AbortSignal | undefined,
): Promise<{ embeddings: (Embedding | undefined)[]; problem?: string }> {
  const embeddings = texts.map((_, place) => known?.[place])
  const read = [...spaces, ...heads.flatMap((head) => head.spaces ?? [])]
  // Where no encoder could be opened, it is asked for what it says.
  const isAbsent = encoder.spaces.length === 0 && read.length > 0
  const isWanted = isAbsent || read.some((one) => encoder.spaces.includes(one))
  const missing = texts.flatMap((_, place) => (embeddings[place] ? [] : [place]))
  if (!isWanted || missing.length === 0) return { embeddings }
  try {
    const found = await encoder.encode(
      missing.map((place) => texts[place]!),
      { signal },
    )
    for (const [n, place] of missing.entries()) embeddings[place] = found[n]
    return { embeddings }
  } catch (cause) {
    signal?.throwIfAborted()
    return { embeddings, problem: cause instanceof Error ? cause.message : String(cause) }
  }
}
