/**
 * The head alone, on vectors that stay as they are: a classifier by itself, and the right beginning
 * of a fine-tuning, whose first steps would else pull the encoder apart (Kumar et al. 2022, LP-FT).
 */
import { seededRandom, shuffle } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import { input } from '../../../tensor/expression.ts'
import { softCrossEntropy } from '../../../tensor/losses.ts'
import { joinSeeds } from '../../../tensor/mask.ts'
import { adamW } from '../../../tensor/optimizers.ts'
import { cosine } from '../../../tensor/schedules.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { type Best, type CourseContext, runCourse } from '../../course.ts'
import { batchCount } from './batches.ts'
import { type ClassificationOptions, headOf } from './classification.ts'

export interface HeadFit {
  /** [texts × width] */
  readonly vectors: Float32Array
  /** [texts × classes], 1 in each row */
  readonly targets: Float32Array
  readonly texts: number
  readonly classes: number
  readonly options: Pick<ClassificationOptions, 'dropout' | 'usesCosine'>
  readonly seed: number
  /** True: all that is learned, so it takes its time; false: a beginning. */
  readonly isAlone: boolean
  readonly judge?: ((parameters: Parameters) => Promise<number>) | undefined
  readonly context: CourseContext
}

const batch = 256
const leastSteps = { alone: 600, beginning: 150 } as const
const epochsBetweenLooks = 5

export async function fitHead(fit: HeadFit): Promise<Best> {
  const { vectors, targets, texts, classes, options, seed, isAlone, judge, context } = fit
  const width = vectors.length / Math.max(1, texts)
  const x = input('x', 'float32', ['batch', width])
  const shares = input('targets', 'float32', ['batch', classes])
  const loss = softCrossEntropy(headOf(width, classes, options)(x), shares)
  const stepsPerEpoch = batchCount(texts, batch)
  const epochs = Math.max(
    10,
    Math.ceil(leastSteps[isAlone ? 'alone' : 'beginning'] / stepsPerEpoch),
  )
  const schedule = cosine({ rate: 0.005, steps: epochs * stepsPerEpoch, warmUp: 10 })
  return runCourse({
    training: compileTraining({ loss, optimizer: adamW({ decay: 0.05 }), schedule, clip: 1 }),
    ...{
      seed,
      epochs,
      stepsPerEpoch,
      patience: epochs,
      context: { ...context, report: undefined },
    },
    judge: judge && everyFew(judge),
    *batches(epoch) {
      const random = seededRandom(joinSeeds(seed, epoch))
      const order = shuffle(
        random,
        Int32Array.from({ length: texts }, (_, n) => n),
      )
      for (let at = 0; at < texts; at += batch) {
        const some = order.subarray(at, at + batch)
        const feeds = {
          x: rowsAt(vectors, some, width),
          targets: rowsAt(targets, some, classes),
        }
        yield { feeds }
      }
    },
  })
}

/** An epoch here is short, a look at the validation part is not. */
function everyFew(judge: (parameters: Parameters) => Promise<number>) {
  let epoch = 0
  return async (parameters: Parameters): Promise<number> =>
    ++epoch % epochsBetweenLooks === 0 ? judge(parameters) : -Infinity
}

export function rowsAt(table: Float32Array, rows: Int32Array, width: number): Float32Array {
  const some = new Float32Array(rows.length * width)
  for (const [at, row] of rows.entries()) {
    some.set(table.subarray(row * width, (row + 1) * width), at * width)
  }
  return some
}
