import { afterEach, describe, expect, it } from 'vitest'
import { integer, normal, seededRandom } from '../math/random.ts'
import type { SampledLoss } from './learning/losses.ts'
import { type LearningKernel, openLearningKernel } from './learning-kernel.ts'
import type { Table } from './learning-memory.ts'

const random = seededRandom(12)
const kernels: LearningKernel[] = []

function open(threads: number): LearningKernel {
  const kernel = openLearningKernel({ threads })
  kernels.push(kernel)
  return kernel
}

afterEach(async () => {
  await Promise.all(kernels.splice(0).map((kernel) => kernel.close()))
})

function randomTable(kernel: LearningKernel, rows: number, width: number): Table {
  const table = kernel.table(rows, width)
  table.values.set(Float32Array.from(table.values, () => normal(random) / Math.sqrt(width)))
  return table
}

/** The change of the loss along a random direction, by differences and by the gradient. */
function slopesAlong(
  loss: (values: number[]) => number,
  at: Float32Array,
  gradient: Float32Array,
): { difference: number; gradient: number } {
  const direction = Array.from(at, () => normal(random))
  const moved = (step: number): number[] => direction.map((d, place) => at[place]! + step * d)
  return {
    difference: (loss(moved(1e-6)) - loss(moved(-1e-6))) / 2e-6,
    gradient: direction.reduce((sum, d, place) => sum + d * gradient[place]!, 0),
  }
}

function lossOf(loss: SampledLoss, scores: number[], weights: number[]): number {
  if (loss.kind === 'softmax') {
    const powers = scores.map((score) => Math.exp(score / loss.temperature))
    return -Math.log(powers[0]! / powers.reduce((sum, power) => sum + power, 0))
  }
  if (loss.kind === 'logistic') {
    const costs = scores.map((score, n) => Math.log1p(Math.exp(n === 0 ? -score : score)))
    return costs.reduce((sum, cost, n) => sum + weights[n]! * cost, 0)
  }
  const over = scores.slice(1).map((score) => Math.max(0, score - loss.margin))
  return 1 - scores[0]! + (loss.weight * over.reduce((sum, one) => sum + one, 0)) / over.length
}

/** Of rows of 8. */
function dotOfRows(a: ArrayLike<number>, row: number, b: ArrayLike<number>, other: number): number {
  let sum = 0
  for (let d = 0; d < 8; d++) sum += a[row * 8 + d]! * b[other * 8 + d]!
  return sum
}

const width = 16
const [people, things, each, count] = [30, 50, 6, 700]

describe.each([1, 2])('with %i threads', (threads) => {
  it.each([
    { kind: 'softmax', temperature: 0.5 },
    { kind: 'softmax', temperature: 1 },
    { kind: 'logistic' },
    { kind: 'margin', margin: 0.1, weight: 3 },
  ] satisfies SampledLoss[])(
    'a sampled loss %o agrees with plain loops, and its gradient with it',
    async (kind) => {
      const kernel = open(threads)
      const table = randomTable(kernel, people + things, width)
      const users = kernel.integers(Array.from({ length: count }, () => integer(random, 0, people)))
      const items = kernel.integers(
        Array.from({ length: count * each }, () => integer(random, people, people + things)),
      )
      const weights = kernel.floats(count * each)
      for (const at of weights.keys()) weights[at] = 0.5 + random()
      const loss = kind.kind === 'logistic' ? { ...kind, weights } : kind
      const gradient = kernel.table(people + things, width)
      const value = (values: ArrayLike<number>): number => {
        let sum = 0
        for (const [sample, user] of users.entries()) {
          const scores = Array.from({ length: each }, (_, n) => {
            const item = items[sample * each + n]!
            let score = 0
            for (let d = 0; d < width; d++)
              score += values[user * width + d]! * values[item * width + d]!
            return score
          })
          sum += lossOf(loss, scores, [...weights.subarray(sample * each, (sample + 1) * each)])
        }
        return sum / count
      }
      const tables = { users: table, items: table, userGradient: gradient, itemGradient: gradient }
      const found = await kernel.sampledLoss({ users, items }, tables, loss)
      expect(found).toBeCloseTo(value(table.values), 4)
      const slopes = slopesAlong(value, table.values, gradient.values)
      expect(slopes.gradient).toBeCloseTo(slopes.difference, 3)
    },
  )

  it.each([9, 700])(
    'InfoNCE of %i pairs agrees with plain loops, and its gradient with it',
    async (rows) => {
      const kernel = open(threads)
      const [a, b] = [randomTable(kernel, rows, 8), randomTable(kernel, rows, 8)]
      const gradients = { a: kernel.table(rows, 8), b: kernel.table(rows, 8) }
      const value = (left: ArrayLike<number>, right: ArrayLike<number>): number => {
        const losses = Array.from({ length: rows }, (_, row) => {
          const scores = Array.from({ length: rows }, (_, other) => {
            return dotOfRows(left, row, right, other) / 0.2
          })
          const total = scores.reduce((sum, score) => sum + Math.exp(score), 0)
          return Math.log(total) - scores[row]!
        })
        return losses.reduce((sum, loss) => sum + loss, 0) / rows
      }
      const found = await kernel.contrast(a, b, gradients, { temperature: 0.2, scale: 2 })
      expect(found).toBeCloseTo(value(a.values, b.values), 4)
      const byA = slopesAlong((values) => value(values, b.values), a.values, gradients.a.values)
      expect(byA.gradient / 2).toBeCloseTo(byA.difference, 3)
      const byB = slopesAlong((values) => value(a.values, values), b.values, gradients.b.values)
      expect(byB.gradient / 2).toBeCloseTo(byB.difference, 3)
    },
  )
})

it('stays finite where scores are far apart', async () => {
  const kernel = open(1)
  const table = kernel.table(3, 8)
  table.values.set(Array(8).fill(30), 0)
  table.values.set(Array(8).fill(-30), 8)
  table.values.set(Array(8).fill(30), 16)
  const gradient = kernel.table(3, 8)
  const tables = { users: table, items: table, userGradient: gradient, itemGradient: gradient }
  const samples = { users: kernel.integers([0]), items: kernel.integers([1, 2]) }
  const far = await kernel.sampledLoss(samples, tables, { kind: 'softmax', temperature: 1 })
  expect(far).toBeCloseTo(14_400, -1)
  const logistic = await kernel.sampledLoss(samples, tables, { kind: 'logistic' })
  expect(logistic).toBeCloseTo(14_400, -1)
  expect(gradient.values.every(Number.isFinite)).toBe(true)
})
