/** Fine-tuning: an encoder and a head learn to tell classes apart (Howard & Ruder 2018; BERT §4). */

import { planBatches } from '../../../math/plan-batches.ts'
import { seededRandom } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import type { Expression } from '../../../tensor/expression.ts'
import { openForward, type TensorForward } from '../../../tensor/forward.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { cosine, linear } from '../../../tensor/schedules.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { openTextEncoder } from '../text-encoder.ts'
import { type TextNetwork, tensorOf, wordTable } from '../text-network.ts'
import { rowsOf } from '../token-batch.ts'
import { batchCount, textBatches } from './batches.ts'
import {
  type ClassificationOptions,
  classificationGraph,
  headBias,
  headWeight,
} from './classification.ts'
import { type Batch, type Best, type CourseContext, runCourse } from './course.ts'
import { fitHead, rowsAt } from './fit-head.ts'
import { drawMix, mixRows } from './mixup.ts'
import { type NoiseOptions, withCharNoise, withTokenNoise } from './noise.ts'
import { macroF1, targetsOf } from './targets.ts'
import { createWordRows, type WordRows } from './word-rows.ts'

export interface FinetuneOptions extends ClassificationOptions {
  readonly noise: NoiseOptions
  readonly smoothing: number
  /** The largest learning rate. */
  readonly rate: number
  readonly schedule: 'cosine' | 'linear'
  /** Share of the steps in which the rate rises. */
  readonly warmUp: number
  readonly decay: number
  /** The largest norm of a step's gradients. */
  readonly clip: number
  readonly batch: number
  readonly epochs: number
  /** Epochs without a better validation before it stops. */
  readonly patience: number
  /** Longer texts are cut. */
  readonly maxTokens: number
}

export interface FinetuneData {
  readonly texts: readonly string[]
  /** [texts]; below 0: of no class */
  readonly labels: Int32Array
}

export interface FinetuneParts {
  readonly network: TextNetwork
  readonly classes: number
  readonly train: FinetuneData
  /** To stop and to take the best epoch by. */
  readonly valid?: FinetuneData | undefined
  readonly options: FinetuneOptions
  readonly seed: number
  readonly context: CourseContext
}

/** What was learned: the head, and what the tuning names. */
export async function finetune(parts: FinetuneParts): Promise<Best> {
  const { network, classes, train, valid, options, context } = parts
  const first = await firstHead(parts)
  if (options.tuning.kind === 'head') return first
  const graph = classificationGraph(network, classes, options, first.parameters)
  const stepsPerEpoch = batchCount(train.texts.length, options.batch)
  const look = createLook(network, graph.logits, options, context)
  try {
    return await runCourse({
      training: compileTraining({
        loss: graph.loss,
        optimizer: adamW({ decay: options.decay }),
        schedule: scheduleOf(options, stepsPerEpoch),
        clip: options.clip,
      }),
      ...batchesOf(parts, stepsPerEpoch),
      ...{ seed: parts.seed, epochs: options.epochs, patience: options.patience, stepsPerEpoch },
      judged: 'validation macro-F1',
      judge:
        valid &&
        (async (parameters) =>
          macroF1(await look.logits(valid.texts, parameters), valid.labels, classes)),
      context,
    })
  } finally {
    await look.close()
  }
}

function scheduleOf({ rate, warmUp, epochs, schedule }: FinetuneOptions, stepsPerEpoch: number) {
  const steps = epochs * stepsPerEpoch
  const course = { rate, steps, warmUp: Math.ceil(steps * warmUp), floor: 0.02 }
  return schedule === 'linear' ? linear(course) : cosine(course)
}

/** The head that suits the encoder as it is. */
async function firstHead({
  network,
  classes,
  train,
  valid,
  options,
  seed,
  context,
}: FinetuneParts) {
  const encoder = await openTextEncoder(network, {
    threads: context.machine?.threads,
    isUnit: false,
    maxTokens: options.maxTokens,
  })
  const encode = (texts: readonly string[]) => encoder.encode(texts, { signal: context.signal })
  const vectors = await encode(train.texts)
  const others = options.tuning.kind === 'head' && valid ? await encode(valid.texts) : undefined
  await encoder.close()
  const { width } = network.form
  return fitHead({
    vectors,
    targets: targetsOf(train.labels, classes, options.smoothing),
    ...{ texts: train.texts.length, classes, options, seed },
    isAlone: options.tuning.kind === 'head',
    judge:
      others &&
      valid &&
      (async (parameters) =>
        macroF1(headLogits(others, parameters, width, options), valid.labels, classes)),
    context: { signal: context.signal, machine: context.machine },
  })
}

