/** From what was understood to the bytes that ranking holds in memory. */
import {
  type ItemLabels,
  type LabelName,
  labelByte,
  labelWidth,
  placeOfLabel,
  writeSign,
} from '../domain/labels.ts'
import { emotions } from '../domain/question.ts'
import type { Answer, Understanding } from '../domain/understanding.ts'
import { shinglesOf } from './duplicates/shingles.ts'
import { simHash } from './duplicates/sim-hash.ts'

/** Fewer words many people say by chance. */
const leastShingles = 4

/** The questions whose answers are kept. */
export const labelQuestions = ['sentiment', 'emotion', 'toxicity', 'spam', 'rumour'] as const

export type Labelled = Pick<Understanding, (typeof labelQuestions)[number] | 'quality'>

export function labelsOf(understood: Labelled, text: string, by: string): ItemLabels {
  const values = new Uint8Array(labelWidth)
  const set = (name: LabelName, probability: number | undefined): void => {
    if (probability !== undefined) values[placeOfLabel(name)] = labelByte(probability)
  }
  set('positive', probabilityOf(understood.sentiment, 'positive'))
  set('toxic', probabilityOf(understood.toxicity, 'toxic'))
  set('spam', probabilityOf(understood.spam, 'spam'))
  set('rumour', probabilityOf(understood.rumour, 'rumour'))
  const shares = emotionShares(understood)
  for (const [n, name] of emotions.entries()) set(name, shares?.[n])
  set('quality', understood.quality.value)
  const shingles = shinglesOf(text)
  if (shingles.length >= leastShingles) writeSign(values, simHash(shingles))
  return { by, values }
}

/**
 * By `emotions`, summing to 1; undefined when no head could tell. A head that knows no neutral says
 * something of every timetable: what it is undecided about counts as neutral.
 */
export function emotionShares({ emotion }: Pick<Understanding, 'emotion'>): number[] | undefined {
  if (!emotion.isThere) return undefined
  const { probabilities } = emotion
  const found = emotions.map((name) => probabilities[name] ?? 0)
  if ('neutral' in probabilities) return found
  const chance = 1 / Math.max(2, Object.keys(probabilities).length)
  const certainty = Math.max(0, (Math.max(...found) - chance) / (1 - chance))
  return emotions.map((name, n) => (name === 'neutral' ? 1 - certainty : found[n]! * certainty))
}

function probabilityOf(answer: Answer, label: string): number | undefined {
  return answer.isThere ? (answer.probabilities[label] ?? 0) : undefined
}
