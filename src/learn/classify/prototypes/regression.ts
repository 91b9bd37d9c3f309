/**
 * Softmax regression that begins at the mean of each class and moves only as far as its few texts ask: the
 * mean is what a nearest-centroid classifier would say (Snell et al. 2017), the rest tells neighbours apart.
 */
import { type Random, shuffle } from '../../../math/random.ts'
import { compileTraining } from '../../../tensor/compile.ts'
import { constant, type Expression, input, parameter } from '../../../tensor/expression.ts'
import { zeros } from '../../../tensor/initial.ts'
import { softCrossEntropy } from '../../../tensor/losses.ts'
import { add, mul } from '../../../tensor/operations/arithmetic.ts'
import { square } from '../../../tensor/operations/elementwise.ts'
import { matmul } from '../../../tensor/operations/matmul.ts'
import { sum } from '../../../tensor/operations/reduce.ts'
import { adam } from '../../../tensor/optimizers.ts'
import { cosine } from '../../../tensor/schedules.ts'
import { openTrainer } from '../../../tensor/trainer.ts'
import { rowsAt } from '../../text/train/fit-head.ts'
import { targetsOf } from '../../text/train/targets.ts'
import type { ClassifyContext } from '../classifier.ts'

export interface PlacedTexts {
  /** [texts × width], each of length one */
  readonly vectors: Float32Array
  readonly width: number
  /** [texts], each a class */
  readonly labels: Int32Array
  readonly classes: number
}

export interface RegressionOptions {
  /** A cosine is multiplied by it before the softmax. */
  readonly scale: number
  /** How dear it is to leave the means: half of it times the squared way. */
  readonly hold: number
  readonly steps: number
  readonly rate: number
}

/** Texts of one step; with fewer, every step sees all of them. */
const batch = 2_048

/** @returns [classes × width], the mean direction of each class; of length one, or 0 without a text */
export function prototypes({ vectors, width, labels, classes }: PlacedTexts): Float32Array {
  const rows = new Float32Array(classes * width)
  for (const [n, label] of labels.entries()) {
    for (let d = 0; d < width; d++) rows[label * width + d]! += vectors[n * width + d]!
  }
  for (let k = 0; k < classes; k++) {
    const row = rows.subarray(k * width, (k + 1) * width)
    const length = Math.sqrt(row.reduce((squares, value) => squares + value * value, 0))
    if (length > 0) for (let d = 0; d < width; d++) row[d]! /= length
  }
  return rows
}

/** @returns [classes × width] planes; the score of a text is their product with its vector */
export async function regress(
  texts: PlacedTexts,
  options: RegressionOptions,
  { random, signal, machine }: Pick<ClassifyContext, 'random' | 'signal' | 'machine'>,
): Promise<Float32Array> {
  const { vectors, width, labels, classes } = texts
  const begins = prototypes(texts)
  const training = compileTraining({
    loss: lossOf(begins, texts, options),
    optimizer: adam(),
    schedule: cosine({ rate: options.rate, steps: options.steps }),
  })
  const targets = targetsOf(labels, classes, 0)
  const trainer = await openTrainer(training, { random, threads: machine?.threads })
  try {
    for (let step = 0; step < options.steps; step++) {
      signal?.throwIfAborted()
      const some = drawn(labels.length, random)
      await trainer.step({
        x: rowsAt(vectors, some, width),
        targets: rowsAt(targets, some, classes),
      })
    }
    const moved = await trainer.read('moved')
    return begins.map((value, at) => value + moved[at]!)
  } finally {
    await trainer.close()
  }
}

/** [] */
function lossOf(
  begins: Float32Array,
  { width, classes }: PlacedTexts,
  { scale, hold }: RegressionOptions,
): Expression {
  const x = input('x', 'float32', ['batch', width])
  const targets = input('targets', 'float32', ['batch', classes])
  const moved = parameter('moved', [classes, width], zeros)
  const planes = add(constant([classes, width], begins), moved)
  const logits = matmul(x, planes, { transposeB: true, scale })
  return add(softCrossEntropy(logits, targets), mul(sum(square(moved)), hold / 2))
}

/** Numbers of texts by lot; all of them where they are few. */
function drawn(texts: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: texts }, (_, n) => n)
  return texts <= batch ? order : shuffle(random, order).subarray(0, batch)
}
