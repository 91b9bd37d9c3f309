/** `kith evaluate next`: which item comes next in a sequence, full ranking. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluateNext } from '../../learn/next/evaluate-next.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { countList, list } from './evaluate-flags.ts'

const schema = z.object({
  sequences: z.string(),
  items: z.string().optional(),
  models: list,
  at: countList,
  seeds: z.coerce.number().int().min(1).max(100),
  onValid: z.boolean().optional(),
  record: z.boolean().optional(),
  resume: z.boolean().optional(),
  fitValid: z.boolean().optional(),
})

export function addEvaluateNext(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('next')
    .description('who comes next: HR and NDCG of the last item of each sequence, full ranking')
    .requiredOption('--sequences <file>', '`user item item …` lines, items in time order')
    .option('--items <file>', 'attributes as JSON {"item": [attribute, …]}, or `id text` lines')
    .option('--models <names>', 'rows of the table', 'random,popular,item-knn,sequence-knn')
    .option('--at <k>', 'list lengths', '10')
    .option('--seeds <n>', 'repeat with so many seeds', '1')
    .option(
      '--on-valid',
      'measure on the validation part, to choose options; the test stays unseen',
    )
    .option('--fit-valid', 'choose on the validation part, then learn anew with it')
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--resume', 'go on where fits of the same data, options and seed were killed')
    .option('--json', 'one JSON object on the last line')
    .action((flags: object) => runNext(context, flags))
}

async function runNext(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const {
    fitValid: fitsValid,
    onValid,
    record,
    resume: resumes,
    ...options
  } = parseFlags(schema, flags)
  const bar = createProgress()
  try {
    const { table, json } = await evaluateNext({
      ...options,
      part: onValid ? 'valid' : 'test',
      fitsValid,
      resumes,
      registry: record === false ? undefined : runRegistry(context.config(), context.log()),
      signal,
      clock: () => performance.now(),
      progress: (phase, done, total) => bar.update(phase, done, total),
    })
    bar.stop()
    output.text(table)
    if (flags.json) output.json(json)
  } finally {
    bar.stop()
  }
}
