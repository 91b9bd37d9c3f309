/** What a person is shown: ranked items, each with the story of how it came there. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { boundsRecordSchema } from './page-bounds.ts'

export const feedNames = ['home', 'people', 'related', 'trending', 'latest'] as const
export type FeedName = (typeof feedNames)[number]
export const localeSchema = z.enum(['en', 'zh'])
export type Locale = z.output<typeof localeSchema>

/** One event of the person's own that speaks for an item. */
export const evidenceSchema = z.object({
  type: z.string(),
  at: z.string(),
  itemId: z.string().optional(),
  userId: z.string().optional(),
  /** The part of the score that it speaks for. */
  part: z.string().optional(),
})

export const becauseSchema = z.object({
  /** One or two sentences in the asked language, read from the record. */
  text: z.string(),
  /** The person's own events behind it. */
  evidence: z.array(evidenceSchema),
  /** What would have changed it, in one sentence. */
  change: z.string(),
  /** Where it stands elsewhere than its score alone would have it, and something moved it: what, in one sentence. */
  moved: z.string().optional(),
})
export type Because = Readonly<z.output<typeof becauseSchema>>

export const pageItemSchema = z.object({
  rank: z.number().int().min(1),
  /** An item, or for the feed `people` a person. */
  item: z.object({
    id: idSchema,
    kind: z.string(),
    authorId: z.string().optional(),
    authorName: z.string().optional(),
    text: z.string(),
    createdAt: z.string().optional(),
    language: z.string().optional(),
    tags: z.array(z.string()),
    url: z.string().optional(),
  }),
  score: z.number(),
  /** Named parts of the score; their sum is the score. */
  parts: z.record(z.string(), z.number()),
  /** Sources that proposed it. */
  from: z.array(z.string()),
  /** The chance with which it was drawn for its place; absent when what is known alone put it there. */
  chance: z.number().gt(0).max(1).optional(),
  because: becauseSchema.optional(),
})
export type PageItem = Readonly<z.output<typeof pageItemSchema>>

export const pageSchema = z.object({
  id: z.string(),
  feed: z.string(),
  items: z.array(pageItemSchema),
  /** How many candidates each filter dropped; with `explain`, the record of the choice. */
  dropped: z.record(z.string(), z.number()),
  /** What the page's bounds, diversity and exploration did; absent in feeds without any. */
  bounds: boundsRecordSchema.optional(),
  /** Give it as `after` for the next page; absent when the feed has ended. */
  next: z.string().optional(),
})
export type Page = Readonly<z.output<typeof pageSchema>>
