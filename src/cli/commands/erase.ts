/** `kith erase --user ID --yes`: removes a person everywhere, for good. */
import type { Command } from 'commander'
import { KithError } from '../../errors.ts'
import type { CommandContext } from '../context.ts'

interface EraseFlags {
  readonly user: string
  readonly yes?: boolean
  readonly json?: boolean
}

export function addEraseCommand(program: Command, { output, withEngine }: CommandContext): void {
  program
    .command('erase')
    .description('remove a person everywhere: their key is destroyed, nothing can be restored')
    .requiredOption('--user <id>', 'the person')
    .option('--yes', 'yes, for good')
    .option('--json', 'one JSON object on the last line')
    .action(async (flags: EraseFlags) => {
      if (!flags.yes) {
        throw new KithError('invalid-input', 'Erasing cannot be undone. Add --yes to confirm.')
      }
      const removed = await withEngine((engine) => engine.eraseUser(flags.user))
      const counts = Object.entries(removed).map(([kind, count]) => `${count} ${kind}`)
      if (flags.json) output.json({ removed })
      else output.text(`Erased the person, ${counts.join(', ')}.`)
    })
}
