import { describe, expect, it } from 'vitest'
import { integer, normal, type Random, seededRandom } from '../math/random.ts'
import { createExactVectors } from './exact.ts'
import { createInvertedFile, type InvertedFile } from './inverted-file.ts'
import { vectorsContract } from './vectors.contract.ts'

const width = 64

describe('an inverted file that is still small', () => vectorsContract(createInvertedFile))

it('finds nearly all true neighbours, reading few lists', () => {
  const texts = likeTexts(seededRandom(1))
  const index = createInvertedFile(width, undefined, 2000)
  const exact = createExactVectors(width)
  for (let row = 0; row < 6000; row++) {
    const values = texts()
    index.put(row, values)
    exact.put(row, values)
  }
  index.settle()
  const { probes, centroids } = index.state()
  expect(centroids.length / width).toBeGreaterThan(60)
  expect(probes / (centroids.length / width)).toBeLessThan(0.4)
  let found = 0
  for (let query = 0; query < 50; query++) {
    const values = texts()
    const truth = new Set(exact.nearest(values, 100).rows)
    for (const row of index.nearest(values, 100).rows) if (truth.has(row)) found++
  }
  expect(found / 5000).toBeGreaterThan(0.95)
})

it('loses no row while its lists are made and renewed under puts, removals and searches', () => {
  const random = seededRandom(2)
  const texts = likeTexts(random)
  const index = createInvertedFile(width, undefined, 300)
  const plain = new Map<number, Int8Array>()
  for (let step = 0; step < 6000; step++) {
    const row = integer(random, 0, 3000)
    if (random() < 0.2) {
      index.remove(row)
      plain.delete(row)
    } else {
      const values = texts()
      index.put(row, values)
      plain.set(row, values)
    }
    if (step % 200 === 0) expectSame(index, plain)
  }
  index.settle()
  expectSame(index, plain)
})

function expectSame(index: InvertedFile, plain: Map<number, Int8Array>): void {
  expect(index.size).toBe(plain.size)
  const isSame = ([row, values]: [number, Int8Array]) =>
    values.every((value, d) => index.get(row)?.[d] === value)
  expect([...plain].filter((entry) => !isSame(entry))).toEqual([])
  const anyRow = [...plain.keys()][0]!
  expect(index.nearest(plain.get(anyRow)!, 10).cosines[0]).toBeCloseTo(1, 5)
  const all = index.nearest(plain.get(anyRow)!, 10_000).rows
  expect(all.toSorted().join()).toBe(Int32Array.from(plain.keys()).sort().join())
}

it('answers as before after coming back from its state, lists and all', () => {
  const texts = likeTexts(seededRandom(3))
  const index = createInvertedFile(width, undefined, 500)
  for (let row = 0; row < 1500; row++) index.put(row, texts())
  const halfMoved = createInvertedFile(width, index.state(), 500)
  expect(halfMoved.size).toBe(1500)
  index.settle()
  const again = createInvertedFile(width, index.state(), 500)
  for (let query = 0; query < 20; query++) {
    const values = texts()
    expect(again.nearest(values, 50)).toEqual(index.nearest(values, 50))
  }
})

/** Vectors as encoders make them: topics in a space of few dimensions, and noise. */
function likeTexts(random: Random): () => Int8Array {
  const topics = Array.from({ length: 40 }, () => directions(random, 12))
  const basis = Array.from({ length: 12 }, () => directions(random, width))
  return () => {
    const topic = topics[integer(random, 0, topics.length)]!
    const vector = new Float32Array(width)
    for (const [place, axis] of basis.entries()) {
      const amount = topic[place]! + 0.6 * normal(random)
      for (let d = 0; d < width; d++) vector[d]! += amount * axis[d]! + 0.1 * normal(random)
    }
    const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
    return Int8Array.from(vector, (value) => Math.round((value / largest) * 127))
  }
}

function directions(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => normal(random))
}
