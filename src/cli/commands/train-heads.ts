/** `kith train heads`: makes the heads that travel with Kith again, from the data sets they were learned from. */
import type { Command } from 'commander'
import { z } from 'zod'
import { KithError } from '../../errors.ts'
import { evaluationEncoder } from '../../evaluation/encoder.ts'
import { headRecipes } from '../../learn/classify/heads/recipes.ts'
import { trainHead } from '../../learn/classify/heads/train-head.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { renderTable } from '../table.ts'
import { list } from './evaluate-flags.ts'

const schema = z.object({ data: z.string(), to: z.string(), only: list.optional() })

export function addTrainHeads(program: Command, context: CommandContext): void {
  const train = program.commands.find((command) => command.name() === 'train')
  train
    ?.command('heads')
    .description('make the shipped heads of understanding again from their data sets')
    .requiredOption('--data <folder>', 'the folder of data sets')
    .option('--to <folder>', 'where the heads go', 'src/understand/heads')
    .option('--only <names>', 'some of them')
    .action((_: object, command: Command) => runTrainHeads(context, command.optsWithGlobals()))
}

async function runTrainHeads(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const { only, ...folders } = parseFlags(schema, flags)
  const config = context.config()
  const registry = runRegistry(config, context.log())
  const encoder = evaluationEncoder(config, context.log())
  const bar = createProgress()
  try {
    const runs = []
    for (const recipe of wanted(only)) {
      const progress = (done: number, total: number) => bar.update(recipe.name, done, total)
      runs.push(await trainHead(recipe, { ...folders, registry, encoder, signal, progress }))
    }
    bar.stop()
    const rows = runs.map(({ name, rows: [row] }) => [
      name,
      ...Object.entries(row?.metrics ?? {}).map(
        ([metric, { mean }]) => `${metric} ${mean?.toFixed(4)}`,
      ),
    ])
    output.text(renderTable(rows))
    if (flags.json) output.json(runs)
  } finally {
    bar.stop()
    await encoder.close()
  }
}

function wanted(only: readonly string[] | undefined) {
  const names = headRecipes.map(({ name }) => name)
  const unknown = only?.find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new KithError(
      'invalid-input',
      `There is no head "${unknown}"; there are: ${names.join(', ')}.`,
    )
  return headRecipes.filter(({ name }) => only?.includes(name) ?? true)
}
