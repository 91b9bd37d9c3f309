/**
 * The course of a training by steps: epochs, the best of them on validation data, checkpoints. The
 * chance of an epoch comes from its number, so a fit that is taken up again ends where an unbroken
 * one ends.
 */
import { seededRandom } from '../math/random.ts'
import type { Training } from '../tensor/compile.ts'
import type { Feeds } from '../tensor/feeds.ts'
import { joinSeeds } from '../tensor/mask.ts'
import {
  openTrainer,
  type Parameters,
  type StepResult,
  type TensorTrainer,
} from '../tensor/trainer.ts'
import type { FitContext, SavedModel, SavedTensor } from './trainer.ts'

export type CourseContext = Pick<
  FitContext,
  'signal' | 'progress' | 'report' | 'checkpoint' | 'machine'
>

export interface Course {
  readonly training: Training
  /** Where one fit is several courses: checkpoints and curves of one are not taken for those of another. */
  readonly phase?: string | undefined
  readonly seed: number
  readonly epochs: number
  readonly stepsPerEpoch: number
  /** Ends after so many epochs that were no better. */
  readonly patience: number
  /** The same epoch (from 1) gives the same batches. */
  batches(epoch: number): Iterable<Batch>
  /** Larger is better; without it the last epoch is the best. */
  readonly judge?: ((parameters: Parameters) => Promise<number>) | undefined
  /** What `judge` gives, for curves. */
  readonly judged?: string
  /** What is learned outside the graph, kept with the checkpoint and with the best epoch. */
  readonly beside?: Beside | undefined
  readonly context: CourseContext
}

export interface Batch {
  readonly feeds: Feeds
  /** What its loss counts in the mean of the epoch; 1 when left out. */
  readonly weight?: number | undefined
  /** What this step learns outside the graph; the next batch is then made after it. */
  readonly after?: (result: StepResult, step: number) => void
}

export interface Beside {
  /** What answers need. */
  parameters(): Record<string, Float32Array>
  /** What going on needs. */
  save(): Record<string, Float32Array>
  load(tensors: Readonly<Record<string, Float32Array>>): void
}

export interface Best {
  readonly epoch: number
  readonly value: number
  readonly parameters: Parameters
}

const workAhead = 2

export async function runCourse(course: Course): Promise<Best> {
  const { epochs, patience, judge, context, phase } = course
  const { trainer, done, ...began } = await begin(course)
  let { best } = began
  try {
    for (let epoch = done + 1; epoch <= epochs; epoch++) {
      if (judge && best && epoch > best.epoch + patience) break
      const loss = await runEpoch(trainer, course, epoch)
      context.report?.(phase ? `${phase} loss` : 'loss', epoch, loss)
      const parameters = { ...(await trainer.parameters()), ...course.beside?.parameters() }
      const value = (await judge?.(parameters)) ?? 0
      if (judge) context.report?.(course.judged ?? 'validation', epoch, value)
      if (!best || !judge || value > best.value) best = { epoch, value, parameters }
      await keep(trainer, course, epoch, best)
    }
  } finally {
    await trainer.close()
  }
  return best ?? { epoch: 0, value: 0, parameters: {} }
}

/** Returns the mean loss. Where it may, the next batch is made while the worker works. */
async function runEpoch(trainer: TensorTrainer, course: Course, epoch: number): Promise<number> {
  const { stepsPerEpoch, epochs, context } = course
  const underWay: Promise<void>[] = []
  let [total, weights] = [0, 0]
  let step = (epoch - 1) * stepsPerEpoch
  for (const { feeds, weight = 1, after } of course.batches(epoch)) {
    context.signal?.throwIfAborted()
    step += 1
    const own = step
    const stepped = trainer.step(feeds).then((result) => {
      total += weight * result.loss
      weights += weight
      after?.(result, own)
    })
    underWay.push(stepped)
    if (after || underWay.length > workAhead) await underWay.shift()
    context.progress?.(step, epochs * stepsPerEpoch)
  }
  await Promise.all(underWay)
  return total / Math.max(1, weights)
}

interface Beginning {
  readonly trainer: TensorTrainer
  /** Epochs done before. */
  readonly done: number
  readonly best: Best | undefined
}

const bestPrefix = 'best '
const besidePrefix = 'beside '

/** Afresh, or where a checkpoint of this very course left off. */
async function begin(course: Course): Promise<Beginning> {
  const { training, seed, context, beside } = course
  const random = seededRandom(joinSeeds(seed, 0))
  const threads = context.machine?.threads
  const saved = await context.checkpoint?.load()
  if (!saved || !isOf(saved, course)) {
    return { trainer: await openTrainer(training, { random, threads }), done: 0, best: undefined }
  }
  beside?.load(tensorsUnder(saved, besidePrefix))
  return {
    trainer: await openTrainer(training, { random, saved, threads }),
    done: Number(saved.meta['epoch']),
    best: bestIn(saved),
  }
}

function isOf({ meta }: SavedModel, { seed, phase = '' }: Pick<Course, 'seed' | 'phase'>): boolean {
  return meta['courseSeed'] === seed && (meta['phase'] ?? '') === phase
}

function bestIn(saved: SavedModel): Best {
  const { bestEpoch, bestValue } = saved.meta
  return {
    epoch: Number(bestEpoch),
    value: Number(bestValue),
    parameters: tensorsUnder(saved, bestPrefix),
  }
}

/** The best so far of a course that a checkpoint holds, and how many epochs that course has at most. */
export async function courseBefore(
  { checkpoint }: Pick<CourseContext, 'checkpoint'>,
  course: Pick<Course, 'seed' | 'phase'>,
): Promise<{ readonly best: Best; readonly epochs: number } | undefined> {
  const saved = await checkpoint?.load()
  if (!saved || !isOf(saved, course)) return undefined
  return { best: bestIn(saved), epochs: Number(saved.meta['epochs']) }
}

async function keep(trainer: TensorTrainer, course: Course, epoch: number, best: Best) {
  const { context, seed, beside, phase = '', epochs } = course
  if (!context.checkpoint) return
  const { tensors, meta } = await trainer.save()
  await context.checkpoint.save({
    tensors: {
      ...tensors,
      ...named(bestPrefix, best.parameters),
      ...named(besidePrefix, beside?.save() ?? {}),
    },
    meta: {
      ...{ ...meta, courseSeed: seed, phase, epoch, epochs },
      ...{ bestEpoch: best.epoch, bestValue: best.value },
    },
  })
}

function named(prefix: string, arrays: Parameters): Record<string, SavedTensor> {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, data]) => [prefix + name, { shape: [data.length], data }]),
  )
}

function tensorsUnder({ tensors }: SavedModel, prefix: string): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, { data }]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), data as Float32Array]] : [],
    ),
  )
}
