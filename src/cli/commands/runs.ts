/** `kith runs`: what was fitted and measured here; `show` and `remove` one of them. */
import type { Command } from 'commander'
import { z } from 'zod'
import { type Run, runKinds, runStates } from '../../domain/run.ts'
import { KithError } from '../../errors.ts'
import type { Registry } from '../../learn/runs/registry.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { renderRun, renderRuns } from '../run-text.ts'

const filterSchema = z.object({
  kind: z.enum(runKinds).optional(),
  state: z.enum(runStates).optional(),
  model: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000),
})

export function addRunsCommand(program: Command, context: CommandContext): void {
  const { output } = context
  const registry = (): Registry => runRegistry(context.config(), context.log())
  const runs = program
    .command('runs')
    .description('what was fitted and measured here, newest first')
  runs
    .option('--kind <kind>', runKinds.join(', '))
    .option('--state <state>', runStates.join(', '))
    .option('--model <name>', 'runs with this model among theirs')
    .option('--limit <n>', 'how many', '20')
    .option('--json', 'one JSON object on the last line')
    .action(async (flags: { json?: boolean }) => {
      const found = await registry().list(parseFlags(filterSchema, flags))
      if (flags.json) output.json({ runs: found })
      else output.text(renderRuns(found))
    })
  runs
    .command('show')
    .description('a run: options, data, table and curves')
    .argument('<run>', 'its id, the end of its id, or `last`')
    .option('--json', 'one JSON object on the last line')
    .action(async (word: string, _: object, command: Command) => {
      const run = await findRun(registry(), word)
      const curves = await registry().curves(run.id)
      if (command.optsWithGlobals()['json']) output.json({ run, curves })
      else output.text(renderRun(run, curves))
    })
  runs
    .command('remove')
    .description('remove runs with their curves and models')
    .argument('<runs...>', 'ids, or ends of ids')
    .option('--json', 'one JSON object on the last line')
    .action(async (words: string[], _: object, command: Command) => {
      const found = await Promise.all(words.map((word) => findRun(registry(), word)))
      const ids = [...new Set(found.map(({ id }) => id))]
      for (const id of ids) await registry().remove(id)
      if (command.optsWithGlobals()['json']) output.json({ removed: ids })
      else output.text(`Removed ${ids.join(', ')}.`)
    })
}

/** @throws KithError `not-found`, or `invalid-input` when more than one id ends like this */
async function findRun(registry: Registry, word: string): Promise<Run> {
  const runs = await registry.list(word === 'last' ? { limit: 1 } : {})
  const found = word === 'last' ? runs : runs.filter(({ id }) => id.endsWith(word))
  const [run] = found
  if (run && found.length === 1 && word !== '') return run
  if (found.length <= 1) return registry.get(word)
  const ids = found.slice(0, 5).map(({ id }) => id)
  throw new KithError(
    'invalid-input',
    `${found.length} runs end in "${word}": ${ids.join(', ')}. Give more of the id.`,
  )
}
