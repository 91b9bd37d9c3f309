/** What texts say, for clients and the console; and a person's own mood, for that person. */
import { z } from 'zod'
import { moodSchema } from '../../domain/mood.ts'
import { localeSchema } from '../../domain/page.ts'
import { topicOfNetworkSchema, understandingSchema } from '../../domain/understanding.ts'
import type { Engine } from '../../engine.ts'
import { byId } from '../query.ts'
import { type Route, route, speakFor } from '../route.ts'
import { jsonBody } from '../validate.ts'

const textsAtOnce = 256
/** Words are found by leaving each out once, which is dear. */
const textsWithWhy = 8
const textLimit = 20_000

const bodySchema = z.strictObject({
  texts: z.array(z.string().max(textLimit)).min(1).max(textsAtOnce),
  /** Also the words that carried each decision, of the first 8 texts. */
  why: z.boolean().default(false),
})

export function understandRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/understand',
      summary: 'What texts say: language, mood, risks, keywords, each with its probability',
      access: 'read',
      allowsAsUser: true,
      body: jsonBody(bodySchema),
      answer: {
        status: 200,
        description: 'One understanding for each text, in order. Texts are not kept.',
        schema: z.strictObject({ understood: z.array(understandingSchema) }),
      },
      async handle({ body: { texts, why } }) {
        const told = why ? texts.slice(0, textsWithWhy) : []
        const rest = texts.slice(told.length)
        return {
          understood: [
            ...(await engine.understand(told, { why: true })),
            ...(await engine.understand(rest, { why: false })),
          ],
        }
      },
    }),
    route({
      method: 'get',
      path: '/v1/items/{id}/understanding',
      summary: 'What a post says, and how much it matters to the network by who engaged with it',
      access: 'read',
      params: byId,
      query: z.strictObject({ why: z.stringbool().default(false) }),
      answer: {
        status: 200,
        description: 'As of its text alone, but for its importance.',
        schema: understandingSchema,
      },
      refuses: [404],
      handle: ({ params, query }) => engine.understandItem(params.id, query),
    }),
    route({
      method: 'get',
      path: '/v1/topics',
      summary: 'What the network talks about, largest first',
      access: 'read',
      answer: {
        status: 200,
        description: 'None before there are posts enough.',
        schema: z.strictObject({ topics: z.array(topicOfNetworkSchema) }),
      },
      handle: async () => ({ topics: await engine.topics() }),
    }),
    route({
      method: 'get',
      path: '/v1/users/{id}/mood',
      summary: 'How a person is taken to feel now, and what it does to their pages',
      access: 'admin',
      allowsAsUser: true,
      params: byId,
      query: z.strictObject({ locale: localeSchema.default('en') }),
      answer: { status: 200, description: 'The mood, for the person alone.', schema: moodSchema },
      refuses: [404],
      handle({ params, query, caller }) {
        speakFor(caller, params.id)
        return engine.mood(params.id, query.locale)
      },
    }),
  ]
}
