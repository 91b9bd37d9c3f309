/** `kith import [FORMAT] PATH`: brings a network in, resumable and repeatable. */
import type { Command } from 'commander'
import { findImporter } from '../../ingest/importers/find.ts'
import { importInto } from '../../ingest/ingest.ts'
import type { Summary } from '../../ingest/summary.ts'
import type { CommandEngine } from '../client.ts'
import type { CommandContext } from '../context.ts'
import { importProgress } from '../import-progress.ts'
import type { Progress } from '../progress.ts'
import { renderTable } from '../table.ts'

interface ImportFlags {
  readonly rejects?: string
  readonly wait: boolean
  readonly json?: boolean
}

export function addImportCommand(program: Command, context: CommandContext): void {
  program
    .command('import')
    .description('bring a network in: jsonl, csv, lastfm or weibo; repeat it to go on after a stop')
    .argument('<format-or-path>', 'the format, or the path when the format can be told from it')
    .argument('[path]', 'file or folder')
    .option('--rejects <file>', 'where refused records are named', 'rejects.jsonl')
    .option('--no-wait', 'do not wait until every text is encoded')
    .option('--json', 'one JSON object on the last line')
    .action(async (first: string, second: string | undefined, flags: ImportFlags) => {
      const summary = await runImport(context, second ?? first, second && first, flags)
      if (flags.json) context.output.json({ ...summary, rejectFile: flags.rejects })
      else context.output.text(renderSummary(summary, flags.rejects))
    })
}

async function runImport(
  { withEngine, createProgress, config, signal }: CommandContext,
  path: string,
  format: string | undefined,
  flags: ImportFlags,
): Promise<Summary> {
  const importer = await findImporter(path, { name: format })
  const bar = createProgress()
  try {
    return await withEngine(async (engine) => {
      const summary = await importInto(engine, importer, path, {
        progress: importProgress(config()),
        rejectFile: flags.rejects,
        signal,
        onProgress: ({ phase, done, total }) => bar.update(phase, done, total),
      })
      if (flags.wait) await untilEncoded(engine, bar, signal)
      return summary
    })
  } finally {
    bar.stop()
  }
}

/** Encoding goes on in the background; this only watches it. */
async function untilEncoded(
  engine: CommandEngine,
  bar: Progress,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { work } = await engine.status()
    const { encode } = work
    if (!encode || encode.total === 0 || signal.aborted) return
    bar.update('encode', encode.done, encode.total)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function renderSummary(summary: Summary, rejectFile: string | undefined): string {
  const rows = Object.entries(summary.kinds).map(([kind, tally]) => [
    `${kind}s`,
    String(tally.accepted),
    String(tally.duplicates),
    String(tally.rejected),
    tally.seconds.toFixed(1),
  ])
  const table = renderTable([['', 'taken', 'already there', 'refused', 'seconds'], ...rows])
  const resumed =
    summary.resumedAt > 0 ? `\nWent on after record ${summary.resumedAt} of an earlier run.` : ''
  const refused =
    summary.rejected > 0 ? `\nRefused records are named with their reason in ${rejectFile}.` : ''
  return table + resumed + refused
}
