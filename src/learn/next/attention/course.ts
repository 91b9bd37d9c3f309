/** The course of the sequence model: what a step of it is made of. */

import { seededRandom } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { steady } from '../../../tensor/schedules.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { type Batch, type Best, courseBefore, runCourse } from '../../course.ts'
import type { NextFitContext } from '../next-trainer.ts'
import type { Sequences } from '../sequences.ts'
import { batchesOf, trainingFeeds, type WordTable } from './batches.ts'
import { type NetworkOptions, networkOf } from './network.ts'

export interface StepOptions {
  readonly rate: number
  readonly decay: number
  /** People of a step. */
  readonly batch: number
  /** Items drawn beside those of the batch. */
  readonly drawn: number
  /** Of ONNX Runtime. */
  readonly threads: number
}

export interface AttentionCourse {
  /** `choose`: the epochs are still to be found; `whole`: they were. */
  readonly phase: 'choose' | 'whole'
  readonly options: StepOptions
  readonly network: NetworkOptions
  readonly words: WordTable | undefined
  readonly seed: number
  /** At most. */
  readonly epochs: number
  readonly patience: number
  readonly context: NextFitContext
  /** NDCG@10, of validation cases. */
  readonly judge?: ((parameters: Parameters) => Promise<number>) | undefined
}

export function runAttention({ lines, items }: Sequences, course: AttentionCourse): Promise<Best> {
  const { phase, options, network, words, seed, epochs, patience, judge } = course
  const { loss } = networkOf(network)
  const optimizer = adamW({ decay: options.decay })
  const choice = { drawn: options.drawn, length: network.length, words }
  return runCourse({
    ...{ phase, seed, epochs, patience, judge, judged: 'valid ndcg@10' },
    training: compileTraining({ loss, optimizer, schedule: steady(options.rate), clip: 5 }),
    stepsPerEpoch: Math.ceil(lines.filter(({ length }) => length >= 2).length / options.batch),
    context: { ...course.context, machine: { threads: options.threads } },
    *batches(epoch): Iterable<Batch> {
      const random = seededRandom(joinSeeds(seed, epoch))
      for (const batch of batchesOf(lines, options.batch, random)) {
        const some = Array.from(batch, (line) => lines[line]!)
        const { feeds, answers } = trainingFeeds(some, items.size, choice, random)
        yield { feeds, weight: answers }
      }
    },
  })
}

/** How many epochs were chosen, when a checkpoint says that the choice lies behind. */
export async function chosenBefore(
  context: NextFitContext,
  seed: number,
): Promise<Best | undefined> {
  const before = await courseBefore(context, { seed, phase: 'whole' })
  return before && { ...before.best, epoch: before.epochs }
}
