/** A classifier of your own: learned from labelled texts, measured on others, kept as a file and as a run. */
import { KithError } from '../../errors.ts'
import { seededRandom } from '../../math/random.ts'
import { fitCheckpoints } from '../runs/fit-checkpoints.ts'
import { putFile } from '../runs/put-file.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import { modelFile } from '../runs/saved-model.ts'
import { reportTo } from '../runs/track.ts'
import type { SavedModel } from '../trainer.ts'
import { calibrationError } from './calibrate.ts'
import type { ClassifyContext, LabelledTexts } from './classifier.ts'
import { classifierTrainerOf, loadClassifier } from './classifier-trainers.ts'
import { decide, plainDecision } from './decision.ts'
import { heldOut } from './folds.ts'
import {
  type ClassifyData,
  type ClassifyFiles,
  readClassifyData,
  runDataOf,
} from './labelled/labelled-data.ts'
import { classifyMetric } from './metrics.ts'

export interface TrainClassifierOptions
  extends ClassifyFiles,
    Pick<ClassifyContext, 'encoder' | 'openNetwork' | 'signal' | 'machine'> {
  /** Spec of the trainer: `finetune:epochs=3`. */
  readonly model: string
  /** Where the classifier goes, a safetensors file. */
  readonly out: string
  readonly seed: number
  readonly registry: Registry
  readonly resumes: boolean
  readonly clock: () => number
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
}

export interface TrainedClassifier {
  readonly run: string
  readonly out: string
  /** What the figures are of: the test file, or texts that were only stopped and calibrated on. */
  readonly measured: 'test' | 'valid'
  readonly metrics: Readonly<Record<string, number>>
}

const validShare = 0.1

export async function trainClassifier(options: TrainClassifierOptions): Promise<TrainedClassifier> {
  const { registry, model, seed, signal, clock, resumes } = options
  const [data, ...others] = await readClassifyData(options)
  if (!data || others.length > 0) {
    throw new KithError(
      'invalid-input',
      `${options.train} holds ${others.length + 1} data sets, and a classifier learns one. Give the folder of one of them.`,
    )
  }
  const { train, valid } = partsOf(data, seed)
  const [measured, part] = data.test ? (['test', data.test] as const) : (['valid', valid] as const)
  const plan = {
    ...{ kind: 'train' as const, models: [model], seeds: [seed], options: { measured } },
    data: runDataOf(options.train, [data]),
  }
  const started = clock()
  return record({ registry, plan, signal }, async (run) => {
    const keep = fitCheckpoints({ registry, resumes, clock, note: () => {} })
    const checkpoint = keep({ data: plan.data.hash, trainer: model, seed, options: plan.options })
    const saved = await fitted(train, options, {
      ...{ valid, checkpoint, report: reportTo(run.track, '') },
      progress: (done, total) => options.progress?.('steps', done, total),
    })
    await run.keepModel(saved)
    await putFile(options.out, modelFile(saved))
    await checkpoint.discard()
    const metrics = await figuresOf(saved, part, options)
    const spread = Object.entries(metrics).map(([name, mean]) => [name, { mean, sd: 0 }] as const)
    const seconds = (clock() - started) / 1_000
    const row = { model, segment: 'all', metrics: Object.fromEntries(spread), seconds }
    return { result: { run: run.id, out: options.out, measured, metrics }, end: { rows: [row] } }
  })
}

function partsOf({ train, valid }: ClassifyData, seed: number) {
  if (valid) return { train, valid }
  const { rest, held } = heldOut(train, validShare, seededRandom(seed + 2 ** 33))
  return { train: rest, valid: held }
}

type FitParts = Pick<ClassifyContext, 'valid' | 'checkpoint' | 'report' | 'progress'>

async function fitted(
  train: LabelledTexts,
  options: TrainClassifierOptions,
  parts: FitParts,
): Promise<SavedModel> {
  const { model, encoder, openNetwork, signal, machine, seed } = options
  const random = seededRandom(seed + 2 ** 32)
  const context = { random, encoder, openNetwork, signal, machine, ...parts }
  const classifier = await classifierTrainerOf(model).fit(train, context)
  const saved = classifier.save?.()
  await classifier.close?.()
  if (saved) return saved
  throw new KithError(
    'invalid-input',
    `"${model}" cannot be saved. Train another: grams, finetune.`,
  )
}

/** Of the classifier as it will be loaded. */
async function figuresOf(
  saved: SavedModel,
  { texts, labels, classes }: LabelledTexts,
  { encoder, openNetwork, signal }: TrainClassifierOptions,
): Promise<Record<string, number>> {
  const classifier = await loadClassifier(saved, { encoder, openNetwork })
  try {
    const probabilities = await classifier.classify(texts, { signal })
    const said = decide(probabilities, plainDecision(classes.length))
    const figure = (name: string): number =>
      classifyMetric(name, classes)({ classes, labels, said })
    return {
      accuracy: figure('accuracy'),
      'macro-f1': figure('macro-f1'),
      'calibration-error': calibrationError(probabilities, labels, classes.length),
    }
  } finally {
    await classifier.close?.()
  }
}
