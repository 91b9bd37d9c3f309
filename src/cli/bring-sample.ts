/** Fills an empty network with the sample city; a start that was stopped on the way goes on. */
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Engine } from '../engine.ts'
import { createSampleImporter } from '../ingest/importers/sample.ts'
import { importInto } from '../ingest/ingest.ts'
import type { CommandContext } from './context.ts'
import { importProgress } from './import-progress.ts'

/** The city is made relative to a moment; going on needs the same one. */
const task = 'sample city'
const stateSchema = z.object({ now: z.coerce.date() })
const seed = 1

export async function bringSample(
  engine: Engine,
  config: Config,
  context: CommandContext,
): Promise<void> {
  const progress = importProgress(config)
  const begun = stateSchema.safeParse(await progress.get(task))
  if (!begun.success && (await engine.status()).counts.users > 0) return
  const now = begun.data?.now ?? new Date()
  context.output.note('Filling the network with the sample city (2,000 people, all made up).')
  await progress.put(task, { now })
  const bar = context.createProgress()
  try {
    await importInto(engine, createSampleImporter({ seed, now }), 'sample', {
      progress,
      signal: context.signal,
      onProgress: ({ phase, done, total }) => bar.update(phase, done, total),
    })
    await progress.remove(task)
  } finally {
    bar.stop()
  }
}
