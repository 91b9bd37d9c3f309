/** The rights of a person over what is kept about them: take it along, have it erased. */
import { z } from 'zod'
import { edgeSchema } from '../../domain/edge.ts'
import { eventSchema } from '../../domain/event.ts'
import { instantSchema } from '../../domain/id.ts'
import { itemSchema } from '../../domain/item.ts'
import { userSchema } from '../../domain/user.ts'
import type { Engine } from '../../engine.ts'
import type { Gate } from '../gate.ts'
import { byId } from '../query.ts'
import { type Route, route, speakFor } from '../route.ts'

const count = z.number().int().min(0)
const removedSchema = z.strictObject({ items: count, edges: count, events: count, pages: count })
/** `emotions` by: joy, anger, sadness, fear, surprise, other, neutral. */
const moodReadingSchema = z.strictObject({
  at: instantSchema,
  emotions: z.array(z.number()).readonly(),
})
const saidSchema = z.record(z.string(), z.number())
const exportedPageSchema = z.strictObject({
  id: z.string(),
  feed: z.string(),
  at: instantSchema,
  context: z.array(z.string()).readonly(),
  items: z.array(z.strictObject({ id: z.string().optional(), said: saidSchema })).readonly(),
  draws: z
    .array(z.strictObject({ place: z.number(), among: z.array(saidSchema).readonly() }))
    .readonly(),
})
const exportSchema = z.strictObject({
  user: userSchema,
  items: z.array(itemSchema).readonly(),
  edges: z.array(edgeSchema).readonly(),
  events: z.array(eventSchema).readonly(),
  moods: z.array(moodReadingSchema).readonly(),
  pages: z.array(exportedPageSchema).readonly(),
})

export function userDataRoutes(engine: Engine, gate: Gate): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/users/{id}/export',
      summary: 'Everything kept about a person',
      access: 'admin',
      allowsAsUser: true,
      params: byId,
      answer: { status: 200, description: 'The person’s data.', schema: exportSchema },
      refuses: [404],
      handle({ params, caller }) {
        speakFor(caller, params.id)
        return engine.exportUser(params.id)
      },
    }),
    route({
      method: 'delete',
      path: '/v1/users/{id}',
      summary: 'Erase a person: what they wrote and did can never be read again',
      access: 'write',
      params: byId,
      answer: { status: 200, description: 'How much was removed.', schema: removedSchema },
      refuses: [404],
      async handle({ params }) {
        const removed = await engine.eraseUser(params.id)
        gate.forget()
        return removed
      },
    }),
  ]
}
