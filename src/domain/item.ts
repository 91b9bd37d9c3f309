/** What can be recommended: a post, an artist, a product, a group. */
import { z } from 'zod'
import { idSchema, instantSchema } from './id.ts'

export const itemTextLimit = 20_000

export const itemSchema = z.strictObject({
  id: idSchema,
  kind: z.string().min(1).max(40).default('post'),
  authorId: idSchema.optional(),
  text: z.string().max(itemTextLimit).default(''),
  createdAt: instantSchema,
  /** BCP 47, for example `en` or `zh`; found from the text when left out. */
  language: z.string().min(2).max(12).optional(),
  tags: z.array(z.string().min(1).max(100)).max(100).default([]),
  /** `followers`: only people with a tie to the author; `private`: only the author. */
  visibility: z.enum(['public', 'followers', 'private']).default('public'),
  /** Marked as unsafe by the network; not shown to people who did not ask for it. */
  isUnsafe: z.boolean().default(false),
  url: z.url().max(2_000).optional(),
})

export type Item = Readonly<z.output<typeof itemSchema>>
export type ItemInput = z.input<typeof itemSchema>
