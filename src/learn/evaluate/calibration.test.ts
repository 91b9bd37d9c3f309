import { expect, it } from 'vitest'
import { normal, seededRandom } from '../../math/random.ts'
import { calibrationOf, type ScoredPairs } from './calibration.ts'

const random = seededRandom(3)
const chance = (score: number): number => 1 / (1 + Math.exp(-score))

/** Real with the chance of the score; the score is then stretched. */
function pairs(count: number, stretch: (score: number) => number): ScoredPairs {
  const scores = Array.from({ length: count }, () => 2 * normal(random))
  const real = scores.map((score) => (random() < chance(score) ? 1 : 0))
  return { scores: scores.map(stretch), real }
}

it('finds probabilities that are true to be so, and others not', () => {
  const honest = calibrationOf(pairs(20_000, chance), undefined)!
  expect(honest.by).toBe('probabilities')
  expect(honest.error).toBeLessThan(0.02)
  expect(honest.bins).toHaveLength(10)
  expect(honest.bins.reduce((sum, bin) => sum + bin.pairs, 0)).toBe(20_000)
  const boastful = calibrationOf(
    pairs(20_000, (score) => chance(3 * score)),
    undefined,
  )!
  expect(boastful.error).toBeGreaterThan(0.08)
})

it('counts the error by hand', () => {
  const given = { scores: [0.05, 0.05, 0.95, 1], real: [0, 1, 1, 1] }
  const { error, bins } = calibrationOf(given, undefined)!
  expect(bins.map(({ observed }) => observed)).toEqual([0.5, 1])
  expect(error).toBeCloseTo((2 / 4) * 0.45 + (2 / 4) * 0.025, 12)
})

it('gives scores of any scale a curve, fitted on other people', () => {
  const stretch = (score: number): number => 1e6 + 300 * score
  const fitted = calibrationOf(pairs(20_000, stretch), pairs(20_000, stretch))!
  expect(fitted.by).toBe('fitted curve')
  expect(fitted.error).toBeLessThan(0.02)
})

it('stands scores that are missing, endless, equal or without fault', () => {
  const broken = { scores: [Number.NaN, -Infinity, Infinity, 1], real: [0, 0, 1, 1] }
  expect(calibrationOf(broken, broken)!.error).toBeLessThan(0.5)
  const flat = { scores: [1, 1, 1, 1], real: [0, 0, 1, 1] }
  expect(calibrationOf(flat, flat)!.error).toBeCloseTo(0, 6)
  const perfect = { scores: [0, 0, 1, 1], real: [0, 0, 1, 1] }
  expect(calibrationOf(perfect, perfect)!.error).toBeLessThan(0.1)
  expect(calibrationOf({ scores: [], real: [] }, perfect)).toBeUndefined()
})
