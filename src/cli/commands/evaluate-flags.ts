/** Flags that the `evaluate` commands share. */
import { z } from 'zod'

export const list = z.string().transform((text) => text.split(',').map((part) => part.trim()))

export const countList = list
  .transform((parts) => parts.map(Number))
  .pipe(z.array(z.number().int().min(1).max(1_000)))
