/** The network looked at as a whole: its communities, who carries it, who stands apart. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { emotions } from './question.ts'

const share = z.number().min(0).max(1)
const count = z.number().int().min(0)
const ranked = z.array(z.strictObject({ id: idSchema, score: z.number() }))

export const communitySchema = z.strictObject({
  /** The same from one report to the next while most of its people stay. */
  id: count,
  people: count,
  /** Tags that are used here more than elsewhere, most telling first. */
  keywords: z.array(z.string()),
  languages: z.array(z.string()),
  /** Ties of its people that stay inside, of all their ties. */
  inside: share,
  /**
   * How much its people engage with their own beyond what chance would give: 0 = as chance would, 1 = with
   * nobody else. Below 0: with others rather than their own.
   */
  echo: z.number().max(1),
  /** Most reached inside it. */
  centre: z.array(idSchema),
  /** Mean of what was understood of its people's posts; absent where hardly any was. Shares sum to 1. */
  mood: z.strictObject({ posts: count, shares: z.record(z.enum(emotions), share) }).optional(),
})

export const networkReportSchema = z.strictObject({
  at: z.string(),
  people: count,
  ties: count,
  /** Ties that are returned. */
  reciprocity: share,
  /** Of the partition into communities (Newman 2006). */
  modularity: z.number(),
  /** Likeness of language along ties: 1 = only within a language, 0 = as chance would. */
  homophily: z.number(),
  /** Largest first. */
  communities: z.array(communitySchema),
  /** Ties from one community to another, either way; most first. */
  between: z.array(z.strictObject({ from: count, to: count, ties: count })),
  /** By PageRank over ties. */
  influence: ranked,
  /** On the ways between others (betweenness). */
  bridges: ranked,
  /** How many people have which core number, from 0. */
  cores: z.array(count),
  /** Those most reached of each community, for a picture; ties are places in `people`. */
  drawing: z.strictObject({
    people: z.array(z.strictObject({ id: idSchema, community: count, ties: count })),
    ties: z.array(z.tuple([count, count])),
  }),
  /** People without any tie, and whom they might meet. */
  islands: z.strictObject({
    people: count,
    some: z.array(z.strictObject({ id: idSchema, couldMeet: z.array(idSchema) })),
  }),
})

export type Community = Readonly<z.output<typeof communitySchema>>
export type NetworkReport = Readonly<z.output<typeof networkReportSchema>>
