/** `kith evaluate retrieval`: do Chinese and English texts that say the same lie together? */
import type { Command } from 'commander'
import { z } from 'zod'
import {
  measureSet,
  type OwnRow,
  ownLanguageAccuracy,
  type RetrievalRow,
  readLabelled,
  translationSets,
} from '../../learn/bilingual/evaluate-retrieval.ts'
import { openSharedSpace } from '../../shared-space.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'

const schema = z.object({
  folder: z.string().optional(),
  head: z.string().optional(),
  labelled: z.array(z.string()).default([]),
  most: z.coerce.number().int().min(2).max(10_000),
})

export function addEvaluateRetrieval(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('retrieval')
    .description('how often a sentence finds its translation first, Chinese and English')
    .option('--folder <folder>', 'with the files of Tatoeba and WMT23')
    .option('--labelled <files...>', 'texts of one language with labels: nearest neighbours')
    .option('--most <n>', 'labelled texts of a file that are used', '1000')
    .option('--head <folder>', 'another head than the one that travels in this package')
    .option('--json', 'one JSON object on the last line')
    .action((flags: object) => runRetrieval(context, flags))
}

async function runRetrieval(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress } = context
  const { folder, head, labelled, most } = parseFlags(schema, flags)
  const parts = await openSharedSpace(context.log(), head)
  const rows: RetrievalRow[] = []
  const own: OwnRow[] = []
  const bar = createProgress()
  try {
    for (const [n, set] of (folder === undefined ? [] : translationSets).entries()) {
      bar.update('sets', n, translationSets.length)
      rows.push(...(await measureSet(folder!, set, parts)))
    }
    for (const file of labelled) {
      const lines = await readLabelled(file, most)
      for (const model of ['chinese', 'english', 'shared'] as const) {
        own.push({ file, model, accuracy: await ownLanguageAccuracy(lines, parts[model]) })
      }
    }
    bar.stop()
    output.text([...rows.map(lineOf), ...own.map(ownLineOf)].join('\n'))
    if (flags.json) output.json({ task: 'retrieval', rows, own })
  } finally {
    bar.stop()
    await parts.shared.close()
  }
}

function lineOf({ set, model, there, back }: RetrievalRow): string {
  return `${set.padEnd(20)} ${model.padEnd(28)} zh→en ${there.toFixed(3)}  en→zh ${back.toFixed(3)}`
}

function ownLineOf({ file, model, accuracy }: OwnRow): string {
  const name = file.split('/').slice(-2).join('/')
  return `${name.padEnd(32)} ${`${model} encoder`.padEnd(16)} nearest neighbour ${accuracy.toFixed(3)}`
}
