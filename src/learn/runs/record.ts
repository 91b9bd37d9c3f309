/** Work that is kept as a run: whatever comes of it, the record says so. */
import type { Registry } from './registry.ts'
import type { OpenRun, RunEnd, RunPlan } from './start-run.ts'

export interface Recorded<Result> {
  readonly result: Result
  readonly end?: Omit<RunEnd, 'state' | 'problem'> | undefined
}

export interface RecordOptions {
  readonly registry: Registry
  readonly plan: RunPlan
  /** Work that ends after this was aborted counts as cancelled, not as failed. */
  readonly signal?: AbortSignal | undefined
}

/** @throws what `work` throws, once it is written down */
export async function record<Result>(
  { registry, plan, signal }: RecordOptions,
  work: (run: OpenRun) => Promise<Recorded<Result>>,
): Promise<Result> {
  const run = await registry.start(plan)
  try {
    const { result, end } = await work(run)
    await run.finish({ ...end, state: 'done' })
    return result
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    await run.finish(signal?.aborted ? { state: 'cancelled' } : { state: 'failed', problem })
    throw error
  }
}
