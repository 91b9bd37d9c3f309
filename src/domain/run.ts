/** One piece of learning as it is kept: what was done, on which data, by which code, how it came out. */
import { z } from 'zod'

export const runKinds = ['evaluate', 'train', 'search'] as const
export type RunKind = (typeof runKinds)[number]
export const runStates = ['running', 'done', 'failed', 'cancelled'] as const
export type RunState = (typeof runStates)[number]

const count = z.number().int().min(0)
/** What came out as no number (a fit that diverged, a mean over nobody) is kept as null. */
const figure = z.number().nullable()

/** Figures of one model over one segment. */
export const runRowSchema = z.strictObject({
  model: z.string(),
  /** Whom or what the figures are about: `all`, or a part like `cold people`, `tail items`, `zh`. */
  segment: z.string(),
  /** By name, for example `recall@10`; mean and deviation over seeds. */
  metrics: z.record(z.string(), z.strictObject({ mean: figure, sd: figure })),
  /** Mean of a fit and its ranking. */
  seconds: figure.optional(),
  memoryMb: figure.optional(),
})
export type RunRow = Readonly<z.output<typeof runRowSchema>>

export const runDataSchema = z.strictObject({
  name: z.string(),
  /** SHA-256 of everything that was learned from and measured on, in hex. */
  hash: z.string(),
  users: count,
  items: count,
  interactions: count,
})
export type RunData = Readonly<z.output<typeof runDataSchema>>

export const codeVersionSchema = z.strictObject({
  version: z.string(),
  /** Of git, where the code runs from a checkout; ends in `+` when files differ from it. */
  commit: z.string().optional(),
})
export type CodeVersion = Readonly<z.output<typeof codeVersionSchema>>

/** Why a trained model serves, or does not. */
export const gateSchema = z.strictObject({ isPassed: z.boolean(), reason: z.string() })

export const runSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(runKinds),
  name: z.string(),
  models: z.array(z.string()),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  seeds: z.array(z.number()),
  data: runDataSchema,
  code: codeVersionSchema,
  startedAt: z.string(),
  endedAt: z.string().optional(),
  state: z.enum(runStates),
  /** What went wrong, of a run that failed. */
  problem: z.string().optional(),
  rows: z.array(runRowSchema),
  notes: z.array(z.string()),
  gate: gateSchema.optional(),
})
export type Run = Readonly<z.output<typeof runSchema>>

/** A learning curve: `values[n]` was reported at `steps[n]`. */
export const curveSchema = z.strictObject({
  name: z.string(),
  steps: z.array(z.number()),
  values: z.array(figure),
})
export type Curve = Readonly<z.output<typeof curveSchema>>

/** Which runs a list is to have. */
export interface RunFilter {
  readonly kind?: RunKind | undefined
  readonly state?: RunState | undefined
  /** Runs with this model among theirs. */
  readonly model?: string | undefined
  readonly limit?: number | undefined
  /** Only what is older than this run. */
  readonly after?: string | undefined
}
