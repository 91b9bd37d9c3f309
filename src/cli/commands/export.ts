/** `kith export --user ID`: everything that is kept about a person, for that person. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'

interface ExportFlags {
  readonly user: string
  readonly out?: string
}

export function addExportCommand(program: Command, { output, withEngine }: CommandContext): void {
  program
    .command('export')
    .description('everything that is kept about a person, as JSON')
    .requiredOption('--user <id>', 'the person')
    .option('--out <file>', 'write here (mode 0600) instead of standard output')
    .option('--json', 'the same: an export is always JSON')
    .action(async (flags: ExportFlags) => {
      const kept = await withEngine((engine) => engine.exportUser(flags.user))
      if (flags.out === undefined) return output.json(kept)
      await writeFile(flags.out, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600 })
      output.note(`Wrote ${flags.out}.`)
    })
}
