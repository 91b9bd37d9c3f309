/** `kith train classifier`: tells texts apart as your labels do. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluationEncoder } from '../../evaluation/encoder.ts'
import { trainClassifier } from '../../learn/classify/train-classifier.ts'
import { runRegistry } from '../../run-registry.ts'
import { openBundledNetwork } from '../../text-networks.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'

const schema = z.object({
  train: z.string(),
  valid: z.string().optional(),
  test: z.string().optional(),
  text: z.string().optional(),
  label: z.string().optional(),
  outOfScope: z.string().optional(),
  model: z.string(),
  out: z.string(),
  seed: z.coerce.number().int().min(0),
  threads: z.coerce.number().int().min(1).max(64),
  resume: z.boolean().optional(),
})

/** @param program where `train` is already */
export function addTrainClassifier(program: Command, context: CommandContext): void {
  const train = program.commands.find((command) => command.name() === 'train')
  train
    ?.command('classifier')
    .description('a classifier learns from labelled texts and is kept as a file and a run')
    .requiredOption('--train <file>', 'csv, tsv, json, jsonl, or texts beside labels')
    .option(
      '--valid <file>',
      'to stop and to calibrate on; a tenth of the training texts when left out',
    )
    .option(
      '--test <file>',
      'to measure on, once; without it the figures are of the validation part',
    )
    .option('--text <column>', 'name or number of the column of texts')
    .option('--label <column>', 'name or number of the column of labels')
    .option('--out-of-scope <label>', 'the label of texts that are none of the classes')
    .option('--model <spec>', 'a row of `kith evaluate classify`, with options', 'finetune')
    .requiredOption('--out <file>', 'where the classifier goes')
    .option('--seed <n>', 'the same seed gives the same classifier', '1')
    .option('--threads <n>', 'of the computing', '1')
    .option('--resume', 'go on where this very training was stopped')
    .action((_: object, command: Command) => runTraining(context, command.optsWithGlobals()))
}

async function runTraining(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const { resume: resumes = false, threads, ...options } = parseFlags(schema, flags)
  const config = context.config()
  const encoder = evaluationEncoder(config, context.log())
  const bar = createProgress()
  try {
    const trained = await trainClassifier({
      ...options,
      ...{ resumes, encoder, signal, machine: { threads }, openNetwork: openBundledNetwork },
      registry: runRegistry(config, context.log()),
      clock: () => performance.now(),
      progress: (phase, done, total) => bar.update(phase, done, total),
    })
    bar.stop()
    const figures = Object.entries(trained.metrics).map(
      ([name, value]) => `${name} ${value.toFixed(4)}`,
    )
    output.text(`${trained.measured}: ${figures.join(', ')}`)
    output.text(`Written to ${trained.out} (run ${trained.run}).`)
    if (flags.json) output.json(trained)
  } finally {
    bar.stop()
    await encoder.close()
  }
}
