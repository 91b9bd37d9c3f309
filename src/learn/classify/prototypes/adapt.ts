/**
 * An encoder learns to keep classes apart by direction: the few texts themselves, or first the classes of
 * a related task (Phang et al. 2018; Zhang et al. 2021 for intents). What is left is a network like any other.
 */
import { integer, seededRandom } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { linear } from '../../../tensor/schedules.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { runCourse } from '../../course.ts'
import { merged, type Tuning } from '../../text/layers.ts'
import { openTextEncoder } from '../../text/text-encoder.ts'
import type { TextNetwork } from '../../text/text-network.ts'
import { rowsOf } from '../../text/token-batch.ts'
import { batchCount, textBatches } from '../../text/train/batches.ts'
import { classificationGraph, headBias, headWeight } from '../../text/train/classification.ts'
import { rowsAt } from '../../text/train/fit-head.ts'
import { targetsOf } from '../../text/train/targets.ts'
import type { ClassifyContext, LabelledTexts } from '../classifier.ts'
import { type PlacedTexts, prototypes } from './regression.ts'

export interface AdaptOptions {
  readonly epochs: number
  /** Texts of a step. */
  readonly batch: number
  readonly rate: number
  /** Rank of LoRA on every projection. */
  readonly rank: number
  /** Of the vectors, before they are compared with the classes. */
  readonly dropout: number
  /** Inside the encoder. */
  readonly encoderDropout: number
  /** Longer texts are cut. */
  readonly tokens: number
}

type AdaptContext = Pick<ClassifyContext, 'random' | 'signal' | 'machine' | 'progress' | 'report'>

async function vectorsOf(
  network: TextNetwork,
  texts: readonly string[],
  { tokens }: Pick<AdaptOptions, 'tokens'>,
  { signal, machine }: Pick<ClassifyContext, 'signal' | 'machine'>,
): Promise<Float32Array> {
  const encoder = await openTextEncoder(network, { threads: machine?.threads, maxTokens: tokens })
  try {
    return await encoder.encode(texts, { signal })
  } finally {
    await encoder.close()
  }
}

/** What was learned by one course, small enough to keep: `merged` puts it into the network again. */
export interface Adaptation {
  readonly rank: number
  readonly parameters: Parameters
}

export function withAdaptation(
  network: TextNetwork,
  { rank, parameters }: Adaptation,
): TextNetwork {
  return merged(network, tuningOf(rank), parameters)
}

function tuningOf(rank: number): Tuning {
  return {
    ...{ kind: 'lora', rank, alpha: 2 * rank, dropout: 0, from: 0 },
    on: ['query', 'key', 'value', 'output', 'wide', 'narrow'],
  }
}

/** The classes begin at the means of their texts. */
export async function adapt(
  network: TextNetwork,
  { texts, labels, classes }: LabelledTexts,
  options: AdaptOptions,
  context: AdaptContext,
): Promise<Adaptation> {
  const { epochs, batch, rank, tokens } = options
  const { width, maxTokens } = network.form
  const vectors = await vectorsOf(network, texts, options, context)
  const begins = prototypes({ vectors, width, labels, classes: classes.length })
  const { loss } = classificationGraph(
    network,
    classes.length,
    { ...options, tuning: tuningOf(rank), rounds: false, adversary: 0, mixup: 0, usesCosine: true },
    { [headWeight]: begins, [headBias]: new Float32Array(classes.length) },
  )
  const stepsPerEpoch = batchCount(texts.length, batch)
  const steps = epochs * stepsPerEpoch
  const schedule = linear({ rate: options.rate, steps, warmUp: Math.ceil(0.1 * steps) })
  const seed = integer(context.random, 0, 2 ** 31)
  const limit = Math.min(tokens, maxTokens)
  const ids = texts.map((text) => network.vocabulary.encode(text, limit))
  const targets = targetsOf(labels, classes.length, 0)
  const best = await runCourse({
    training: compileTraining({ loss, optimizer: adamW({ decay: 0.01 }), schedule, clip: 1 }),
    ...{ seed, epochs, stepsPerEpoch, patience: epochs, context },
    *batches(epoch) {
      const random = seededRandom(joinSeeds(seed, epoch))
      const lengths = ids.map(({ length }) => length)
      for (const some of textBatches(lengths, batch, random)) {
        const rows = rowsOf(
          network,
          Array.from(some, (n) => ids[n]!),
        )
        yield { feeds: { ...rows, targets: rowsAt(targets, some, classes.length) } }
      }
    },
  })
  return { rank, parameters: onlyLow(best.parameters) }
}

/** Without the head, which the classes of another task have no use for. */
function onlyLow(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([path]) => /\.[ab]$/.test(path)))
}

/** Where labelled texts are in the space of a network. */
export async function placed(
  network: TextNetwork,
  { texts, labels, classes }: LabelledTexts,
  options: Pick<AdaptOptions, 'tokens'>,
  context: Pick<ClassifyContext, 'signal' | 'machine'>,
): Promise<PlacedTexts> {
  const vectors = await vectorsOf(network, texts, options, context)
  return { vectors, width: network.form.width, labels, classes: classes.length }
}
