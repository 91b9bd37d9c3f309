/**
 * Samples a second of the fused head, forward, backward and AdamW: once as a deep head over gathered rows
 * (text of 384 numbers, gathered from a held table and projected to 128 on both sides, graph rows of 64
 * that are fed and get their gradient, products, 256 and 64 hidden, one logit), once as the trainer
 * `fused` fits it.
 */
import { createHead, tablesOf } from '../../src/learn/fused/head.ts'
import type { Part } from '../../src/learn/fused/parts.ts'
import { integer, normal, type Random, seededRandom } from '../../src/math/random.ts'
import { compileTraining, type TrainingOptions } from '../../src/tensor/compile.ts'
import { input, parameter } from '../../src/tensor/expression.ts'
import type { Feeds } from '../../src/tensor/feeds.ts'
import { glorot } from '../../src/tensor/initial.ts'
import { dense } from '../../src/tensor/layers.ts'
import { binaryCrossEntropy } from '../../src/tensor/losses.ts'
import { mul } from '../../src/tensor/operations/arithmetic.ts'
import { gelu } from '../../src/tensor/operations/elementwise.ts'
import { concat } from '../../src/tensor/operations/layout.ts'
import { matmul } from '../../src/tensor/operations/matmul.ts'
import { gather } from '../../src/tensor/operations/rows.ts'
import { adamW } from '../../src/tensor/optimizers.ts'
import { steady } from '../../src/tensor/schedules.ts'
import { openTrainer } from '../../src/tensor/trainer.ts'

export interface FusedFigures {
  readonly threads: number
  /** Pairs a second of the wall clock, the best step. */
  readonly deep: number
  /** Pairs of the trainer: each positive with each drawn negative. */
  readonly bilinear: number
}

const batch = 4_096
const rounds = 20
const random = seededRandom(1)

export async function benchFused(threads = 1): Promise<FusedFigures> {
  const texts = { texts: floats(items * textWidth, random) }
  const deep = await fastest(deepHead(), deepFeeds(), threads, batch, texts)
  const parts = bilinearParts()
  const { loss } = createHead(parts, { textWidth: 64, loss: 'bce', dropout: 0 })
  const [feeds, pairs] = bilinearFeeds()
  const tables = tablesOf(parts, floats(items, random))
  const bilinear = await fastest(loss, feeds, threads, pairs, tables)
  process.stdout.write(
    `fused head on ${threads} threads: deep ${deep.toFixed(0)} samples/s, as trained by "fused" ${bilinear.toFixed(0)} pairs/s\n`,
  )
  return { threads, deep, bilinear }
}

async function fastest(
  loss: TrainingOptions['loss'],
  feeds: Feeds,
  threads: number,
  samples: number,
  tables: Feeds = {},
): Promise<number> {
  const training = compileTraining({ loss, optimizer: adamW(), schedule: steady(1e-3) })
  const trainer = await openTrainer(training, { random: seededRandom(2), threads })
  await trainer.hold(tables)
  let best = Infinity
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await trainer.step(feeds)
    best = Math.min(best, performance.now() - start)
  }
  await trainer.close()
  return (1_000 * samples) / best
}

const textWidth = 384
const graphWidth = 64

function deepHead(): TrainingOptions['loss'] {
  const wantsGradient = true
  const graph = ['graph of person', 'graph of item'].map((name) =>
    input(name, 'float32', ['batch', graphWidth], { wantsGradient }),
  ) as [ReturnType<typeof input>, ReturnType<typeof input>]
  const projection = parameter('projection', [textWidth, 128], glorot)
  const table = input('texts', 'float32', ['texts', textWidth])
  const text = ['text of person', 'text of item'].map((name) =>
    matmul(gather(table, input(name, 'int32', ['batch'])), projection),
  ) as typeof graph
  const features = concat([...graph, mul(...graph), ...text, mul(...text)])
  const hidden = gelu(dense('second', gelu(dense('first', features, 256)), 64))
  return binaryCrossEntropy(dense('last', hidden, 1), input('labels', 'float32', ['batch', 1]))
}

function deepFeeds(): Feeds {
  return {
    'graph of person': floats(batch * graphWidth, random),
    'graph of item': floats(batch * graphWidth, random),
    'text of person': idsBelow(items, batch),
    'text of item': idsBelow(items, batch),
    labels: Float32Array.from({ length: batch }, () => integer(random, 0, 2)),
  }
}

const people = 5_000
const items = 10_000

function bilinearParts(): Part[] {
  const part = (name: Part['name'], width: number): Part => {
    const rows = floats(items * width, random)
    return { name, width, giving: rows, items: rows, people: floats(people * width, random) }
  }
  return [part('graph', 128), part('text', textWidth)]
}

function bilinearFeeds(): [Feeds, number] {
  const [size, drawn] = [512, 512]
  const feeds = {
    users: idsBelow(people, size),
    positives: idsBelow(items, size),
    negatives: idsBelow(items, drawn),
    allowed: new Float32Array(size * drawn).fill(1),
  }
  return [feeds, size * drawn]
}

function idsBelow(end: number, length: number): Int32Array {
  return Int32Array.from({ length }, () => integer(random, 0, end))
}

function floats(length: number, from: Random): Float32Array {
  return Float32Array.from({ length }, () => 0.1 * normal(from))
}
