/** `kith feed NAME --user ID`: a page with the reason for every item. */
import type { Command } from 'commander'
import type { Page, PageItem } from '../../domain/page.ts'
import type { CommandContext } from '../context.ts'
import { type FeedFlags, feedQueryOf } from '../feed-flags.ts'
import { renderTable, shorten } from '../table.ts'

export function addFeedCommand(program: Command, { output, withEngine }: CommandContext): void {
  program
    .command('feed')
    .description('show a page of a feed, with the reason for every item')
    .argument('<name>', 'home, people, related, trending or latest')
    .option('--user <id>', 'whose feed')
    .option('--item <id>', 'the item that "related" starts from')
    .option('--limit <n>', 'items on the page', '10')
    .option('--after <page>', 'the id of the page before')
    .option('--language <codes...>', 'only these languages')
    .option('--locale <en|zh>', 'language of the reasons', 'en')
    .option('--json', 'one JSON object on the last line')
    .action(async (name: string, flags: FeedFlags & { json?: boolean }) => {
      const page = await withEngine((engine) => engine.feed(feedQueryOf(name, flags)))
      if (flags.json) output.json(page)
      else output.text(renderPage(page))
    })
}

function renderPage(page: Page): string {
  if (page.items.length === 0) return 'Nothing to show: the feed has no candidates left.'
  const dropped = Object.entries(page.dropped).map(([filter, count]) => `${filter} ${count}`)
  return [
    ...page.items.map(renderItem),
    `page ${page.id}${dropped.length > 0 ? ` · dropped: ${dropped.join(', ')}` : ''}`,
  ].join('\n')
}

function renderItem({ rank, item, score, parts, from, because }: PageItem): string {
  const facts = Object.entries(parts).map(([name, part]) => `${name} ${part.toFixed(3)}`)
  const lines = [
    [
      `${rank}.`.padStart(3),
      `${shorten(item.text || item.id, 90)}  — ${item.authorName ?? item.authorId ?? item.kind}`,
    ],
    ['', `${score.toFixed(3)} = ${facts.join(' + ')} · from ${from.join(', ')}`],
    ...(because
      ? [
          ['', because.text],
          ['', because.change],
        ]
      : []),
  ]
  return renderTable(lines)
}
