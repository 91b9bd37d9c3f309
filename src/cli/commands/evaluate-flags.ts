/** What the `evaluate` commands share: flags with their meaning, and the way from flags to a table. */
import type { Command } from 'commander'
import { z } from 'zod'
import type { Registry } from '../../learn/runs/registry.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'

export const list = z.string().transform((text) => text.split(',').map((part) => part.trim()))

const countList = list
  .transform((parts) => parts.map(Number))
  .pipe(z.array(z.number().int().min(1).max(1_000)))

/** Of every evaluation. */
export const measuringFlags = {
  models: list,
  at: countList,
  seeds: z.coerce.number().int().min(1).max(100),
  onValid: z.boolean().optional(),
  record: z.boolean().optional(),
  resume: z.boolean().optional(),
} as const

export interface MeasuringDefaults {
  readonly models: string
  readonly at: string
  readonly seeds: string
}

/** Call it last: `--json` closes the help of a command. */
export function addMeasuringOptions(command: Command, defaults: MeasuringDefaults): Command {
  return command
    .option('--models <names>', 'rows of the table', defaults.models)
    .option('--at <k>', 'list lengths', defaults.at)
    .option('--seeds <n>', 'repeat with so many seeds', defaults.seeds)
    .option(
      '--on-valid',
      'measure on the validation part, to choose options; the test stays unseen',
    )
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--resume', 'go on where fits of the same data, options and seed were killed')
    .option('--json', 'one JSON object on the last line')
}

/** What every evaluation is given beside its own options. */
export interface Measuring {
  readonly registry: Registry | undefined
  readonly resumes: boolean | undefined
  readonly signal: AbortSignal
  readonly clock: () => number
  readonly progress: (phase: string, done: number, total: number) => void
}

export interface MeasuringFlags {
  readonly record?: boolean | undefined
  readonly resume?: boolean | undefined
  readonly json?: boolean | undefined
}

/** Measures under a progress bar, then prints the table, and the object when it is wanted. */
export async function printMeasured(
  { config, log, output, createProgress, signal }: CommandContext,
  { record, resume, json: wantsJson }: MeasuringFlags,
  measure: (measuring: Measuring) => Promise<{ readonly table: string; readonly json: object }>,
): Promise<void> {
  const bar = createProgress()
  try {
    const { table, json } = await measure({
      registry: record === false ? undefined : runRegistry(config(), log()),
      resumes: resume,
      signal,
      clock: () => performance.now(),
      progress: (phase, done, total) => bar.update(phase, done, total),
    })
    bar.stop()
    output.text(table)
    if (wantsJson) output.json(json)
  } finally {
    bar.stop()
  }
}
