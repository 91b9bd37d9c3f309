/** A person on the network. */
import { z } from 'zod'
import { idSchema, instantSchema } from './id.ts'
import { wishesSchema } from './wishes.ts'

export const userSchema = z.strictObject({
  id: idSchema,
  name: z.string().max(200).optional(),
  bio: z.string().max(5_000).optional(),
  createdAt: instantSchema.optional(),
  /** BCP 47 codes the person reads; empty means any. */
  languages: z.array(z.string().min(2).max(12)).max(20).default([]),
  /** What they said they care about, in their own words: their first taste until their history says more. */
  interests: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
  /** A private person is never suggested, and their items are shown only to their ties. */
  isPrivate: z.boolean().default(false),
  /** False: never suggested to anybody, though their items are shown as before. */
  isSuggested: z.boolean().optional(),
  /** Shows items marked unsafe to this person. */
  allowsUnsafe: z.boolean().default(false),
  /**
   * False: what they write and do is not read for their mood, and what was read is erased. Left out:
   * true.
   */
  usesMood: z.boolean().optional(),
  /** What they wish of their own pages. */
  wishes: wishesSchema.optional(),
  /** True for people of the generated sample city. */
  isSample: z.boolean().default(false),
})

export type User = Readonly<z.output<typeof userSchema>>
export type UserInput = z.input<typeof userSchema>
