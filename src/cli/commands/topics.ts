/** `kith topics`: what the network talks about. */
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { renderTable } from '../table.ts'

export function addTopicsCommand(program: Command, { output, withEngine }: CommandContext): void {
  program
    .command('topics')
    .description('what the network talks about, largest first')
    .option('--json', 'one JSON object on the last line')
    .action(async (flags: { json?: boolean }) => {
      const topics = await withEngine((engine) => engine.topics())
      if (flags.json) return output.json({ topics })
      if (topics.length === 0) return output.text('There are no topics yet: too few posts.')
      const rows = topics.map(({ id, words, posts, share, space }) => [
        ...[String(id), String(posts), `${Math.round(100 * share)} %`, words.join(' '), space],
      ])
      output.text(renderTable([['topic', 'posts', 'share', 'words', 'space'], ...rows]))
    })
}
