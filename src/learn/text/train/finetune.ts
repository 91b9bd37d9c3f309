/** Fine-tuning: an encoder and a head learn to tell classes apart (Howard & Ruder 2018; BERT §4). */

import { type Random, seededRandom } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import type { Expression } from '../../../tensor/expression.ts'
import type { Feeds } from '../../../tensor/feeds.ts'
import { openForward, type TensorForward } from '../../../tensor/forward.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { cosine, linear } from '../../../tensor/schedules.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { type Batch, type Best, type CourseContext, runCourse } from '../../course.ts'
import { encoderGraph, encoderInputs } from '../encoder-graph.ts'
import { layersOf } from '../layers.ts'
import { type TextNetwork, tensorOf, wordTable } from '../text-network.ts'
import { rowsOf } from '../token-batch.ts'
import { batchCount, textBatches } from './batches.ts'
import {
  type ClassificationOptions,
  classificationGraph,
  headBias,
  headWeight,
} from './classification.ts'
import { fitHead, rowsAt } from './fit-head.ts'
import { drawMix, mixRows } from './mixup.ts'
import { type NoiseOptions, withCharNoise, withTokenNoise } from './noise.ts'
import {
  answersTo,
  fitsMemory,
  type Reading,
  type ReadingRun,
  readByLower,
  readingOf,
  tokensOf,
} from './reading.ts'
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
  const readings = await readingsOf(parts)
  const head = await firstHead(parts, readings)
  if (options.tuning.kind === 'head') return head
  const { first } = readings.train
  const graph = classificationGraph(network, classes, options, head.parameters, first)
  const stepsPerEpoch = batchCount(train.texts.length, options.batch)
  const look = createLook(graph.logits, context)
  try {
    return await runCourse({
      training: compileTraining({
        loss: graph.loss,
        optimizer: adamW({ decay: options.decay }),
        schedule: scheduleOf(options, stepsPerEpoch),
        clip: options.clip,
      }),
      ...batchesOf(parts, readings.train, stepsPerEpoch),
      ...{ seed: parts.seed, epochs: options.epochs, patience: options.patience, stepsPerEpoch },
      judged: 'validation macro-F1',
      judge:
        valid &&
        (async (parameters) =>
          macroF1(await look.logits(readings.valid!, parameters), valid.labels, classes)),
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

interface Readings {
  readonly train: Reading
  readonly valid: Reading | undefined
}

/** What layers that stay say is remembered, where nothing else changes what goes into them. */
async function readingsOf({ network, train, valid, options, context }: FinetuneParts) {
  const { tuning, rounds, maxTokens } = options
  const plain: Readings = {
    train: readingOf(network, train.texts, maxTokens),
    valid: valid && readingOf(network, valid.texts, maxTokens),
  }
  if (!canRemember(options) || !fitsMemory(network, plain.train)) return plain
  const from = tuning.kind === 'head' ? 0 : tuning.from
  const { signal, machine } = context
  const lower = { from, rounds, threads: machine?.threads, signal }
  return {
    train: await readByLower(network, plain.train, lower),
    valid: plain.valid && (await readByLower(network, plain.valid, lower)),
  }
}

function canRemember({ tuning, noise, encoderDropout, adversary }: FinetuneOptions): boolean {
  if (tuning.kind === 'head' || tuning.from === 0) return false
  const changesWords = tuning.kind === 'full' && tuning.words
  const changes = [...Object.values(noise), encoderDropout, adversary].some((value) => value > 0)
  return !changesWords && !changes
}

/** The head that suits the encoder as it is. */
async function firstHead(parts: FinetuneParts, readings: Readings) {
  const { network, classes, train, valid, options, seed, context } = parts
  const { form } = network
  const { signal, machine } = context
  const isAlone = options.tuning.kind === 'head'
  const layers = layersOf(network, { kind: 'head' }, { rounds: options.rounds })
  const graph = encoderGraph(form, layers, encoderInputs(form), { first: readings.train.first })
  const forward = await openForward(
    { vectors: graph.pooled },
    { parameters: {}, threads: machine?.threads },
  )
  const vectorsOf = (reading: Reading) => answersTo(forward, reading, 'vectors', { signal })
  const vectors = await vectorsOf(readings.train)
  const others = isAlone && readings.valid ? await vectorsOf(readings.valid) : undefined
  await forward.close()
  return fitHead({
    ...{ vectors, targets: targetsOf(train.labels, classes, options.smoothing) },
    ...{ texts: train.texts.length, classes, options, seed, isAlone },
    judge:
      others &&
      valid &&
      (async (parameters) =>
        macroF1(headLogits(others, parameters, form.width, options), valid.labels, classes)),
    context: { signal, machine },
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

function batchesOf(parts: FinetuneParts, reading: Reading, steps: number) {
  const { network, classes, train, options, seed } = parts
  const { mixup, tuning, batch } = options
  const targets = targetsOf(train.labels, classes, options.smoothing)
  const words = trainedWords(network, options)
  const schedule = scheduleOf(options, steps)
  const textsOf = noisyTexts(parts)
  const isRemembered = reading.first > 0
  function rowFeeds(rows: Int32Array, texts: readonly Int32Array[]): Feeds {
    if (isRemembered) return reading.feeds(rows)
    return rowsOf(network, texts, words && { words: words.table })
  }
  function targetFeeds(rows: Int32Array, random: Random): Feeds {
    const mix = drawMix(rows.length, mixup, random)
    const own = rowsAt(targets, rows, classes)
    if (mixup === 0) return { targets: own }
    const shape = [rows.length, rows.length]
    return { targets: mixRows(mix, own), mix: { shape, data: mix.matrix } }
  }
  function* batches(epoch: number): Iterable<Batch> {
    const random = seededRandom(joinSeeds(seed, epoch))
    for (const rows of textBatches(reading.lengths, batch, random)) {
      const texts = isRemembered ? [] : textsOf(rows, random)
      const feeds = { ...rowFeeds(rows, texts), ...targetFeeds(rows, random) }
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

/** Tokens of the texts of those numbers, with noise that is drawn anew. */
function noisyTexts({ network, train, options: { noise, maxTokens } }: FinetuneParts) {
  const { vocabulary } = network
  const tokens = tokensOf(network, train.texts, maxTokens)
  return (rows: Int32Array, random: Random): Int32Array[] =>
    Array.from(rows, (n) => {
      if (noise.charNoise === 0) return withTokenNoise(tokens[n]!, noise, vocabulary, random)
      const misspelt = withCharNoise(train.texts[n]!, noise.charNoise, random)
      return withTokenNoise(tokensOf(network, [misspelt], maxTokens)[0]!, noise, vocabulary, random)
    })
}

function trainedWords(network: TextNetwork, { tuning }: FinetuneOptions): WordRows | undefined {
  if (tuning.kind !== 'full' || !tuning.words) return undefined
  return createWordRows(wordTable, tensorOf(network, wordTable).data, network.form.width)
}

/** Logits by whatever parameters are tried. */
function createLook(logits: Expression, { signal, machine }: CourseContext) {
  let opened: TensorForward | undefined
  return {
    /** [texts × classes] */
    async logits(reading: Reading, parameters: Parameters): Promise<Float32Array> {
      if (opened) await opened.replace(parameters)
      else opened = await openForward({ logits }, { parameters, threads: machine?.threads })
      return answersTo(opened, reading, 'logits', { words: parameters[wordTable], signal })
    },
    close: async () => opened?.close(),
  }
}

interface LogitOptions extends ReadingRun {
  readonly maxTokens: number
}

/** [texts × classes] */
export function logitsOf(
  forward: TensorForward,
  network: TextNetwork,
  texts: readonly string[],
  { maxTokens, ...run }: LogitOptions,
): Promise<Float32Array> {
  return answersTo(forward, readingOf(network, texts, maxTokens), 'logits', run)
}
