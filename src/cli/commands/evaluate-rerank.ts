/** `kith evaluate rerank`: a history and a short list of candidates, put in order. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluateRerank } from '../../learn/rerank/evaluate-rerank.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import {
  addMeasuringOptions,
  type MeasuringFlags,
  measuringFlags,
  printMeasured,
} from './evaluate-flags.ts'

const schema = z.object({
  ...measuringFlags,
  histories: z.string(),
  candidates: z.string(),
  items: z.string().optional(),
  trainHistories: z.string().optional(),
  among: z.coerce.number().int().min(2).max(100_000),
})

export function addEvaluateRerank(evaluate: Command, context: CommandContext): void {
  const rerank = evaluate
    .command('rerank')
    .description('NDCG of candidate lists put in order after a history')
    .requiredOption('--histories <file>', '`user TAB item item … TAB target` lines')
    .requiredOption('--candidates <file>', '`user TAB item item …` lines')
    .option('--items <file>', '`id TAB title` lines, or attributes as JSON')
    .option('--train-histories <file>', 'histories of other people, to learn from and choose on')
    .option('--among <n>', 'candidates: the target and the first n - 1 others', '20')
  const defaults = { models: 'random,popular,co-occurrence,sequence-knn', at: '10', seeds: '1' }
  addMeasuringOptions(rerank, defaults).action((flags: MeasuringFlags) => {
    const { onValid, ...options } = parseFlags(schema, flags)
    const part = onValid ? 'valid' : 'test'
    return printMeasured(context, flags, (measuring) =>
      evaluateRerank({ ...options, ...measuring, part }),
    )
  })
}
