/**
 * What an engine's own pages say about policies: places that chance filled, all that could have stood there,
 * and what came of what did. Numbers alone: no person, no item, no text.
 */
import { z } from 'zod'

export const loggedChoiceSchema = z.strictObject({
  at: z.iso.datetime(),
  /** Which of those that could be taken was, from 0; each was as likely. */
  taken: z.number().int().min(0),
  /** What the scorers said of each of them, in the order of `parts`; the best by rank first. */
  said: z.array(z.array(z.number()).readonly()).min(1).readonly(),
  /** What the model that serves now expects of each; left out where none does. */
  expected: z.array(z.number()).readonly().optional(),
  /** Whether the person engaged with it within a day. */
  isRewarded: z.boolean(),
})
export type LoggedChoice = Readonly<z.output<typeof loggedChoiceSchema>>

export const policyLogSchema = z.strictObject({
  /** Pages that were read, with and without a place given to chance. */
  pages: z.number().int().min(0),
  /** Names of the scorers. */
  parts: z.array(z.string()).readonly(),
  /** Oldest first. */
  choices: z.array(loggedChoiceSchema).readonly(),
})
export type PolicyLog = Readonly<z.output<typeof policyLogSchema>>
