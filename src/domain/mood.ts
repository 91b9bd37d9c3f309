/** How a person is taken to feel now, as it is told to them and to nobody else. */
import { z } from 'zod'
import { emotions } from './question.ts'

const share = z.number().min(0).max(1)
const count = z.number().int().min(0)

export const moodSchema = z.strictObject({
  /** False when the person switched it off (`usesMood`): then nothing is read or kept. */
  isOn: z.boolean(),
  /** Absent when nothing was written or done lately that says anything. */
  mood: z
    .strictObject({
      /** Shares that sum to 1, drawn towards neutral where little is known. */
      emotions: z.record(z.enum(emotions), share),
      /** From 0 (nothing known) to 1. */
      confidence: share,
      /** How many things of the last days it was read from. */
      basis: z.strictObject({ posts: count, replies: count, deeds: count }),
      troubled: share,
      glad: share,
    })
    .optional(),
  /** What it does to the person's pages, in a sentence. */
  effect: z.string(),
})
export type MoodReport = Readonly<z.output<typeof moodSchema>>
