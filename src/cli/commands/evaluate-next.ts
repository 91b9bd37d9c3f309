/** `kith evaluate next`: which item comes next in a sequence, full ranking. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluateNext } from '../../learn/next/evaluate-next.ts'
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
  sequences: z.string(),
  items: z.string().optional(),
  fitValid: z.boolean().optional(),
})

export function addEvaluateNext(evaluate: Command, context: CommandContext): void {
  const next = evaluate
    .command('next')
    .description('who comes next: HR and NDCG of the last item of each sequence, full ranking')
    .requiredOption('--sequences <file>', '`user item item …` lines, items in time order')
    .option('--items <file>', 'attributes as JSON {"item": [attribute, …]}, or `id text` lines')
    .option('--fit-valid', 'choose on the validation part, then learn anew with it')
  const defaults = { models: 'random,popular,item-knn,sequence-knn', at: '10', seeds: '1' }
  addMeasuringOptions(next, defaults).action((flags: MeasuringFlags) => {
    const { fitValid: fitsValid, onValid, ...options } = parseFlags(schema, flags)
    const part = onValid ? 'valid' : 'test'
    return printMeasured(context, flags, (measuring) =>
      evaluateNext({ ...options, ...measuring, part, fitsValid }),
    )
  })
}
