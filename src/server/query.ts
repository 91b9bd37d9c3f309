/** Values of a query string, which come as text, for schemas of numbers, switches and lists. */
import { z } from 'zod'
import { idSchema } from '../domain/id.ts'

/** What is no plain number stays a text, so that the schema refuses it. */
export function numberText<Value>(schema: z.ZodType<Value, number>) {
  return z.preprocess(
    (text) => (typeof text === 'string' && /^-?\d{1,15}$/.test(text) ? Number(text) : text),
    schema,
  )
}

export function switchText() {
  return z.preprocess(
    (text) => (text === 'true' ? true : text === 'false' ? false : text),
    z.boolean(),
  )
}

/** `a,b`, or given more than once. An entry with a comma in it can only be sent in a body. */
export function listText<Value>(schema: z.ZodType<Value>, limit: number) {
  return z.preprocess(
    (given) =>
      [given]
        .flat()
        .flatMap((text) => (typeof text === 'string' ? text.split(',') : [text]))
        .filter((text) => text !== ''),
    z.array(schema).max(limit),
  )
}

export const byId = z.strictObject({ id: idSchema })

/** A list in pages: `next` of one answer is `after` of the following question. */
export const listQuery = z.strictObject({
  limit: numberText(z.number().int().min(1).max(1_000)).default(100),
  after: idSchema.optional(),
})

/** A full page may have a successor; a short one is the last. */
export function nextOf(entries: readonly { id: string }[], limit: number): { next?: string } {
  const last = entries.at(-1)
  return last && entries.length === limit ? { next: last.id } : {}
}
