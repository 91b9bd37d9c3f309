/** Changes some of a person: what a network sends when somebody goes private. */
import { z } from 'zod'
import { type User, userSchema } from '../../domain/user.ts'
import type { Engine } from '../../engine.ts'
import { Refusal } from '../problem.ts'
import { byId } from '../query.ts'
import { type Caller, type Route, route, speakFor } from '../route.ts'
import { jsonBody } from '../validate.ts'
import { knownUser } from './known-user.ts'

const { createdAt, name, bio, languages, isPrivate, isSuggested, allowsUnsafe, usesMood, wishes } =
  userSchema.shape
/** Without defaults: what is left out stays as it is. */
const changeSchema = z
  .strictObject({
    createdAt,
    name,
    bio,
    languages: languages.unwrap().exactOptional(),
    isPrivate: isPrivate.unwrap().exactOptional(),
    isSuggested: isSuggested.unwrap().exactOptional(),
    allowsUnsafe: allowsUnsafe.unwrap().exactOptional(),
    usesMood: usesMood.unwrap().exactOptional(),
    wishes: wishes.unwrap().exactOptional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
type UserChange = z.output<typeof changeSchema>

/** What people may change of themselves; the rest is for the network to decide. */
const ownFields: readonly string[] = ['isPrivate', 'isSuggested', 'usesMood', 'wishes']

export function userChangeRoute(engine: Engine): Route {
  const change = createChanges(engine)
  return route({
    method: 'patch',
    path: '/v1/users/{id}',
    summary: 'Change some of a person, for example {"isPrivate": true}',
    access: 'write',
    allowsAsUser: true,
    params: byId,
    body: jsonBody(changeSchema),
    answer: { status: 200, description: 'The person as kept.', schema: userSchema },
    refuses: [404],
    handle({ params, body, caller }) {
      speakFor(caller, params.id)
      refuseForeignFields(caller, body)
      return change(params.id, body)
    },
  })
}

function refuseForeignFields(caller: Caller, change: UserChange): void {
  if (caller.userId === undefined) return
  const foreign = Object.keys(change).filter((field) => !ownFields.includes(field))
  if (foreign.length === 0) return
  throw new Refusal(
    'forbidden',
    `A key that speaks for one person may change ${ownFields.join(', ')}, and not ${foreign.join(', ')}. Use a key with the scope write.`,
  )
}

/** One change of a person waits for the one before it, so that neither is lost. */
function createChanges(engine: Engine): (id: string, change: UserChange) => Promise<User> {
  const lines = new Map<string, Promise<unknown>>()
  return async (id, change) => {
    const before = lines.get(id)
    const work = (async () => {
      await before?.catch(() => {})
      await engine.putUsers([{ ...knownUser(engine, id), ...change }])
      return knownUser(engine, id)
    })()
    lines.set(id, work)
    return work.finally(() => {
      if (lines.get(id) === work) lines.delete(id)
    })
  }
}
