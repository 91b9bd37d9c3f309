/** `kith evaluate language`: which language a text is of, beside the library alone. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluateLanguages } from '../../understand/language/evaluate-languages.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'

const schema = z.object({ folder: z.string() })

export function addEvaluateLanguage(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('language')
    .description('accuracy of telling languages apart')
    .requiredOption(
      '--folder <folder>',
      'files like en.txt, one text a line, or folders of them; zh+en.txt for Chinese with English words',
    )
    .option('--json', 'one JSON object on the last line')
    .action(async (flags: { json?: boolean }) => {
      const { folder } = parseFlags(schema, flags)
      const { table, json } = await evaluateLanguages({ folder, clock: () => performance.now() })
      context.output.text(table)
      if (flags.json) context.output.json(json)
    })
}
