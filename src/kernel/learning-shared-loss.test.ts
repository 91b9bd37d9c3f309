import { afterEach, expect, it } from 'vitest'
import { normal, type Random, seededRandom } from '../math/random.ts'
import type { SharedSample } from './learning/shared-loss.ts'
import { type LearningKernel, openLearningKernel } from './learning-kernel.ts'
import type { Table } from './learning-memory.ts'
import { dotProduct } from './reference.ts'

const kernels: LearningKernel[] = []

function open(threads = 1): LearningKernel {
  const kernel = openLearningKernel({ threads })
  kernels.push(kernel)
  return kernel
}

afterEach(async () => {
  await Promise.all(kernels.splice(0).map((kernel) => kernel.close()))
})

function sampleOf(kernel: LearningKernel, rows: number, others: number, random: Random) {
  const table = (count: number): Table => {
    const made = kernel.table(count, 16)
    made.values.set(Float32Array.from(made.values, () => 0.5 * normal(random)))
    return made
  }
  return { anchors: table(rows), wanted: table(rows), others: table(others) }
}

/** The mean loss in plain loops. */
function lossOf({ anchors, wanted, others }: SharedSample, temperature: number): number {
  const row = ({ width, values }: Table, number: number): Float32Array =>
    values.subarray(number * width, (number + 1) * width)
  let sum = 0
  for (let n = 0; n < anchors.rows; n++) {
    const anchor = row(anchors, n)
    const own = dotProduct(anchor, row(wanted, n)) / temperature
    let powers = Math.exp(own)
    for (let m = 0; m < others.rows; m++) {
      powers += Math.exp(dotProduct(anchor, row(others, m)) / temperature)
    }
    sum += Math.log(powers) - own
  }
  return sum / anchors.rows
}

it.each([
  [1, 8],
  [70, 24],
  [300, 136],
])(
  'of %i anchors and %i shared rows has the loss and the slope of plain loops',
  async (rows, others) => {
    const kernel = open(2)
    const random = seededRandom(rows)
    const sample = sampleOf(kernel, rows, others, random)
    const gradient = sampleOf(kernel, rows, others, random)
    const loss = await kernel.sharedLoss(sample, gradient, 0.3)
    expect(loss).toBeCloseTo(lossOf(sample, 0.3), 4)
    for (const part of ['anchors', 'wanted', 'others'] as const) {
      const { values } = sample[part]
      const before = values.slice()
      const direction = Float32Array.from(values, () => normal(random))
      const moved = (length: number): number => {
        values.set(before.map((value, at) => value + length * direction[at]!))
        return lossOf(sample, 0.3)
      }
      const expected = (moved(1e-3) - moved(-1e-3)) / 2e-3
      values.set(before)
      const found = dotProduct(gradient[part].values, direction)
      expect(Math.abs(found - expected)).toBeLessThan(2e-3 * (1 + Math.abs(expected)))
    }
  },
)

it('gives the same to the last bit whatever the number of threads', async () => {
  const results = []
  for (const threads of [1, 2, 3]) {
    const kernel = open(threads)
    const sample = sampleOf(kernel, 500, 256, seededRandom(1))
    const gradient = sampleOf(kernel, 500, 256, seededRandom(2))
    const loss = await kernel.sharedLoss(sample, gradient, 0.1)
    results.push([loss, ...gradient.anchors.values, ...gradient.others.values])
  }
  expect(results[1]).toEqual(results[0])
  expect(results[2]).toEqual(results[0])
})

it('keeps its numbers where scores are far apart, and refuses odd counts', async () => {
  const kernel = open()
  const sample = sampleOf(kernel, 4, 8, seededRandom(3))
  for (const { values } of Object.values(sample)) for (const at of values.keys()) values[at]! *= 30
  const gradient = sampleOf(kernel, 4, 8, seededRandom(4))
  expect(await kernel.sharedLoss(sample, gradient, 0.01)).toBeGreaterThanOrEqual(0)
  expect(gradient.others.values.every(Number.isFinite)).toBe(true)
  const odd = sampleOf(kernel, 4, 9, seededRandom(5))
  await expect(kernel.sharedLoss(odd, odd, 1)).rejects.toThrow('multiple of 8')
})
