/** `kith evaluate policies`: how good would another policy have been, from the log of the one that ran. */
import type { Command } from 'commander'
import { z } from 'zod'
import { KithError } from '../../errors.ts'
import { evaluateOwn } from '../../learn/policies/evaluate-own.ts'
import { evaluatePolicies } from '../../learn/policies/evaluate-policies.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { type MeasuringFlags, printMeasured } from './evaluate-flags.ts'

const schema = z.object({
  own: z.boolean().default(false),
  log: z.string().optional(),
  from: z.string(),
  to: z.string(),
  seeds: z.coerce.number().int().min(1).max(100),
  resamples: z.coerce.number().int().min(100).max(100_000),
})

export function addEvaluatePolicies(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('policies')
    .description('off-line policy evaluation: IPS, SNIPS and DR, with intervals')
    .option('--own', 'from the pages that this engine showed, whose places by chance are logged')
    .option('--log <folder>', 'one csv a policy and `item_context.csv`, as Open Bandit has')
    .option('--from <policy>', 'of a folder: whose log is read', 'random')
    .option('--to <policy>', 'of a folder: who is asked about', 'bts')
    .option('--seeds <n>', 'repeat with so many seeds', '3')
    .option('--resamples <n>', 'draws with replacement, of each seed', '2000')
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--json', 'one JSON object on the last line')
    .action((flags: MeasuringFlags) => evaluateAs(context, flags))
}

async function evaluateAs(context: CommandContext, flags: MeasuringFlags): Promise<void> {
  const { own, log, ...asked } = parseFlags(schema, flags)
  if (own === (log !== undefined)) {
    throw new KithError(
      'invalid-input',
      'Say whose log is to be read: --own for the pages of this engine, or --log FOLDER for one in files.',
    )
  }
  if (log !== undefined) {
    await printMeasured(context, flags, (measuring) =>
      evaluatePolicies({ log, ...asked, ...measuring }),
    )
    return
  }
  const { seeds, resamples } = asked
  const logged = await context.withEngine((engine) => engine.policyLog())
  await printMeasured(context, flags, (measuring) =>
    evaluateOwn({ log: logged, seeds, resamples, ...measuring }),
  )
}
