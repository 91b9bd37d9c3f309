import fc from 'fast-check'
import { expect, it } from 'vitest'
import { auc, coverage, gini, listMetrics, novelty } from './metrics.ts'

// Ranked: hit, miss, hit, miss, miss. Relevant are three items, one of them not found.
const hits = Uint8Array.of(1, 0, 1, 0, 0)

it('counts recall as found of all relevant, at each length', () => {
  expect(listMetrics.recall(hits, 5, 3)).toBeCloseTo(2 / 3, 12)
  expect(listMetrics.recall(hits, 2, 3)).toBeCloseTo(1 / 3, 12)
})

it('counts NDCG against the best list of min(|R|, k) hits', () => {
  const gain = 1 + 1 / Math.log2(4)
  const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4)
  expect(listMetrics.ndcg(hits, 5, 3)).toBeCloseTo(gain / ideal, 12)
  expect(listMetrics.ndcg(hits, 1, 3)).toBe(1)
  expect(listMetrics.ndcg(Uint8Array.of(1, 1), 2, 9)).toBe(1)
})

it('counts the hit rate, the first hit and average precision', () => {
  expect(listMetrics.hr(hits, 1, 3)).toBe(1)
  expect(listMetrics.hr(Uint8Array.of(0, 0), 2, 3)).toBe(0)
  expect(listMetrics.mrr(Uint8Array.of(0, 0, 1), 3, 1)).toBeCloseTo(1 / 3, 12)
  expect(listMetrics.mrr(Uint8Array.of(0, 0, 1), 2, 1)).toBe(0)
  expect(listMetrics.map(hits, 5, 3)).toBeCloseTo((1 / 1 + 2 / 3) / 3, 12)
  expect(listMetrics.map(hits, 2, 3)).toBeCloseTo(1 / 2, 12)
})

it('is at ease with a list shorter than k', () => {
  expect(listMetrics.recall(Uint8Array.of(1), 10, 2)).toBe(0.5)
  expect(listMetrics.ndcg(Uint8Array.of(1), 10, 1)).toBe(1)
  expect(listMetrics.mrr(Uint8Array.of(), 10, 1)).toBe(0)
})

it('measures how much of the catalogue is shown and how unequally', () => {
  expect(coverage([3, 0, 1, 0])).toBe(0.5)
  expect(gini([2, 2, 2, 2])).toBe(0)
  expect(gini([0, 0, 0, 8])).toBe(0.75)
  // Sorted 1, 3: ((2 - 3) · 1 + (4 - 3) · 3) / (2 · 4)
  expect(gini([3, 1])).toBe(0.25)
  expect(gini([0, 0])).toBe(0)
})

it('measures novelty in bits, by who knows the item', () => {
  // Of 7 people, 3 know the first: -log2(4/8) = 1 bit; nobody the second: -log2(1/8) = 3 bits.
  expect(novelty([1, 0], [3, 0], 7)).toBe(1)
  expect(novelty([1, 1], [3, 0], 7)).toBe(2)
  expect(novelty([0, 0], [3, 0], 7)).toBe(0)
})

it('auc counts the pairs in the right order, equals half', () => {
  const of = (relevant: number[], others: number[]): number =>
    auc(Float32Array.from(relevant), Float32Array.from(others))
  expect(of([3], [1, 2])).toBe(1)
  expect(of([1], [2, 3])).toBe(0)
  expect(of([2, 2], [2, 1, 3])).toBe(0.5)
  expect(of([Number.NaN], [0])).toBe(0)
  expect(of([1], [])).toBeNaN()
  const score = fc.integer({ min: -3, max: 3 })
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 1 }),
      fc.array(score, { minLength: 1 }),
      (relevant, others) => {
        const pairs = relevant.flatMap((a): number[] =>
          others.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)),
        )
        const mean = pairs.reduce((sum, one) => sum + one, 0) / pairs.length
        expect(of(relevant, others)).toBeCloseTo(mean, 10)
      },
    ),
  )
})
