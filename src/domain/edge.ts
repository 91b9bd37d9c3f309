/** A tie from one person to another. A friendship is one edge of kind `friend`, true both ways. */
import { z } from 'zod'
import { idSchema, instantSchema } from './id.ts'

export const edgeKinds = ['follow', 'friend', 'repost-through', 'block', 'mute'] as const
export type EdgeKind = (typeof edgeKinds)[number]

export const edgeSchema = z
  .strictObject({
    from: idSchema,
    to: idSchema,
    kind: z.enum(edgeKinds).default('follow'),
    /** How strong, from 0 to 1. */
    weight: z.number().min(0).max(1).default(1),
    at: instantSchema.optional(),
  })
  .refine(({ from, to }) => from !== to, { error: 'ties a person to themselves', path: ['to'] })

export type Edge = Readonly<z.output<typeof edgeSchema>>
export type EdgeInput = z.input<typeof edgeSchema>
