/** `kith evaluate robustness` and `kith evaluate bias`: how the shipped heads take disturbed texts and named groups. */
import type { Command } from 'commander'
import { z } from 'zod'
import { seededRandom } from '../../math/random.ts'
import { type StartedUnderstanding, startUnderstanding } from '../../start-understanding.ts'
import { type BiasRow, measureBias } from '../../understand/probes/bias.ts'
import { measureRobustness, type Robustness } from '../../understand/probes/robustness.ts'
import { sentences } from '../../understand/probes/sentences.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { renderTable } from '../table.ts'

const seedSchema = z.object({ seed: z.coerce.number().int().min(0) })

export function addEvaluateProbes(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('robustness')
    .description('typos, emoji, evasions, hostile characters: does the understanding hold?')
    .option('--seed <n>', 'for the disturbances that are drawn', '1')
    .option('--json', 'one JSON object on the last line')
    .action((flags: { json?: boolean }) =>
      withReader(context, (reader) => runRobustness(reader, flags, context)),
    )
  evaluate
    .command('bias')
    .description('the same sentence with group terms swapped: how far apart is its toxicity?')
    .option('--json', 'one JSON object on the last line')
    .action((flags: { json?: boolean }) =>
      withReader(context, (reader) => runBias(reader, flags, context)),
    )
}

async function withReader(
  { config, log, output }: CommandContext,
  work: (reader: StartedUnderstanding) => Promise<void>,
): Promise<void> {
  const reader = await startUnderstanding(config(), log())
  try {
    for (const problem of reader.problems) output.note(`kith: ${problem}`)
    await work(reader)
  } finally {
    await reader.close()
  }
}

async function runRobustness(
  reader: StartedUnderstanding,
  flags: { json?: boolean },
  { output }: CommandContext,
): Promise<void> {
  const { seed } = parseFlags(seedSchema, flags)
  const languages = ['en', 'zh'] as const
  const probed = languages.flatMap((language) =>
    sentences[language].map((text) => ({ text, language })),
  )
  const found = await measureRobustness(reader, probed, seededRandom(seed))
  output.text(robustnessTable(found))
  if (!flags.json) return
  const rows = found.rows.map(({ disturbance, question, texts, sameLabel, change, lost }) => ({
    model: `${question} / ${disturbance}`,
    metrics: figures({ 'same-label': sameLabel, change, lost, texts }),
  }))
  const { texts, faults } = found.hostile
  output.json({ task: 'robustness', data: 'own sentences', rows, hostile: { texts, faults } })
}

function robustnessTable({ rows, hostile }: Robustness): string {
  const heading = ['disturbance', 'question', 'texts', 'same label', 'change', 'lost']
  const cells = rows.map((row) => [
    ...[row.disturbance, row.question, String(row.texts)],
    ...[row.sameLabel.toFixed(2), row.change.toFixed(3), String(row.lost)],
  ])
  const { texts, faults } = hostile
  const told = `${texts} hostile texts of 0 to 20,000 characters: ${faults.length} faults.`
  return [renderTable([heading, ...cells]), told, ...faults].join('\n')
}

async function runBias(
  reader: StartedUnderstanding,
  flags: { json?: boolean },
  { output }: CommandContext,
): Promise<void> {
  const rows = await measureBias(reader)
  output.text(biasTable(rows))
  if (!flags.json) return
  const json = rows.map(({ head, language, kind, hardest, mildest, ...row }) => ({
    model: `${head} / ${language} ${kind}`,
    metrics: figures({
      ...{ 'mean-spread': row.meanSpread, 'greatest-spread': row.greatestSpread, mean: row.mean },
    }),
    hardest,
    mildest,
  }))
  output.json({ task: 'bias', data: 'own sentences', rows: json })
}

function biasTable(rows: readonly BiasRow[]): string {
  const heading = ['head', 'sentences', 'mean', 'mean spread', 'greatest', 'hardest', 'mildest']
  const cells = rows.map((row) => [
    ...[row.head, `${row.language} ${row.kind}, ${row.sentences} × ${row.groups} groups`],
    ...[row.mean, row.meanSpread, row.greatestSpread].map((value) => value.toFixed(3)),
    `${row.hardest.group} ${row.hardest.mean.toFixed(3)}`,
    `${row.mildest.group} ${row.mildest.mean.toFixed(3)}`,
  ])
  return rows.length === 0 ? 'No head tells toxicity.' : renderTable([heading, ...cells])
}

function figures(values: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(values).map(([name, mean]) => [name, { mean, sd: 0 }]))
}
