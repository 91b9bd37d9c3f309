/**
 * Masked-language-model training (Devlin et al. 2019, §3.1): hidden words are guessed from their
 * neighbours, so that an encoder learns how a platform writes before it learns a task. The answer
 * is looked for among some words that are fed, not the whole vocabulary: those hidden in the batch
 * and others drawn evenly.
 */

import { integer, type Random, seededRandom } from '../../../math/random.ts'
import { compileTraining, type Training } from '../../../tensor/compile.ts'
import { type Expression, input, parameter } from '../../../tensor/expression.ts'
import type { Feeds } from '../../../tensor/feeds.ts'
import { openForward, type TensorForward } from '../../../tensor/forward.ts'
import { zeros } from '../../../tensor/initial.ts'
import { crossEntropy } from '../../../tensor/losses.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { mul } from '../../../tensor/operations/arithmetic.ts'
import { exp } from '../../../tensor/operations/elementwise.ts'
import { reshape } from '../../../tensor/operations/layout.ts'
import { matmul } from '../../../tensor/operations/matmul.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { linear } from '../../../tensor/schedules.ts'
import { openTrainer, type Parameters } from '../../../tensor/trainer.ts'
import { type Best, type CourseContext, runCourse } from '../../course.ts'
import { encoderGraph, encoderInputs } from '../encoder-graph.ts'
import { layersOf, type Tuning } from '../layers.ts'
import { type TextNetwork, tensorOf, wordTable } from '../text-network.ts'
import { rowsOf } from '../token-batch.ts'
import { batchCount, textBatches } from './batches.ts'

export interface MaskedWordsOptions {
  readonly tuning: Tuning
  /** Share of the tokens that are hidden. */
  readonly share: number
  /** Words drawn evenly beside those hidden in the batch. */
  readonly drawn: number
  readonly rate: number
  readonly warmUp: number
  readonly decay: number
  readonly clip: number
  readonly batch: number
  readonly epochs: number
  readonly patience: number
  readonly maxTokens: number
}

export interface MaskedWordsParts {
  readonly network: TextNetwork
  readonly train: readonly string[]
  /** Perplexity is measured on these; the best epoch is the one of the least. */
  readonly valid: readonly string[]
  readonly options: MaskedWordsOptions
  readonly seed: number
  readonly context: CourseContext
}

export interface MaskedWordsFit {
  readonly best: Best
  /** e^loss on the validation texts, among the words of `drawn` and the hidden; before and after. */
  readonly perplexityBefore: number
  readonly perplexity: number
}

interface MaskedGraph {
  /** [] mean over the hidden words */
  readonly loss: Expression
}

/** Sizes: hidden words of the batch × words to choose among. */
function maskedGraph(network: TextNetwork, tuning: Tuning): MaskedGraph {
  const { form } = network
  const { width } = form
  const layers = layersOf(network, tuning, { rounds: true })
  const { hidden } = encoderGraph(form, layers, encoderInputs(form))
  // [hidden × batch·length] picks rows by a product, whose gradient may use several threads.
  const tall = reshape(hidden, ['batch*length', width])
  const places = input('places', 'float32', ['hidden', 'batch*length'])
  // The identity at first: the pretrained encoders came without the head they were trained with.
  const turn = parameter('words.turn', [width, width], identity)
  const guess = matmul(matmul(places, tall), turn)
  const candidates = input('candidates', 'float32', ['choices', width])
  // Pretrained without guessing of late: how sure its products are is learned too.
  const scale = parameter('words.scale', [1], zeros, { decays: false })
  const logits = mul(matmul(guess, candidates, { transposeB: true }), exp(scale))
  return { loss: crossEntropy(logits, input('answers', 'int32', ['hidden'])) }
}

function identity(shape: readonly number[]): Float32Array {
  const [width] = shape as [number]
  return Float32Array.from({ length: width * width }, (_, at) => (at % (width + 1) === 0 ? 1 : 0))
}

