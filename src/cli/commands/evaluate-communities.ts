/** `kith evaluate communities`: communities from ties alone, beside known groups, and how they last. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluateCommunities } from '../../learn/communities/evaluate-communities.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'

const schema = z.object({
  edges: z.string(),
  groups: z.string().optional(),
  change: z.coerce.number(),
  seeds: z.coerce.number().int().min(1).max(100),
})

export function addEvaluateCommunities(evaluate: Command, { output }: CommandContext): void {
  evaluate
    .command('communities')
    .description('communities from ties: NMI with known groups, modularity, ARI when ties change')
    .requiredOption('--edges <file>', '`a b` lines: csv, tsv or spaces, header or not')
    .option('--groups <file>', '`id group` lines: who really belongs where')
    .option('--change <share>', 'of the ties, between two looks', '0.05')
    .option('--seeds <n>', 'repeat with so many seeds', '5')
    .option('--json', 'one JSON object on the last line')
    .action(async (flags: { json?: boolean }) => {
      const { table, json } = await evaluateCommunities({
        ...parseFlags(schema, flags),
        clock: () => performance.now(),
      })
      output.text(table)
      if (flags.json) output.json(json)
    })
}
