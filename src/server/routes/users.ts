/** People: list, put, read. Their changes are in `user-changes`, their rights in `user-data`. */
import { z } from 'zod'
import { userSchema } from '../../domain/user.ts'
import type { Engine } from '../../engine.ts'
import { byId, listQuery, nextOf } from '../query.ts'
import { type Route, route, speakFor } from '../route.ts'
import { bulkBody, jsonBody } from '../validate.ts'
import { knownUser } from './known-user.ts'
import { receiptSchema } from './receipt.ts'

const usersAtOnce = 10_000

export function userRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/users',
      summary: 'List people in the order they came',
      access: 'read',
      query: listQuery,
      answer: {
        status: 200,
        description: 'People; "next" is there while more may follow.',
        schema: z.strictObject({ users: z.array(userSchema), next: z.string().optional() }),
      },
      refuses: [404],
      async handle({ query }) {
        const users = await engine.listUsers(query)
        return { users, ...nextOf(users, query.limit) }
      },
    }),
    route({
      method: 'post',
      path: '/v1/users',
      summary: 'Put many people, all or none',
      access: 'write',
      body: bulkBody('users', userSchema, usersAtOnce),
      answer: { status: 200, description: 'Kept, durably.', schema: receiptSchema },
      handle: ({ body }) => engine.putUsers(body),
    }),
    route({
      method: 'get',
      path: '/v1/users/{id}',
      summary: 'Read a person',
      access: 'read',
      allowsAsUser: true,
      params: byId,
      answer: { status: 200, description: 'The person.', schema: userSchema },
      refuses: [404],
      handle({ params, caller }) {
        speakFor(caller, params.id)
        return knownUser(engine, params.id)
      },
    }),
    route({
      method: 'put',
      path: '/v1/users/{id}',
      summary: 'Put a person: new, or in place of what was there',
      access: 'write',
      params: byId,
      body: jsonBody(userSchema.omit({ id: true })),
      answer: { status: 200, description: 'The person as kept.', schema: userSchema },
      async handle({ params, body }) {
        await engine.putUsers([{ ...body, id: params.id }])
        return knownUser(engine, params.id)
      },
    }),
  ]
}
