/**
 * What a page may not be, however good its items are: all bounds of all feeds, in one place. They are
 * kept whenever the candidates allow it; where they do not, the last named gives way first.
 */
import { z } from 'zod'

/** From the one that is kept longest to the one that is given up first. */
export const boundNames = [
  'sad',
  'angry',
  'author-spacing',
  'author-number',
  'topics',
  'small-creators',
] as const
export type BoundName = (typeof boundNames)[number]

const share = z.number().min(0).max(1)

export const pageBoundsSchema = z.strictObject({
  /** Of the places, at most so many for items that read as sad or fearful; 1 = no bound. */
  sadShare: share.default(1 / 3),
  /** Of the places, at most so many for items that read as angry; 1 = no bound. */
  angryShare: share.default(1 / 3),
  /** One item of an author in any so many consecutive places. */
  authorApart: z.number().int().min(1).max(50).default(4),
  /** Items of one author on a page. */
  authorMost: z.number().int().min(1).max(100).default(3),
  /** Of the places, at most so many for one topic (an item's first tag); 1 = no bound. */
  topicShare: share.default(0.5),
  /** Of the first n places, for every n, at least so many for small and new creators; 0 = no bound. */
  smallShare: z.number().min(0).max(0.5).default(0.1),
  /** A creator with at most so many people tied to them is small. */
  smallTies: z.number().int().min(0).default(10),
  /** One whose first item is at most so many days old is new. */
  newDays: z.number().min(0).default(14),
})
export type PageBounds = Readonly<z.output<typeof pageBoundsSchema>>

export const defaultBounds: PageBounds = pageBoundsSchema.parse({})

/** What the bounds did to one page; one that did nothing is left out. */
export const boundsRecordSchema = z.record(
  z.string(),
  z.object({
    /** Candidates that it held back, or lifted. */
    acted: z.number().int().min(0),
    /** False where the candidates left no way to keep it. */
    isKept: z.boolean(),
  }),
)
export type BoundsRecord = Readonly<z.output<typeof boundsRecordSchema>>
