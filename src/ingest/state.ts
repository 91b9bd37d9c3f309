/** How far an import has come, as it is saved after each batch. */
import { z } from 'zod'
import { freshRejects } from './rejects.ts'
import { freshTallies } from './summary.ts'

/** The part of the store's `ProgressStore` that an import needs. */
export interface ProgressPort {
  get(task: string): Promise<unknown>
  put(task: string, state: unknown): Promise<void>
  remove(task: string): Promise<void>
}

const countSchema = z.number().int().min(0)
const tallySchema = z.object({
  accepted: countSchema,
  rejected: countSchema,
  duplicates: countSchema,
  seconds: z.number().min(0),
})

const stateSchema = z.object({
  /** Records of the source that are durable or rejected. */
  taken: countSchema,
  rejects: z.object({ bytes: countSchema, written: countSchema, left: countSchema }),
  tallies: z.object({
    user: tallySchema,
    item: tallySchema,
    edge: tallySchema,
    event: tallySchema,
  }),
})

export type ImportState = Readonly<z.output<typeof stateSchema>>

/** State that is absent, or of another version of this file, means: from the beginning. */
export async function loadState(
  progress: ProgressPort | undefined,
  task: string,
): Promise<ImportState> {
  const saved = stateSchema.safeParse(await progress?.get(task))
  if (saved.success) return saved.data
  return { taken: 0, rejects: freshRejects, tallies: freshTallies() }
}