function headLogits(
  vectors: Float32Array,
  parameters: Parameters,
  width: number,
  { usesCosine }: FinetuneOptions,
): Float32Array {
  const weight = parameters[headWeight]!
  const bias = parameters[headBias]!
  const logits = new Float32Array((vectors.length / width) * bias.length)
  for (let n = 0; n < vectors.length / width; n++) {
    for (let k = 0; k < bias.length; k++) {
      let [dot, length] = [0, 0]
      for (let d = 0; d < width; d++) {
        dot += vectors[n * width + d]! * weight[k * width + d]!
        length += weight[k * width + d]! ** 2
      }
      // Of a cosine, what all classes share does not change which is the largest.
      logits[n * bias.length + k] = usesCosine ? dot / Math.sqrt(length) : dot + bias[k]!
    }
  }
  return logits
}

function batchesOf({ network, classes, train, options, seed }: FinetuneParts, steps: number) {
  const { noise, mixup, tuning, maxTokens, batch } = options
  const { vocabulary, form } = network
  const limit = Math.min(maxTokens, form.maxTokens)
  const tokens = train.texts.map((text) => vocabulary.encode(text, limit))
  const lengths = tokens.map(({ length }) => length)
  const targets = targetsOf(train.labels, classes, options.smoothing)
  const words = trainedWords(network, options)
  const schedule = scheduleOf(options, steps)
  function* batches(epoch: number): Iterable<Batch> {
    const random = seededRandom(joinSeeds(seed, epoch))
    const noisy = (n: number): Int32Array => {
      const ids =
        noise.charNoise > 0
          ? vocabulary.encode(withCharNoise(train.texts[n]!, noise.charNoise, random), limit)
          : tokens[n]!
      return withTokenNoise(ids, noise, vocabulary, random)
    }
    for (const rows of textBatches(lengths, batch, random)) {
      const texts = Array.from(rows, noisy)
      const mix = drawMix(rows.length, mixup, random)
      const own = rowsAt(targets, rows, classes)
      const feeds = {
        ...rowsOf(network, texts, words && { words: words.table }),
        targets: mixup > 0 ? mixRows(mix, own) : own,
        ...(mixup > 0 && { mix: { shape: [rows.length, rows.length], data: mix.matrix } }),
      }
      if (!words) yield { feeds }
      else {
        yield {
          feeds,
          after: ({ gradients }, step) => words.learn(texts, gradients['rows']!, schedule(step)),
        }
      }
    }
  }
  return { batches, beside: tuning.kind === 'full' ? words : undefined }
}

function trainedWords(network: TextNetwork, { tuning }: FinetuneOptions): WordRows | undefined {
  if (tuning.kind !== 'full' || !tuning.words) return undefined
  return createWordRows(wordTable, tensorOf(network, wordTable).data, network.form.width)
}

/** Logits of texts by whatever parameters are tried. */
interface Look {
  logits(texts: readonly string[], parameters: Parameters): Promise<Float32Array>
  close(): Promise<void>
}

export function createLook(
  network: TextNetwork,
  logits: Expression,
  { maxTokens }: Pick<FinetuneOptions, 'maxTokens'>,
  { signal, machine }: CourseContext,
): Look {
  let opened: TensorForward | undefined
  return {
    async logits(texts, parameters) {
      if (opened) await opened.replace(parameters)
      else opened = await openForward({ logits }, { parameters, threads: machine?.threads })
      return logitsOf(opened, network, texts, { maxTokens, words: parameters[wordTable], signal })
    },
    close: async () => opened?.close(),
  }
}

interface LogitOptions {
  readonly maxTokens: number
  readonly words?: Float32Array | undefined
  readonly signal?: AbortSignal | undefined
}

const tokensOfRun = 2_048

/** [texts × classes] */
export async function logitsOf(
  forward: TensorForward,
  network: TextNetwork,
  texts: readonly string[],
  { maxTokens, words, signal }: LogitOptions,
): Promise<Float32Array> {
  const limit = Math.min(maxTokens, network.form.maxTokens)
  const tokens = texts.map((text) => network.vocabulary.encode(text, limit))
  let all = new Float32Array(0)
  for (const batch of planBatches(
    tokens.map(({ length }) => length),
    tokensOfRun,
  )) {
    signal?.throwIfAborted()
    const feeds = rowsOf(
      network,
      batch.map((n) => tokens[n]!),
      words && { words },
    )
    const { logits } = await forward.run(feeds)
    const classes = logits!.shape[1]!
    if (all.length === 0) all = new Float32Array(texts.length * classes)
    for (const [at, n] of batch.entries()) {
      all.set(logits!.data.subarray(at * classes, (at + 1) * classes), n * classes)
    }
  }
  return all
}
