/** From what was understood to the bytes that ranking holds in memory. */
import {
  type ItemLabels,
  type LabelName,
  labelByte,
  labelNames,
  placeOfLabel,
} from '../domain/labels.ts'
import { type Answer, emotions, type Understanding } from '../domain/understanding.ts'

export function labelsOf(understood: Understanding, by: string): ItemLabels {
  const values = new Uint8Array(labelNames.length)
  const set = (name: LabelName, probability: number | undefined): void => {
    if (probability !== undefined) values[placeOfLabel(name)] = labelByte(probability)
  }
  set('positive', probabilityOf(understood.sentiment, 'positive'))
  set('toxic', probabilityOf(understood.toxicity, 'toxic'))
  set('spam', probabilityOf(understood.spam, 'spam'))
  set('rumour', probabilityOf(understood.rumour, 'rumour'))
  const shares = emotionShares(understood)
  for (const [n, name] of emotions.entries()) set(name, shares?.[n])
  return { by, values }
}

/** By `emotions`, summing to 1; undefined when no head could tell. */
export function emotionShares({ emotion }: Understanding): number[] | undefined {
  if (!emotion.isThere) return undefined
  return emotions.map((name) => emotion.probabilities[name] ?? 0)
}

function probabilityOf(answer: Answer, label: string): number | undefined {
  return answer.isThere ? (answer.probabilities[label] ?? 0) : undefined
}
