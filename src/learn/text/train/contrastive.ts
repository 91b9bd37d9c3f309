/**
 * Contrastive fine-tuning: two texts that belong together (a person's past and what they took next,
 * two things that the same people have) come close, all others of the batch go away (InfoNCE, van
 * den Oord et al. 2018; both ways as in Radford et al. 2021, fig. 3).
 */
import { type Random, seededRandom } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import { type Expression, input } from '../../../tensor/expression.ts'
import type { Feeds } from '../../../tensor/feeds.ts'
import { openForward, type TensorForward } from '../../../tensor/forward.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { add, mul, sub } from '../../../tensor/operations/arithmetic.ts'
import { transpose } from '../../../tensor/operations/layout.ts'
import { matmul } from '../../../tensor/operations/matmul.ts'
import { unitRows } from '../../../tensor/operations/norms.ts'
import { sum } from '../../../tensor/operations/reduce.ts'
import { logSumExp, mean } from '../../../tensor/operations/statistics.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { linear } from '../../../tensor/schedules.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { type Best, type CourseContext, runCourse } from '../../course.ts'
import { encoderGraph, encoderInputs } from '../encoder-graph.ts'
import { layersOf, type Tuning } from '../layers.ts'
import type { TextNetwork } from '../text-network.ts'
import { rowsOf } from '../token-batch.ts'
import { batchCount, textBatches } from './batches.ts'

export type Pair = readonly [left: string, right: string]

export interface ContrastiveOptions {
  readonly tuning: Tuning
  /** Cosines are divided by it; the smaller, the more the nearest others count. */
  readonly temperature: number
  readonly encoderDropout: number
  readonly rate: number
  readonly warmUp: number
  readonly decay: number
  readonly clip: number
  /** Pairs of a step: each text is told from so many others, less one. */
  readonly batch: number
  readonly epochs: number
  readonly patience: number
  readonly maxTokens: number
}

export interface ContrastiveParts {
  readonly network: TextNetwork
  /** Pairs of an epoch, from 1: drawn anew for each where there are more than one wants. */
  pairs(epoch: number, random: Random): readonly Pair[]
  readonly pairsPerEpoch: number
  /** To take the best epoch by; the least loss wins. Without it the last one. */
  readonly valid?: readonly Pair[] | undefined
  readonly options: ContrastiveOptions
  readonly seed: number
  readonly context: CourseContext
}

export async function learnPairs(parts: ContrastiveParts): Promise<Best> {
  const { network, valid, options, seed, context } = parts
  const { epochs, patience, batch, rate } = options
  const loss = pairLoss(network, options)
  const limit = Math.min(options.maxTokens, network.form.maxTokens)
  const tokensOf = remembered((text) => network.vocabulary.encode(text, limit))
  const feedsOf = (pairs: readonly Pair[]): Feeds => pairFeeds(network, tokensOf, pairs)
  const stepsPerEpoch = batchCount(parts.pairsPerEpoch, batch)
  const steps = epochs * stepsPerEpoch
  const training = compileTraining({
    loss,
    optimizer: adamW({ decay: options.decay }),
    schedule: linear({ rate, steps, warmUp: Math.ceil(steps * options.warmUp) }),
    clip: options.clip,
  })
  const examine = valid && valid.length > 1 ? examiner(loss, context) : undefined
  try {
    return await runCourse({
      ...{ training, seed, epochs, stepsPerEpoch, patience, context },
      judged: 'validation -loss',
      judge: examine && ((parameters) => examine.of(parameters, chunks(valid!, batch), feedsOf)),
      *batches(epoch) {
        const random = seededRandom(joinSeeds(seed, epoch))
        const pairs = parts.pairs(epoch, random).slice(0, parts.pairsPerEpoch)
        const lengths = pairs.map(([a, b]) => tokensOf(a).length + tokensOf(b).length)
        for (const rows of textBatches(lengths, batch, random)) {
          // A pair alone has nothing to be told from.
          if (rows.length > 1) yield { feeds: feedsOf(Array.from(rows, (n) => pairs[n]!)) }
        }
      },
    })
  } finally {
    await examine?.close()
  }
}

/** [] */
function pairLoss(
  network: TextNetwork,
  { tuning, temperature, encoderDropout }: ContrastiveOptions,
): Expression {
  const { form } = network
  const layers = layersOf(network, tuning, { rounds: true })
  const [left, right] = ['left', 'right'].map((prefix) => {
    const { pooled } = encoderGraph(form, layers, encoderInputs(form, { prefix }), {
      rate: encoderDropout,
    })
    return unitRows(pooled)
  }) as [Expression, Expression]
  const scale = 1 / temperature
  const cosines = matmul(left, right, { transposeB: true, scale })
  // 1 where another pair of the batch holds the same text: no wrong answer, so it is left out.
  const same = input('same', 'float32', ['batch', 'batch'])
  const logits = sub(cosines, mul(same, 1e9))
  const own = mul(sum(mul(left, right), -1), scale)
  const there = mean(sub(logSumExp(logits), own))
  const back = mean(sub(logSumExp(transpose(logits)), own))
  return mul(add(there, back), 0.5)
}

function pairFeeds(
  network: TextNetwork,
  tokensOf: (text: string) => Int32Array,
  pairs: readonly Pair[],
): Feeds {
  const size = pairs.length
  const same = new Float32Array(size * size)
  for (const [n, [a, b]] of pairs.entries()) {
    for (const [other, [c, d]] of pairs.entries()) {
      if (n === other) continue
      const isOne = [c, d].some((text) => text === a || text === b)
      if (isOne) same[n * size + other] = 1
    }
  }
  const sides = ['left', 'right'].map((prefix, side) =>
    rowsOf(
      network,
      pairs.map((pair) => tokensOf(pair[side]!)),
      { prefix },
    ),
  )
  return { ...sides[0], ...sides[1], same: { shape: [size, size], data: same } }
}

function examiner(loss: Expression, { machine, signal }: CourseContext) {
  let opened: TensorForward | undefined
  return {
    /** The loss, turned around. */
    async of(
      parameters: Parameters,
      batches: readonly (readonly Pair[])[],
      feedsOf: (pairs: readonly Pair[]) => Feeds,
    ): Promise<number> {
      if (opened) await opened.replace(parameters)
      else opened = await openForward({ loss }, { parameters, threads: machine?.threads })
      let total = 0
      for (const pairs of batches) {
        signal?.throwIfAborted()
        const answer = await opened.run(feedsOf(pairs))
        total += answer['loss']!.data[0]!
      }
      return -total / Math.max(1, batches.length)
    },
    close: async () => opened?.close(),
  }
}

function remembered<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const value = known.get(text) ?? make(text)
    known.set(text, value)
    return value
  }
}

/** Whole ones only, but for a single one: fewer others would make the task easier. */
function chunks(pairs: readonly Pair[], size: number): Pair[][] {
  const count = Math.max(1, Math.floor(pairs.length / size))
  return Array.from({ length: count }, (_, n) => pairs.slice(n * size, (n + 1) * size))
}
