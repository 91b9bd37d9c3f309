/** API keys, for administrators: make, list, remove. */
import { z } from 'zod'
import { idSchema } from '../../domain/id.ts'
import type { Engine } from '../../engine.ts'
import { KithError } from '../../errors.ts'
import type { Gate } from '../gate.ts'
import { byId } from '../query.ts'
import { type ApiKey, type Route, route, type Scope } from '../route.ts'
import { jsonBody } from '../validate.ts'

const scopeSchema: z.ZodType<Scope, Scope> = z.enum(['admin', 'write', 'read', 'as-user'])

const newKeySchema = z
  .strictObject({
    name: z.string().min(1).max(100),
    scopes: z.array(scopeSchema).min(1).max(4),
    /** For `as-user`: the one person the key speaks for. */
    userId: idSchema.optional(),
  })
  .superRefine(({ scopes, userId }, context) => {
    const isAsUser = scopes.includes('as-user')
    if (isAsUser && scopes.length > 1) {
      context.addIssue({ code: 'custom', path: ['scopes'], message: '"as-user" stands alone' })
    }
    if (isAsUser !== (userId !== undefined)) {
      const message = 'userId and the scope "as-user" belong together: give both or neither'
      context.addIssue({ code: 'custom', path: ['userId'], message })
    }
  })

const keySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scopeSchema).readonly(),
  userId: z.string().optional(),
  createdAt: z.iso.datetime(),
})

export function keyRoutes(engine: Engine, gate: Gate): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/keys',
      summary: 'List the API keys, without their secrets',
      access: 'admin',
      answer: {
        status: 200,
        description: 'The keys.',
        schema: z.strictObject({ keys: z.array(keySchema) }),
      },
      async handle() {
        return { keys: (await engine.listApiKeys()).map(onWire) }
      },
    }),
    route({
      method: 'post',
      path: '/v1/keys',
      summary: 'Make an API key; its secret is told this once',
      access: 'admin',
      body: jsonBody(newKeySchema),
      answer: {
        status: 201,
        description: 'The key and its secret.',
        schema: z.strictObject({ key: keySchema, secret: z.string() }),
      },
      refuses: [404],
      async handle({ body }) {
        if (body.userId !== undefined && !engine.getUser(body.userId)) {
          throw new KithError('not-found', `There is no user "${body.userId}". Put them first.`)
        }
        const { key, secret } = await engine.createApiKey(body)
        return { key: onWire(key), secret }
      },
    }),
    route({
      method: 'delete',
      path: '/v1/keys/{id}',
      summary: 'Remove an API key; it opens nothing any more',
      access: 'admin',
      params: byId,
      answer: { status: 204, description: 'Removed.' },
      refuses: [404, 409],
      async handle({ params }) {
        await refuseLastAdmin(engine, params.id)
        const wasThere = await engine.removeApiKey(params.id)
        gate.forget()
        if (wasThere) return
        throw new KithError('not-found', `There is no API key "${params.id}". List them first.`)
      },
    }),
  ]
}

async function refuseLastAdmin(engine: Engine, id: string): Promise<void> {
  const admins = (await engine.listApiKeys()).filter(({ scopes }) => scopes.includes('admin'))
  if (admins.length > 1 || admins[0]?.id !== id) return
  throw new KithError(
    'conflict',
    'This is the last admin key; without it nobody could make another. Make a new admin key first.',
  )
}

function onWire(key: ApiKey): z.output<typeof keySchema> {
  const { id, name, scopes, userId, createdAt } = key
  const fields = { id, name, scopes, createdAt: createdAt.toISOString() }
  return userId === undefined ? fields : { ...fields, userId }
}
