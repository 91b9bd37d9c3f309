/** `kith explain --user U --item I`: why an item is, or is not, on a person's feed. */
import type { Command } from 'commander'
import { z } from 'zod'
import { feedNames, localeSchema } from '../../domain/page.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'

const schema = z.object({ feed: z.enum(feedNames), locale: localeSchema })

interface ExplainFlags {
  readonly user: string
  readonly item: string
  readonly feed: string
  readonly locale: string
  readonly json?: boolean
}

export function addExplainCommand(program: Command, { output, withEngine }: CommandContext): void {
  program
    .command('explain')
    .description("why an item is, or is not, on a person's feed right now")
    .requiredOption('--user <id>', 'whose feed')
    .requiredOption('--item <id>', 'the item asked about')
    .option('--feed <name>', 'which feed', 'home')
    .option('--locale <en|zh>', 'language of the answer', 'en')
    .option('--json', 'one JSON object on the last line')
    .action(async (flags: ExplainFlags) => {
      const { feed, locale } = parseFlags(schema, flags)
      const query = { feed, locale, userId: flags.user, itemId: flags.item }
      const explanation = await withEngine((engine) => engine.explain(query))
      if (flags.json) output.json(explanation)
      else output.text(explanation.text)
    })
}
