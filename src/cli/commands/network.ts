/** `kith network`: the network as a whole, as a table, as JSON, or as a page with pictures. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { NetworkReport } from '../../domain/network.ts'
import type { CommandContext } from '../context.ts'
import { moodText } from '../mood-text.ts'
import { networkPage } from '../network-page.ts'
import { renderTable } from '../table.ts'

const communitiesShown = 20

export function addNetworkCommand(program: Command, { output, withEngine }: CommandContext): void {
  program
    .command('network')
    .description('communities, influence, bridges, cores, and people who stand alone')
    .option('--html <file>', 'write a page with pictures')
    .option('--json', 'one JSON object on the last line')
    .action(async (flags: { json?: boolean; html?: string }) => {
      const report = await withEngine((engine) => engine.network())
      if (flags.html !== undefined) {
        await writeFile(flags.html, networkPage(report))
        output.note(`Written to ${flags.html}.`)
      }
      if (flags.json) output.json(report)
      else output.text(textOf(report))
    })
}

function textOf(report: NetworkReport): string {
  const { people, ties, reciprocity, modularity, homophily, communities, islands } = report
  const rows = communities
    .slice(0, communitiesShown)
    .map((one) => [
      String(one.id),
      String(one.people),
      percent(one.inside),
      one.echo.toFixed(2),
      moodText(one),
      one.languages.join(' '),
      one.keywords.join(' '),
      one.centre.join(' '),
    ])
  const heading = [
    'community',
    'people',
    'inside',
    'echo',
    'mood',
    'languages',
    'keywords',
    'centre',
  ]
  const names = (list: NetworkReport['bridges']) => list.slice(0, 10).map(({ id }) => id)
  return [
    `${people} people · ${ties} ties, ${percent(reciprocity)} returned · modularity ${modularity.toFixed(3)} · homophily of language ${homophily.toFixed(2)}`,
    '',
    renderTable([heading, ...rows]),
    '',
    `influence: ${names(report.influence).join(', ')}`,
    `bridges: ${names(report.bridges).join(', ')}`,
    `deepest core: ${report.cores.length - 1}, ${report.cores.at(-1) ?? 0} people`,
    `alone: ${islands.people} people`,
    ...islands.some
      .slice(0, 5)
      .map(({ id, couldMeet }) => `  ${id} could meet ${couldMeet.join(', ')}`),
  ].join('\n')
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
