/** Checks input against its one schema; what is wrong is told with the path into what was sent. */
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { type ProblemError, Refusal } from './problem.ts'

type Place = ProblemError['in']

/** How many faults are listed; a caller who has more will find the rest after these. */
const listedErrors = 20
const messageLimit = 300
/** Entries checked in one go, so that a large upload does not hold up the feeds. */
const entriesAtOnce = 500

/** A request body: what it looks like, and how it is read. */
export interface Body<Value> {
  readonly schema: z.ZodType
  /** @throws Refusal `invalid-input` */
  read(input: unknown): Value | Promise<Value>
}

/** @throws Refusal `invalid-input` naming what is wrong, and where */
export function validate<Value>(schema: z.ZodType<Value>, input: unknown, place: Place): Value {
  const { success, data, error } = schema.safeParse(input)
  if (success) return data
  throw refusalOf(
    place,
    error.issues.slice(0, listedErrors).map((issue) => toError(place, issue)),
  )
}

export function jsonBody<Value>(schema: z.ZodType<Value>): Body<Value> {
  return { schema, read: (input) => validate(schema, input, 'body') }
}

/** `{"events": [ … ]}`: checked entry by entry, and no further than the first faults. */
export function bulkBody<Each>(
  field: string,
  each: z.ZodType<Each>,
  limit: number,
): Body<readonly Each[]> {
  const outline = z.strictObject({ [field]: z.array(z.unknown()).min(1).max(limit) })
  return {
    schema: z.strictObject({ [field]: z.array(each).min(1).max(limit) }),
    async read(input) {
      const entries = validate(outline, input, 'body')[field] ?? []
      const values: Each[] = []
      const errors: ProblemError[] = []
      for (const [index, entry] of entries.entries()) {
        const { success, data, error } = each.safeParse(entry)
        if (success) values.push(data)
        else errors.push(...error.issues.map((issue) => toError('body', issue, [field, index])))
        if (errors.length >= listedErrors) break
        if (index % entriesAtOnce === entriesAtOnce - 1) await setImmediate()
      }
      if (errors.length > 0) throw refusalOf('body', errors.slice(0, listedErrors))
      return values
    },
  }
}

export function refusalOf(place: Place, errors: readonly ProblemError[]): Refusal {
  const [first] = errors
  const where = first?.path ? ` at "${first.path}"` : ''
  const more = errors.length > 1 ? ` (${errors.length} faults are listed in "errors")` : ''
  const detail = `The ${place} is refused${where}: ${first?.message}${more}. Nothing was changed: correct it and send it again; /v1/openapi.json has the shape.`
  return new Refusal('invalid-input', detail, { errors })
}

function toError(
  place: Place,
  issue: z.core.$ZodIssue,
  before: readonly PropertyKey[] = [],
): ProblemError {
  const message = issue.message.replace(/^Invalid input: /, '').replace(/\.$/, '')
  return {
    in: place,
    path: pathOf([...before, ...issue.path]),
    message: message.length > messageLimit ? `${message.slice(0, messageLimit)}…` : message,
  }
}

/** `['events', 3, 'userId']` → `events[3].userId` */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
    .slice(0, messageLimit)
}
