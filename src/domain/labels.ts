/** What ranking needs to know of a text's understanding: one byte a label, so that millions fit. */
import { type Emotion, emotions } from './question.ts'

/** Probabilities: of a positive mood, of each emotion, of each risk; and the quality of the text. */
export const labelNames = ['positive', ...emotions, 'toxic', 'spam', 'rumour', 'quality'] as const
export type LabelName = (typeof labelNames)[number]

/** Bytes of the sign by which near copies are found, after the labels; all 0 = none. */
export const signBytes = 8
/** Where the sign begins. */
export const signAt = labelNames.length
export const labelWidth = signAt + signBytes

/** [labelWidth] of the labels 0 = not known, else 1 + 254 × the probability. */
export type LabelValues = Uint8Array

export interface ItemLabels {
  /** Which heads, of which version, made them. */
  readonly by: string
  readonly values: LabelValues
}

/** The emotions of one thing a person wrote: all that is kept of it for their mood. */
export interface MoodReading {
  readonly at: Date
  /** Probabilities, by `emotions`; they sum to 1. */
  readonly emotions: readonly number[]
}

/** Newest readings kept of a person. */
export const moodReadingsKept = 24

const places = new Map<LabelName, number>(labelNames.map((name, place) => [name, place]))

export function placeOfLabel(name: LabelName): number {
  return places.get(name) ?? -1
}

/** 64 bits that near copies of a text nearly share (SimHash), or undefined for too short a text. */
export type TextSign = readonly [low: number, high: number]

export function writeSign(values: LabelValues, [low, high]: TextSign): void {
  const view = new DataView(values.buffer, values.byteOffset + signAt, signBytes)
  view.setUint32(0, low)
  view.setUint32(4, high)
}

export function hasSign(values: LabelValues): boolean {
  for (let place = signAt; place < values.length; place++) if (values[place] !== 0) return true
  return false
}

export function labelByte(probability: number): number {
  return 1 + Math.round(Math.min(1, Math.max(0, probability)) * 254)
}

/** -1 when it is not known. */
export function labelProbability(byte: number): number {
  return byte === 0 ? -1 : (byte - 1) / 254
}

/** Undefined when they are not known. */
export function emotionsOf(values: LabelValues): Readonly<Record<Emotion, number>> | undefined {
  const first = placeOfLabel(emotions[0])
  if ((values[first] ?? 0) === 0) return undefined
  const found = emotions.map((name, n) => [name, labelProbability(values[first + n] ?? 0)] as const)
  return Object.fromEntries(found) as Record<Emotion, number>
}
