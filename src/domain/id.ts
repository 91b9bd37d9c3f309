/** What an id may look like, for every noun; the caller's own ids are kept as they are. */
import { z } from 'zod'

/** 1 to 256 characters, no control characters, no space at either end. */
export const idSchema: z.ZodString = z
  .string()
  .min(1)
  .max(256)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^(?!\s)[^\u0000-\u001f\u007f\ud800-\udfff]+(?<!\s)$/u, {
    error: 'has a control character, or a space at an end',
  })

/** An instant as ISO 8601 with an offset; from year 1970 to 9999. */
export const instantSchema: z.ZodType<Date, string> = z.iso
  .datetime({ offset: true, error: 'must be like 2026-11-22T08:30:00Z' })
  .transform((text) => new Date(text))
