/** `kith evaluate policies`: how good would another policy have been, from the log of the one that ran. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluatePolicies } from '../../learn/policies/evaluate-policies.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { printMeasured } from './evaluate-flags.ts'

const schema = z.object({
  log: z.string(),
  from: z.string(),
  to: z.string(),
  seeds: z.coerce.number().int().min(1).max(100),
  resamples: z.coerce.number().int().min(100).max(100_000),
})

export function addEvaluatePolicies(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('policies')
    .description('off-line policy evaluation: IPS, SNIPS and DR beside the truth, with intervals')
    .requiredOption('--log <folder>', 'one csv a policy and `item_context.csv`, as Open Bandit has')
    .option('--from <policy>', 'whose log is read', 'random')
    .option('--to <policy>', 'who is asked about', 'bts')
    .option('--seeds <n>', 'repeat with so many seeds', '3')
    .option('--resamples <n>', 'draws with replacement, of each seed', '2000')
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--json', 'one JSON object on the last line')
    .action((flags: { json?: boolean; record?: boolean }) =>
      printMeasured(context, flags, (measuring) =>
        evaluatePolicies({ ...parseFlags(schema, flags), ...measuring }),
      ),
    )
}
