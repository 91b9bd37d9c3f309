/** How one person stands to another: how close, how trusted, and what says so. */
import { z } from 'zod'
import { actions } from './event.ts'
import { idSchema } from './id.ts'

const share = z.number().min(0).max(1)

/** What closeness is made of; the parts sum to it. */
export const closenessParts = [
  /** The tie itself, either way. */
  'tie',
  /** What the first did about the second and their items. */
  'attention',
  /** The same the other way. */
  'response',
  /** That both do. */
  'reciprocity',
  /** Whom both are tied to. */
  'circle',
  /** Hides, reports and hostile words take from all above. */
  'hostility',
  /** A mute takes half of what is left, a block all. */
  'distance',
] as const
export type ClosenessPart = (typeof closenessParts)[number]

/** What trust is made of; the parts sum to it. */
export const trustParts = ['direct', 'through-ties', 'distrust'] as const
export type TrustPart = (typeof trustParts)[number]

export const relationEvidenceSchema = z.strictObject({
  by: idSchema,
  type: z.enum(actions),
  at: z.string(),
  itemId: idSchema.optional(),
  userId: idSchema.optional(),
  /** What it adds to closeness before everything is brought between 0 and 1; below 0 it takes away. */
  weight: z.number(),
})

export const relationSchema = z.strictObject({
  from: idSchema,
  to: idSchema,
  /** From 0 to 1. */
  closeness: share,
  closenessParts: z.record(z.enum(closenessParts), z.number()),
  /** From 0 to 1: how far the first may rely on the second. */
  trust: share,
  trustParts: z.record(z.enum(trustParts), z.number()),
  /** From 0 (nothing is known) to 1. */
  confidence: share,
  /** Strongest first. */
  evidence: z.array(relationEvidenceSchema),
  /** Ties of the first who are tied to the second, most trusted first. */
  through: z.array(idSchema),
})

export type Relation = Readonly<z.output<typeof relationSchema>>
