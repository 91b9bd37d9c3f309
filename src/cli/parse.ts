/** Flags come as text; one schema says what they may be, and the error names the flag. */
import type { z } from 'zod'
import { KithError } from '../errors.ts'

export function parseFlags<Schema extends z.ZodType>(
  schema: Schema,
  flags: unknown,
): z.output<Schema> {
  const { data, error } = schema.safeParse(flags)
  if (!error) return data
  const [issue] = error.issues
  const path = issue?.path.join('.') ?? ''
  const value = (flags as Record<string, unknown>)[path]
  throw new KithError(
    'invalid-input',
    `--${path} is "${String(value)}": ${issue?.message ?? 'not understood'}.`,
  )
}
