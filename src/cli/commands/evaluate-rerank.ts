/** `kith evaluate rerank`: a history and a short list of candidates, put in order. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluateRerank } from '../../learn/rerank/evaluate-rerank.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { countList, list } from './evaluate-flags.ts'

const schema = z.object({
  histories: z.string(),
  candidates: z.string(),
  items: z.string().optional(),
  trainHistories: z.string().optional(),
  models: list,
  at: countList,
  seeds: z.coerce.number().int().min(1).max(100),
  among: z.coerce.number().int().min(2).max(100_000),
  onValid: z.boolean().optional(),
  record: z.boolean().optional(),
  resume: z.boolean().optional(),
})

export function addEvaluateRerank(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('rerank')
    .description('NDCG of candidate lists put in order after a history')
    .requiredOption('--histories <file>', '`user TAB item item … TAB target` lines')
    .requiredOption('--candidates <file>', '`user TAB item item …` lines')
    .option('--items <file>', '`id TAB title` lines, or attributes as JSON')
    .option('--train-histories <file>', 'histories of other people, to learn from and choose on')
    .option('--models <names>', 'rows of the table', 'random,popular,co-occurrence,sequence-knn')
    .option('--at <k>', 'list lengths', '10')
    .option('--among <n>', 'candidates: the target and the first n - 1 others', '20')
    .option('--seeds <n>', 'repeat with so many seeds', '1')
    .option(
      '--on-valid',
      'measure on the validation part, to choose options; the test stays unseen',
    )
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--resume', 'go on where fits of the same data, options and seed were killed')
    .option('--json', 'one JSON object on the last line')
    .action((flags: object) => runRerank(context, flags))
}

async function runRerank(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const { onValid, record, resume: resumes, ...options } = parseFlags(schema, flags)
  const bar = createProgress()
  try {
    const { table, json } = await evaluateRerank({
      ...options,
      part: onValid ? 'valid' : 'test',
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
