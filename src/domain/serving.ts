/** Which learned model serves, which did, and what the last training came to. */
import { z } from 'zod'

export const modelStates = ['serving', 'previous', 'refused', 'withdrawn', 'retired'] as const
export type ModelState = (typeof modelStates)[number]

const count = z.number().int().min(0)

/** How a challenger did on fresh choices of one kind of person or item. */
export const comparisonSchema = z.strictObject({
  /** `all`, or a part like `cold people`, `tail items`, `language zh`. */
  segment: z.string(),
  /** `serving`: the model that served, `none`: no model. */
  against: z.string(),
  /** Mean NDCG@10 of the challenger's pages less the other's, over people. */
  difference: z.number(),
  p: z.number(),
  people: count,
  isWorse: z.boolean(),
})

export const verdictSchema = z.strictObject({
  passes: z.boolean(),
  /** Why not, in sentences. */
  reasons: z.array(z.string()),
  segments: z.array(comparisonSchema),
  /** Fresh choices asked about. */
  trials: count,
})

export const modelSchema = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  state: z.enum(modelStates),
  /** The run it came from: `kith runs show`. */
  runId: z.string().optional(),
  verdict: verdictSchema,
})
export type Model = Readonly<z.output<typeof modelSchema>>

export const trainingSchema = z.strictObject({
  isRunning: z.boolean(),
  phase: z.string(),
  done: count,
  total: count,
  last: z
    .strictObject({
      modelId: z.string().optional(),
      runId: z.string().optional(),
      passes: z.boolean(),
      reasons: z.array(z.string()).readonly(),
    })
    .optional(),
})
export type Training = Readonly<z.output<typeof trainingSchema>>

export const modelsSchema = z.strictObject({
  /** Id of the model that serves. */
  serving: z.string().optional(),
  training: trainingSchema,
  models: z.array(modelSchema),
})
export type Models = Readonly<z.output<typeof modelsSchema>>
