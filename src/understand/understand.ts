/** One function: texts in, everything known about them out, in one batched pass. */
import type { Embedding } from '../domain/embedding.ts'
import { type Question, questions } from '../domain/question.ts'
import type { Understanding } from '../domain/understanding.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { KithError } from '../errors.ts'
import { analyse } from './analysis.ts'
import { answerQuestion } from './answer.ts'
import type { Head, HeadText } from './head.ts'
import { leastProbability, readLanguages } from './read-languages.ts'

export interface UnderstandingOptions {
  /** Its failure is said in the answers that need it; all others are still given. */
  readonly encoder: Encoder
  readonly heads: readonly Head[]
  /** Texts under way at one time, of all calls. */
  readonly queueLimit?: number
}

export interface UnderstandOptions {
  /** Also the words that carried each decision: some thirty times the work. */
  readonly why?: boolean | undefined
  /** Vectors that are known already, by place; nothing is encoded twice. */
  readonly embeddings?: readonly (Embedding | undefined)[] | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Understander {
  /** Changes whenever an answer may change: which heads, of which version. */
  readonly name: string
  readonly heads: readonly Head[]
  /**
   * One for each text, in order.
   * @throws KithError `unavailable` when too many texts are under way
   */
  understand(texts: readonly string[], options?: UnderstandOptions): Promise<Understanding[]>
}

/** Raise when what is said without a head changes. */
const version = 2

export function openUnderstanding(options: UnderstandingOptions): Understander {
  const { encoder, heads, queueLimit = 20_000 } = options
  const spoken = new Set(heads.flatMap(({ languages }) => languages))
  let underWay = 0

  async function understand(
    texts: readonly string[],
    { why = false, embeddings, signal }: UnderstandOptions,
  ): Promise<Understanding[]> {
    const guesses = await readLanguages(texts, spoken)
    const languages = guesses.map(({ language, probability }) =>
      probability >= leastProbability ? language : undefined,
    )
    const vectors = await vectorsOf(texts, embeddings, signal)
    const given = texts.map((text, place) => ({
      text,
      language: languages[place],
      embedding: vectors.embeddings[place],
    }))
    const context = { heads, why, problem: vectors.problem }
    const answers = await Promise.all(questions.map((one) => answerQuestion(one, given, context)))
    const analysed = await analyse(
      texts.map((text, place) => ({ text, language: guesses[place]! })),
    )
    return texts.map((_, place) => {
      const answered = Object.fromEntries(
        questions.map((question, n) => [question, answers[n]![place]!]),
      ) as Pick<Understanding, Question>
      const code = languages[place]
      const { probability } = guesses[place]!
      const language = code === undefined ? {} : { language: { code, probability } }
      return { ...answered, ...analysed[place]!, ...language }
    })
  }

  /** Only when a head asks for vectors, and only for texts that have none yet. */
  async function vectorsOf(
    texts: readonly string[],
    known: UnderstandOptions['embeddings'],
    signal: AbortSignal | undefined,
  ): Promise<{ embeddings: HeadText['embedding'][]; problem?: string }> {
    const embeddings = texts.map((_, place) => known?.[place])
    const isWanted = heads.some(({ spaces }) => spaces?.some((one) => encoder.spaces.includes(one)))
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

  return {
    name: nameOf(heads),
    heads,
    async understand(texts, given = {}) {
      if (underWay + texts.length > queueLimit) throw full(underWay, texts.length, queueLimit)
      underWay += texts.length
      try {
        return await understand(texts, given)
      } finally {
        underWay -= texts.length
      }
    },
  }
}

function nameOf(heads: readonly Head[]): string {
  const names = heads.map(({ name, run }) => `${name}:${run}`).sort()
  return [`kith@${version}`, ...names].join(' ')
}

function full(underWay: number, given: number, limit: number): KithError {
  return new KithError(
    'unavailable',
    `Too many texts are being read: ${underWay} are under way, and ${given} more do not fit into ${limit}. Try again later, or send fewer at once.`,
    { details: { underWay, given, limit } },
  )
}
