/** One function: texts in, everything known about them out, in one batched pass. */
import { setImmediate } from 'node:timers/promises'
import type { Embedding } from '../domain/embedding.ts'
import type { ItemLabels } from '../domain/labels.ts'
import { questions } from '../domain/question.ts'
import type { Understanding } from '../domain/understanding.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { KithError } from '../errors.ts'
import { analyse } from './analysis.ts'
import { answerAll } from './answer-all.ts'
import type { Head, HeadFacts } from './head.ts'
import { estimateImportance } from './importance/importance.ts'
import { labelQuestions, labelsOf } from './labels.ts'
import type { LanguageGuess } from './language.ts'
import { estimateQuality, type Quality } from './quality/quality.ts'
import { relativeSize, type SpaceTopics, topicsOfText } from './topics/space-topics.ts'

export interface UnderstandingOptions {
  /** Its failure is said in the answers that need it; all others are still given. */
  readonly encoder: Encoder
  readonly heads: readonly Head[]
  /** Texts under way at one time, of all calls. */
  readonly queueLimit?: number | undefined
}

export interface UnderstandOptions {
  /** Also the words that carried each decision: some thirty times the work. */
  readonly why?: boolean | undefined
  /** Vectors that are known already, by place; nothing is encoded twice. */
  readonly embeddings?: readonly (Embedding | undefined)[] | undefined
  readonly signal?: AbortSignal | undefined
}

export type LabelOptions = Omit<UnderstandOptions, 'why'>

export interface Understander {
  /** Changes whenever an answer may change: which heads, of which version. */
  readonly name: string
  readonly heads: readonly HeadFacts[]
  /**
   * One for each text, in order.
   * @throws KithError `unavailable` when too many texts are under way
   */
  understand(texts: readonly string[], options?: UnderstandOptions): Promise<Understanding[]>
  /** Of the same answers only what ranking keeps of an item, without the work for the rest. @throws the same */
  label(texts: readonly string[], options?: LabelOptions): Promise<ItemLabels[]>
  /** From now on texts are told which of these they are about. */
  knowTopics(topics: readonly SpaceTopics[]): void
  close(): Promise<void>
}

/** Raise when what is said without a head changes. */
const version = 3
/** Labels made in one go: others may wait for the same thread. */
const atOnce = 32

export function openUnderstanding(options: UnderstandingOptions): Understander {
  const { encoder, heads, queueLimit = 20_000 } = options
  let topics: readonly SpaceTopics[] = []
  const wanted = () => ({ encoder, heads, spaces: topics.map(({ space }) => space) })
  const name = nameOf(heads)
  let underWay = 0

  async function understand(
    texts: readonly string[],
    { why = false, ...options }: UnderstandOptions,
  ): Promise<Understanding[]> {
    const { beside, guesses, codes, embeddings, answers } = await answerAll(
      texts,
      questions,
      wanted(),
      { ...options, why },
      (found) => analyse(texts.map((text, place) => ({ text, language: found[place]! }))),
    )
    return texts.map((_, place) => {
      const code = codes[place]
      const { probability } = guesses[place]!
      const language = code === undefined ? {} : { language: { code, probability } }
      const about = topicsOfText(embeddings[place], topics)
      const { quality } = beside[place]!
      const topicSize = about[0] && relativeSize(about[0], embeddings[place], topics)
      const importance = estimateImportance({ quality, topicSize })
      return { ...answers[place]!, ...beside[place]!, topics: about, importance, ...language }
    })
  }

  async function label(texts: readonly string[], options: LabelOptions): Promise<ItemLabels[]> {
    const { beside, answers } = await answerAll(
      texts,
      labelQuestions,
      wanted(),
      options,
      (guesses) => qualitiesOf(texts, guesses),
    )
    const labels: ItemLabels[] = []
    for (const [place, text] of texts.entries()) {
      labels.push(labelsOf({ ...answers[place]!, quality: beside[place]! }, text, name))
      if (place % atOnce === atOnce - 1) await setImmediate()
    }
    return labels
  }

  async function counted<Found>(
    texts: readonly string[],
    work: () => Promise<Found>,
  ): Promise<Found> {
    if (underWay + texts.length > queueLimit) throw full(underWay, texts.length, queueLimit)
    underWay += texts.length
    try {
      return await work()
    } finally {
      underWay -= texts.length
    }
  }

  return {
    name,
    heads,
    understand: (texts, given = {}) => counted(texts, () => understand(texts, given)),
    label: (texts, given = {}) => counted(texts, () => label(texts, given)),
    knowTopics(known) {
      topics = known
    },
    close: async () => undefined,
  }
}

async function qualitiesOf(
  texts: readonly string[],
  guesses: readonly LanguageGuess[],
): Promise<Quality[]> {
  const found: Quality[] = []
  for (let first = 0; first < texts.length; first += atOnce) {
    const some = texts.slice(first, first + atOnce).map((text, n) => {
      return { text, languageCertainty: guesses[first + n]!.probability }
    })
    found.push(...estimateQuality(some))
    await setImmediate()
  }
  return found
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
