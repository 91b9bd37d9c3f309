/** The person a route names, or the problem that says there is none. */
import type { User } from '../../domain/user.ts'
import type { Engine } from '../../engine.ts'
import { KithError } from '../../errors.ts'

/** @throws KithError `not-found` */
export function knownUser(engine: Engine, id: string): User {
  const user = engine.getUser(id)
  if (user) return user
  throw new KithError('not-found', `There is no user "${id}". Put them first: PUT /v1/users/{id}.`)
}
