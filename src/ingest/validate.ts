/**
 * Checks a record against the schema of its kind. Reasons name fields and rules, never a value: a
 * reject file must be safe to send to somebody.
 */
import type { z } from 'zod'
import { type Edge, edgeSchema } from '../domain/edge.ts'
import { type Event, eventSchema } from '../domain/event.ts'
import { type Item, itemSchema } from '../domain/item.ts'
import { type User, userSchema } from '../domain/user.ts'
import { isKithError } from '../errors.ts'
import type { RecordKind } from './importer.ts'

export interface Valid {
  readonly user: User
  readonly item: Item
  readonly edge: Edge
  readonly event: Event
}

export const recordSchemas = {
  user: userSchema,
  item: itemSchema,
  edge: edgeSchema,
  event: eventSchema,
} as const

export type Checked<Kind extends RecordKind> =
  | { readonly value: Valid[Kind]; readonly problem?: undefined }
  | { readonly problem: string }

export function check<Kind extends RecordKind>(kind: Kind, value: unknown): Checked<Kind> {
  const result = recordSchemas[kind].safeParse(value)
  if (!result.success) return { problem: problemOf(result.error) }
  const found = result.data as Valid[Kind]
  const problem = kind === 'event' ? timelessProblem(found as Event) : undefined
  return problem ? { problem } : { value: found }
}

/** Without a time of its own, an event read twice would count twice. */
function timelessProblem({ id, at }: Event): string | undefined {
  return id === undefined && at === undefined
    ? 'needs `at` (or an `id`): without one, importing again would count it again'
    : undefined
}

const longestReason = 200

function problemOf({ issues }: z.ZodError): string {
  const named = issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
  return named.join('; ').slice(0, longestReason)
}

/** Fields that name a person or an item. */
const references = ['userId', 'itemId', 'targetUserId', 'authorId', 'from', 'to'] as const

/** Why the target refused one record, said without the record's values. */
export function refusalOf(error: unknown, record: object): string {
  if (!isKithError(error)) return 'was refused'
  if (error.code !== 'not-found') return redact(error.message, record)
  const facts = record as Partial<Record<string, unknown>>
  const told = `${error.message} ${JSON.stringify(error.details)}`
  const unknown = references.filter(
    (field) => typeof facts[field] === 'string' && told.includes(JSON.stringify(facts[field])),
  )
  return unknown.length > 0
    ? `${unknown.join(' and ')} is not known`
    : 'names a person or an item that is not known'
}

function redact(message: string, record: object): string {
  const texts = Object.values(record).filter((value) => typeof value === 'string' && value !== '')
  const without = texts.reduce(
    (text: string, value: string) => text.replaceAll(value, '…'),
    message,
  )
  return without.replace(/"[^"]*"/g, '"…"').slice(0, longestReason)
}
