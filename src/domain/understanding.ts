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

/** A topic of the network: clusters of what is written there, named by their own words. */
export const namedTopicSchema = z.strictObject({
  /** Stays when topics are fitted again, and is never given to another. */
  id: place,
  /** Most telling first. */
  words: z.array(z.string()),
  /** Cosine of the text with the middle of the topic. */
  closeness: probability,
  /** Of the network's posts, those that are about it. */
  share: probability,
})

/** A topic of the network by itself. */
export const topicOfNetworkSchema = namedTopicSchema.omit({ closeness: true }).extend({
  /** Of the vectors it is a cluster of; topics of two spaces may be about the same. */
  space: z.string(),
  posts: place,
})

/** A measure with the parts it is made of. */
const measureSchema = z.strictObject({
  value: probability.optional(),
  parts: z.record(z.string(), z.number()),
})

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
  /** `value`: share of ordinary posts that show less care; absent without a letter. `parts`: what each added or took. */
  quality: measureSchema,
  /** How much it matters to the network, from what is known of it: each part from 0 to 1. Absent without a letter. */
  importance: measureSchema,
  /** What it is about, nearest first; none before the network has topics. */
  topics: z.array(namedTopicSchema),
  /** Where it tells who somebody is or how to reach them (UTF-16 places). */
  personalData: z.array(z.strictObject({ kind: z.string(), start: place, end: place })),
  /** Place of the first text of the call that says nearly the same, for texts that have such a one. */
  duplicateGroup: place.optional(),
})

export type Absence = Readonly<z.output<typeof absenceSchema>>
export type Answer = Readonly<z.output<typeof answerSchema>>
export type TellingWord = Readonly<z.output<typeof wordSchema>>
export type TopicOfNetwork = Readonly<z.output<typeof topicOfNetworkSchema>>
export type NamedTopic = Readonly<z.output<typeof namedTopicSchema>>
export type Understanding = Readonly<z.output<typeof understandingSchema>>
