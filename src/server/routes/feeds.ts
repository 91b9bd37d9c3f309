/** Pages of a feed, and why an item is or is not on one. The hot path: nothing here but checks. */
import { z } from 'zod'
import { idSchema } from '../../domain/id.ts'
import {
  type FeedName,
  feedNames,
  localeSchema,
  pageItemSchema,
  pageSchema,
} from '../../domain/page.ts'
import type { Engine } from '../../engine.ts'
import type { Metrics } from '../metrics.ts'
import { listText, numberText, switchText } from '../query.ts'
import { type Caller, type Route, route, speakFor } from '../route.ts'
import { jsonBody, refusalOf } from '../validate.ts'

const byFeed = z.strictObject({ feed: z.enum(feedNames) })
const limitSchema = z.number().int().min(1).max(100)
const languageSchema = z.string().min(2).max(12)

const wordSchema = z
  .string()
  .regex(/^[\p{L}\p{N}_-]{1,30}$/u, 'must be one word of letters, digits, - or _')

const question = {
  user: idSchema.optional(),
  item: idSchema.optional(),
  after: z.string().min(1).max(64).optional(),
  locale: localeSchema.default('en'),
  /** One word each: `phone`, `Shanghai`. */
  device: wordSchema.optional(),
  place: wordSchema.optional(),
}
const feedQuery = z.strictObject({
  ...question,
  limit: numberText(limitSchema).default(20),
  exclude: listText(idSchema, 1_000).default([]),
  language: listText(languageSchema, 20).default([]),
  explain: switchText().default(false),
})
/** The same question where the list of what to leave out is long. */
const feedBody = z.strictObject({
  ...question,
  limit: limitSchema.default(20),
  exclude: z.array(idSchema).max(10_000).default([]),
  languages: z.array(languageSchema).max(20).default([]),
  explain: z.boolean().default(false),
})
type Question = z.output<typeof feedBody>

const explanationSchema = z.strictObject({
  outcome: z.enum(['shown', 'ranked', 'dropped', 'not-proposed']),
  by: z.string().optional(),
  text: z.string(),
  item: pageItemSchema.optional(),
})

const answer = { status: 200, description: 'A page.', schema: pageSchema } as const

export function feedRoutes(engine: Engine, metrics: Metrics): Route[] {
  async function feed(name: FeedName, { user, item, ...rest }: Question, caller: Caller) {
    const userId = user ?? caller.userId
    speakFor(caller, userId)
    const started = performance.now()
    const page = await engine.feed({ ...rest, feed: name, userId, itemId: item })
    metrics.countFeed(name, (performance.now() - started) / 1000)
    return page
  }

  return [
    route({
      method: 'get',
      path: '/v1/feeds/{feed}',
      summary: 'A page of a feed',
      access: 'read',
      allowsAsUser: true,
      params: byFeed,
      query: feedQuery,
      answer,
      refuses: [404, 409],
      handle({ params, query: { language, ...query }, caller }) {
        refuseIncomplete(params.feed, query, caller, 'query')
        return feed(params.feed, { ...query, languages: language }, caller)
      },
    }),
    route({
      method: 'post',
      path: '/v1/feeds/{feed}',
      summary: 'A page of a feed, asked in a body because the list to exclude is long',
      access: 'read',
      allowsAsUser: true,
      params: byFeed,
      body: jsonBody(feedBody),
      answer,
      refuses: [404, 409],
      handle({ params, body, caller }) {
        refuseIncomplete(params.feed, body, caller, 'body')
        return feed(params.feed, body, caller)
      },
    }),
    route({
      method: 'get',
      path: '/v1/feeds/{feed}/explain',
      summary: 'Why an item is, or is not, on a person’s feed right now',
      access: 'read',
      allowsAsUser: true,
      params: byFeed,
      query: z.strictObject({ user: idSchema, item: idSchema, locale: localeSchema.default('en') }),
      answer: { status: 200, description: 'The reason.', schema: explanationSchema },
      refuses: [404, 409],
      handle({ params, query, caller }) {
        speakFor(caller, query.user)
        const { user, item, locale } = query
        return engine.explain({ feed: params.feed, userId: user, itemId: item, locale })
      },
    }),
  ]
}

function refuseIncomplete(
  feed: FeedName,
  { user, item }: Pick<Question, 'user' | 'item'>,
  caller: Caller,
  place: 'query' | 'body',
): void {
  const isForPerson = feed === 'home' || feed === 'people'
  if (isForPerson && (user ?? caller.userId) === undefined) {
    const message = `is missing: the feed "${feed}" is made for one person, so give user=ID`
    throw refusalOf(place, [{ in: place, path: 'user', message }])
  }
  if (feed === 'related' && item === undefined) {
    const message = 'is missing: the feed "related" starts from an item, so give item=ID'
    throw refusalOf(place, [{ in: place, path: 'item', message }])
  }
}
