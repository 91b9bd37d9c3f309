/** What a text is understood to say: one answer a question, or an honest word on why there is none. */
import { z } from 'zod'

const probability = z.number().min(0).max(1)
const place = z.number().int().min(0)

export const absenceSchema = z.strictObject({
  isThere: z.literal(false),
  /** `no-head`: none for this question in this language; `no-model`: its encoder is not running. */
  reason: z.enum(['no-text', 'no-language', 'no-head', 'no-model']),
  text: z.string(),
})

/** A stretch of the given text (UTF-16 places) and how much it spoke for the label (above 0) or against. */
export const wordSchema = z.strictObject({
  text: z.string(),
  start: place,
  end: place,
  weight: z.number(),
})

export const judgementSchema = z.strictObject({
  isThere: z.literal(true),
  /** The likeliest class. */
  label: z.string(),
  /** Of every class, calibrated; they sum to 1. */
  probabilities: z.record(z.string(), probability),
  /** Name and version of the head, and the run of learning it came from. */
  head: z.string(),
  run: z.string(),
  /** Strongest first, when asked for. */
  why: z.array(wordSchema).optional(),
})

export const answerSchema = z.discriminatedUnion('isThere', [judgementSchema, absenceSchema])

export const understandingSchema = z.strictObject({
  /** BCP 47; absent when too short or undecided. `probability` where the detector gives one. */
  language: z.strictObject({ code: z.string(), probability: probability.optional() }).optional(),
  sentiment: answerSchema,
  emotion: answerSchema,
  irony: answerSchema,
  toxicity: answerSchema,
  spam: answerSchema,
  rumour: answerSchema,
  intent: answerSchema,
  /** What it is about, best first; shares. */
  keywords: z.array(z.strictObject({ word: z.string(), weight: z.number() })),
  quality: z.strictObject({
    /** Share of ordinary posts that show less care; absent without a letter. */
    value: probability.optional(),
    /** What each part added to it, or took away. */
    parts: z.record(z.string(), z.number()),
  }),
  /** Where it tells who somebody is or how to reach them (UTF-16 places). */
  personalData: z.array(z.strictObject({ kind: z.string(), start: place, end: place })),
  /** Place of the first text of the call that says nearly the same, for texts that have such a one. */
  duplicateGroup: place.optional(),
})

export type Absence = Readonly<z.output<typeof absenceSchema>>
export type Answer = Readonly<z.output<typeof answerSchema>>
export type TellingWord = Readonly<z.output<typeof wordSchema>>
export type Understanding = Readonly<z.output<typeof understandingSchema>>
