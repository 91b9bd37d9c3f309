/** What a training process and the engine say to each other. */
import { z } from 'zod'
import { verdictSchema } from '../../domain/serving.ts'
import { actionMeasureSchema } from '../../learn/actions/fit-actions.ts'
import type { PastPart } from './past.ts'
import type { ShownPart } from './shown-past.ts'

/** Ids stand for numbers of the engine's memory. */
export interface Numbered {
  readonly itemIds: readonly string[]
  /** As `modelFile` writes it. */
  readonly file: Uint8Array
}

export type ToTraining =
  /** Of the time to work from now on. */
  | { readonly kind: 'pace'; readonly share: number }
  | { readonly kind: 'part'; readonly part: PastPart | ShownPart }
  | {
      readonly kind: 'train'
      readonly seed: number
      readonly serving?: Numbered | undefined
      /** The file that a killed training goes on from. */
      readonly checkpoint?: string | undefined
    }

/** What comes back crosses a border too, so it is checked. */
export const fromTrainingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), phase: z.string(), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('report'), name: z.string(), step: z.number(), value: z.number() }),
  z.object({
    kind: z.literal('trained'),
    itemIds: z.array(z.string()),
    file: z.instanceof(Uint8Array),
    verdict: verdictSchema,
    means: z.record(z.string(), z.number()),
    frozen: z.record(z.string(), z.number()),
    measured: z.array(actionMeasureSchema),
  }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
])
export type FromTraining = z.output<typeof fromTrainingSchema>
export type Outcome = Extract<FromTraining, { kind: 'trained' }>
