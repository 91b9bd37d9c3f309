/** `kith train` and `kith rollback`: learn from what people did here; go back to the model before. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Models } from '../../domain/serving.ts'
import { KithError } from '../../errors.ts'
import type { CommandEngine } from '../client.ts'
import type { CommandContext } from '../context.ts'

const askEveryMs = 500

export function addTrainCommands(program: Command, context: CommandContext): void {
  const { output, withEngine } = context
  program
    .command('train')
    .description('learn from what people did here; it serves when it is nowhere worse')
    .option('--json', 'one JSON object on the last line')
    .action(async ({ json }: { json?: boolean }) => {
      const models = await withEngine((engine) => trainWith(engine, context))
      const { last } = models.training
      if (json) output.json(models)
      else output.text(last?.passes ? `Serving: ${last.modelId}` : sentenceOf(models))
    })
  program
    .command('rollback')
    .description('take the serving model out of service; the one before serves again')
    .option('--json', 'one JSON object on the last line')
    .action(async ({ json }: { json?: boolean }) => {
      const models = await withEngine((engine) => engine.rollback())
      if (json) output.json(models)
      else output.text(models.serving ? `Serving: ${models.serving}` : 'No model serves now.')
    })
}

async function trainWith(
  engine: CommandEngine,
  { createProgress, signal }: CommandContext,
): Promise<Models> {
  const bar = createProgress()
  try {
    await engine.train()
    for (;;) {
      const models = await engine.models()
      const { isRunning, phase, done, total, last } = models.training
      if (!isRunning) {
        if (last?.modelId === undefined) throw failed(last?.reasons ?? [])
        return models
      }
      bar.update(phase, done, total)
      await pause(askEveryMs, undefined, { signal })
    }
  } finally {
    bar.stop()
  }
}

function failed(reasons: readonly string[]): KithError {
  return new KithError('unavailable', reasons.join(' ') || 'The training did not come to its end.')
}

function sentenceOf({ training: { last }, serving }: Models): string {
  const now = serving ? `${serving} goes on serving.` : 'Pages are made without a model.'
  return `The new model does not serve. ${(last?.reasons ?? []).join(' ')} ${now}`
}
