/**
 * The course of a training: epochs, the best of them on validation data, checkpoints. The chance of
 * an epoch comes from its number, so a fit that is taken up again ends where an unbroken one ends.
 */
import { seededRandom } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { steady } from '../../../tensor/schedules.ts'
import { openTrainer, type Parameters, type TensorTrainer } from '../../../tensor/trainer.ts'
import type { SavedModel } from '../../trainer.ts'
import type { NextFitContext } from '../next-trainer.ts'
import type { Sequences } from '../sequences.ts'
import { batchesOf, trainingFeeds, type WordTable } from './batches.ts'
import { type NetworkOptions, networkOf } from './network.ts'

export interface CourseOptions {
  readonly rate: number
  readonly decay: number
  /** People of a step. */
  readonly batch: number
  /** Items drawn beside those of the batch. */
  readonly drawn: number
  /** Of ONNX Runtime. */
  readonly threads: number
}

export interface Course {
  /** `choose`: the epochs are still to be found; `whole`: they were. Checkpoints tell them apart. */
  readonly phase: 'choose' | 'whole'
  readonly options: CourseOptions
  readonly network: NetworkOptions
  readonly words: WordTable | undefined
  readonly seed: number
  /** At most. */
  readonly epochs: number
  /** Ends after so many epochs that were no better. */
  readonly patience: number
  readonly context: NextFitContext
  /** Larger is better; without it the last epoch is the best. */
  readonly judge?: ((parameters: Parameters) => Promise<number>) | undefined
}

export interface Best {
  readonly epoch: number
  readonly value: number
  readonly parameters: Parameters
}

export async function runCourse(sequences: Sequences, course: Course): Promise<Best> {
  const { trainer, done, ...began } = await begin(course)
  let { best } = began
  try {
    for (let epoch = done + 1; epoch <= course.epochs; epoch++) {
      if (epoch > (best?.epoch ?? 0) + course.patience && course.judge) break
      await runEpoch(trainer, sequences, course, epoch)
      const now = await judged(await trainer.parameters(), course, epoch)
      if (!best || !course.judge || now.value > best.value) best = now
      await keep(trainer, course, epoch, best)
    }
  } finally {
    await trainer.close()
  }
  return best!
}

async function judged(
  parameters: Parameters,
  { judge, context }: Course,
  epoch: number,
): Promise<Best> {
  if (!judge) return { epoch, value: 0, parameters }
  const value = await judge(parameters)
  context.report?.('valid ndcg@10', epoch, value)
  return { epoch, value, parameters }
}

async function runEpoch(
  trainer: TensorTrainer,
  { lines, items }: Sequences,
  { phase, options, network, words, seed, epochs, context }: Course,
  epoch: number,
): Promise<void> {
  const random = seededRandom(joinSeeds(seed, epoch))
  const batches = batchesOf(lines, options.batch, random)
  const choice = { drawn: options.drawn, length: network.length, words }
  let losses = 0
  let answered = 0
  for (const [step, batch] of batches.entries()) {
    context.signal?.throwIfAborted()
    const some = Array.from(batch, (line) => lines[line]!)
    const { feeds, answers } = trainingFeeds(some, items.size, choice, random)
    const { loss } = await trainer.step(feeds)
    losses += loss * answers
    answered += answers
    context.progress?.((epoch - 1) * batches.length + step + 1, epochs * batches.length)
  }
  context.report?.(`${phase} loss`, epoch, losses / Math.max(1, answered))
}

interface Beginning {
  readonly trainer: TensorTrainer
  /** Epochs done before. */
  readonly done: number
  readonly best: Best | undefined
}

/** Afresh, or where a checkpoint of this very course left off. */
async function begin({ phase, options, network, seed, context }: Course): Promise<Beginning> {
  const { loss } = networkOf(network)
  const optimizer = adamW({ decay: options.decay })
  const training = compileTraining({ loss, optimizer, schedule: steady(options.rate), clip: 5 })
  const random = seededRandom(joinSeeds(seed, 0))
  const { threads } = options
  const saved = await context.checkpoint?.load()
  const { phase: savedPhase, fitSeed, epoch = 0 } = saved?.meta ?? {}
  if (!saved || savedPhase !== phase || fitSeed !== seed) {
    return { trainer: await openTrainer(training, { random, threads }), done: 0, best: undefined }
  }
  const trainer = await openTrainer(training, { random, saved, threads })
  return { trainer, done: Number(epoch), best: bestIn(saved) }
}

/** How many epochs were chosen, when a checkpoint says that the choice lies behind. */
export async function chosenBefore(
  { checkpoint }: NextFitContext,
  seed: number,
): Promise<Best | undefined> {
  const saved = await checkpoint?.load()
  const { phase, fitSeed, epochs } = saved?.meta ?? {}
  if (!saved || phase !== 'whole' || fitSeed !== seed) return undefined
  return { ...bestIn(saved), epoch: Number(epochs) }
}

const bestPrefix = 'best '

function bestIn({ tensors, meta }: SavedModel): Best {
  const parameters = Object.entries(tensors).flatMap(([name, { data }]) =>
    name.startsWith(bestPrefix) ? [[name.slice(bestPrefix.length), data]] : [],
  )
  const { bestEpoch, bestValue } = meta
  return {
    epoch: Number(bestEpoch),
    value: Number(bestValue),
    parameters: Object.fromEntries(parameters) as Parameters,
  }
}

async function keep(
  trainer: TensorTrainer,
  { phase, seed, epochs, context }: Course,
  epoch: number,
  best: Best,
): Promise<void> {
  if (!context.checkpoint) return
  const { tensors, meta } = await trainer.save()
  const kept = Object.entries(best.parameters).map(([name, data]) => [
    bestPrefix + name,
    { shape: [data.length], data },
  ])
  await context.checkpoint.save({
    tensors: { ...tensors, ...Object.fromEntries(kept) },
    meta: {
      ...meta,
      phase,
      epoch,
      epochs,
      fitSeed: seed,
      bestEpoch: best.epoch,
      bestValue: best.value,
    },
  })
}
