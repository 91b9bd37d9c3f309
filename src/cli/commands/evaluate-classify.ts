/** `kith evaluate classify`: what a text is, by trainers side by side on labelled texts. */
import type { Command } from 'commander'
import { z } from 'zod'
import { evaluationEncoder } from '../../evaluation/encoder.ts'
import { evaluateClassify } from '../../learn/classify/evaluate-classify.ts'
import { runRegistry } from '../../run-registry.ts'
import { openBundledNetwork } from '../../text-networks.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { list } from './evaluate-flags.ts'

const schema = z.object({
  train: z.string(),
  valid: z.string().optional(),
  test: z.string().optional(),
  text: z.string().optional(),
  label: z.string().optional(),
  outOfScope: z.string().optional(),
  labelNames: z.boolean().optional(),
  related: z.string().optional(),
  shots: z.coerce.number().int().min(1).optional(),
  metric: list,
  models: list,
  seeds: z.coerce.number().int().min(1).max(100),
  onValid: z.boolean().optional(),
  fitValid: z.boolean().optional(),
  record: z.boolean().optional(),
  resume: z.boolean().optional(),
})

export function addEvaluateClassify(evaluate: Command, context: CommandContext): void {
  evaluate
    .command('classify')
    .description('accuracy, F1 and calibration of classifiers on labelled texts')
    .requiredOption(
      '--train <file>',
      'csv, tsv, json, jsonl, texts beside labels, or a folder of those',
    )
    .option('--valid <file>', 'to choose on; a tenth of the training texts when left out')
    .option('--test <file>', 'to measure on; a fifth of the training texts when left out')
    .option('--text <column>', 'name or number of the column of texts')
    .option('--label <column>', 'name or number of the column of labels')
    .option('--out-of-scope <label>', 'the label of texts that are none of the classes')
    .option('--label-names', 'the name of each class, as words, is one more training text')
    .option('--related <file>', 'labelled texts of another task, which `few` can learn from first')
    .option('--shots <n>', 'so many training texts per class, by lot')
    .option(
      '--metric <names>',
      'accuracy, macro-f1, f1:CLASS, mean-f1:CLASS+CLASS, in-scope-accuracy, out-of-scope-recall; answers are chosen for the first',
      'accuracy',
    )
    .option('--models <specs>', 'rows of the table', 'majority,naive-bayes,grams,vectors,both')
    .option('--seeds <n>', 'repeat with so many seeds', '3')
    .option(
      '--on-valid',
      'measure on the validation part, to choose options; the test stays unseen',
    )
    .option('--fit-valid', 'learn from the validation texts too, once everything is chosen')
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--resume', 'go on where fits of the same data, options and seed were killed')
    .option('--json', 'one JSON object on the last line')
    .action((flags: object) => runClassify(context, flags))
}

async function runClassify(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const {
    metric: metrics,
    fitValid: fitsValid,
    resume: resumes,
    labelNames: namesTeach,
    onValid,
    record,
    ...options
  } = parseFlags(schema, flags)
  const config = context.config()
  const encoder = evaluationEncoder(config, context.log())
  const bar = createProgress()
  try {
    const { table, json } = await evaluateClassify({
      ...options,
      ...{
        metrics,
        namesTeach,
        fitsValid,
        resumes,
        encoder,
        signal,
        openNetwork: openBundledNetwork,
      },
      part: onValid ? 'valid' : 'test',
      registry: record === false ? undefined : runRegistry(config, context.log()),
      clock: () => performance.now(),
      progress: (phase, done, total) => bar.update(phase, done, total),
    })
    bar.stop()
    output.text(table)
    if (flags.json) output.json(json)
  } finally {
    bar.stop()
    await encoder.close()
  }
}