export async function learnMaskedWords(parts: MaskedWordsParts): Promise<MaskedWordsFit> {
  const { network, train, valid, options, seed, context } = parts
  const { loss } = maskedGraph(network, options.tuning)
  const tokensOf = (texts: readonly string[]): Int32Array[] =>
    texts
      .map((text) =>
        network.vocabulary.encode(text, Math.min(options.maxTokens, network.form.maxTokens)),
      )
      .filter((ids) => ids.some((id) => !network.vocabulary.isSpecial(id)))
  const [own, others] = [tokensOf(train), tokensOf(valid)]
  const stepsPerEpoch = batchCount(own.length, options.batch)
  const steps = options.epochs * stepsPerEpoch
  const losses: number[] = []
  const examine = examiner(loss, parts, others)
  const judge = async (parameters: Parameters): Promise<number> => {
    losses.push(await examine.loss(parameters))
    return -losses.at(-1)!
  }
  const training = compileTraining({
    loss,
    optimizer: adamW({ decay: options.decay }),
    schedule: linear({ rate: options.rate, steps, warmUp: Math.ceil(steps * options.warmUp) }),
    clip: options.clip,
  })
  try {
    await judge(await beginningOf(training, seed))
    const best = await runCourse({
      ...{ training, seed, epochs: options.epochs, stepsPerEpoch, patience: options.patience },
      ...{ judge, judged: 'validation -log perplexity', context },
      *batches(epoch) {
        const random = seededRandom(joinSeeds(seed, epoch))
        const lengths = own.map(({ length }) => length)
        for (const rows of textBatches(lengths, options.batch, random)) {
          const texts = Array.from(rows, (n) => own[n]!)
          yield { feeds: maskedFeeds(network, texts, options, random) }
        }
      },
    })
    return { best, perplexityBefore: Math.exp(losses[0]!), perplexity: Math.exp(-best.value) }
  } finally {
    await examine.close()
  }
}

/** The parameters before the first step. */
async function beginningOf(training: Training, seed: number): Promise<Parameters> {
  const trainer = await openTrainer(training, { random: seededRandom(joinSeeds(seed, 0)) })
  try {
    return await trainer.parameters()
  } finally {
    await trainer.close()
  }
}

/** Always the same words of the same texts are hidden. */
function examiner(
  loss: Expression,
  { network, options, seed, context }: MaskedWordsParts,
  texts: readonly Int32Array[],
): { loss(parameters: Parameters): Promise<number>; close(): Promise<void> } {
  let opened: TensorForward | undefined
  const threads = context.machine?.threads
  return {
    async loss(parameters) {
      if (opened) await opened.replace(parameters)
      else opened = await openForward({ loss }, { parameters, threads })
      const random = seededRandom(joinSeeds(seed, -1))
      let [total, hidden] = [0, 0]
      for (let at = 0; at < texts.length; at += options.batch) {
        context.signal?.throwIfAborted()
        const feeds = maskedFeeds(network, texts.slice(at, at + options.batch), options, random)
        const count = (feeds['answers'] as Int32Array).length
        const answer = await opened.run(feeds)
        total += answer['loss']!.data[0]! * count
        hidden += count
      }
      return total / Math.max(1, hidden)
    },
    close: async () => opened?.close(),
  }
}

/** Of the tokens chosen, eight in ten become [MASK], one another word, one stays (BERT, §3.1). */
function maskedFeeds(
  network: TextNetwork,
  texts: readonly Int32Array[],
  { share, drawn }: MaskedWordsOptions,
  random: Random,
): Feeds {
  const { vocabulary, form } = network
  const length = Math.max(...texts.map((text) => text.length))
  const places: number[] = []
  const words: number[] = []
  const shown = texts.map((text, n) => {
    const changed = text.slice()
    const readable = [...text.keys()].filter((at) => !vocabulary.isSpecial(text[at]!))
    const sure = readable[integer(random, 0, readable.length)]
    for (const at of readable) {
      // One at least of each text.
      if (at !== sure && random() >= share) continue
      places.push(n * length + at)
      words.push(text[at]!)
      const way = random()
      if (way < 0.8) changed[at] = vocabulary.ids.mask
      else if (way < 0.9) changed[at] = integer(random, 0, vocabulary.size)
    }
    return changed
  })
  const choices = choicesOf(words, drawn, vocabulary.size, random)
  const tall = texts.length * length
  const picks = new Float32Array(places.length * tall)
  for (const [n, place] of places.entries()) picks[n * tall + place] = 1
  const table = tensorOf(network, wordTable).data
  const candidates = new Float32Array(choices.size * form.width)
  for (const [word, at] of choices) {
    candidates.set(table.subarray(word * form.width, (word + 1) * form.width), at * form.width)
  }
  // No vector of the whole text is asked for here.
  const { shares: _, ...rows } = rowsOf(network, shown)
  return {
    ...rows,
    places: { shape: [places.length, tall], data: picks },
    candidates: { shape: [choices.size, form.width], data: candidates },
    answers: Int32Array.from(words, (word) => choices.get(word)!),
  }
}

/** Place by word. */
function choicesOf(
  words: readonly number[],
  drawn: number,
  size: number,
  random: Random,
): Map<number, number> {
  const places = new Map<number, number>()
  for (const word of words) if (!places.has(word)) places.set(word, places.size)
  const most = Math.min(size, places.size + drawn)
  while (places.size < most) {
    const word = integer(random, 0, size)
    if (!places.has(word)) places.set(word, places.size)
  }
  return places
}
