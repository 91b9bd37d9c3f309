/** `kith evaluate links`: who will be tied to whom, with some ties hidden. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluateLinks } from '../../learn/links/evaluate-links.ts'
import { linkScorerNames } from '../../learn/links/link-scorers.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { list } from './evaluate-flags.ts'

const schema = z.object({
  edges: z.string(),
  holdOut: z.coerce.number(),
  models: list,
  seeds: z.coerce.number().int().min(1).max(100),
  record: z.boolean().optional(),
})

export function addEvaluateLinks(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('links')
    .description(
      'who is tied to whom: AUC of hidden ties against strangers, any and two steps away',
    )
    .requiredOption('--edges <file>', '`a b` lines: csv, tsv or spaces, header or not')
    .option('--hold-out <share>', 'of the ties, hidden and asked for', '0.1')
    .option('--models <names>', 'rows of the table', linkScorerNames.join(','))
    .option('--seeds <n>', 'repeat with so many seeds', '10')
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--json', 'one JSON object on the last line')
    .action((flags: object) => runLinks(context, flags))
}

async function runLinks(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const { record, ...options } = parseFlags(schema, flags)
  const bar = createProgress()
  try {
    const { table, json } = await evaluateLinks({
      ...options,
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
