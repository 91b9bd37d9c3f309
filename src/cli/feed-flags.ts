/** The flags of `kith feed`, checked with the words of the domain. */
import { z } from 'zod'
import type { FeedQuery } from '../domain/feed-query.ts'
import { feedNames, localeSchema } from '../domain/page.ts'
import { parseFlags } from './parse.ts'

export interface FeedFlags {
  readonly user?: string
  readonly item?: string
  readonly limit: string
  readonly after?: string
  readonly language?: readonly string[]
  readonly locale: string
}

const schema = z.object({
  feed: z.enum(feedNames),
  limit: z.coerce.number().int().min(1).max(100),
  locale: localeSchema,
})

export function feedQueryOf(name: string, flags: FeedFlags): FeedQuery {
  const { feed, limit, locale } = parseFlags(schema, { ...flags, feed: name })
  return {
    feed,
    userId: flags.user,
    itemId: flags.item,
    limit,
    after: flags.after,
    exclude: [],
    languages: flags.language ?? [],
    explain: true,
    locale,
  }
}
