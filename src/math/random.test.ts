import { expect, it } from 'vitest'
import { integer, normal, seededRandom, shuffle, someOf, weightedChoice } from './random.ts'
import { mean, standardDeviation } from './stats.ts'

function draws<Value>(count: number, draw: () => Value): Value[] {
  return Array.from({ length: count }, draw)
}

it('gives the same numbers for the same seed and others for another', () => {
  expect(draws(5, seededRandom(7))).toEqual(draws(5, seededRandom(7)))
  expect(draws(5, seededRandom(7))).not.toEqual(draws(5, seededRandom(8)))
  expect(draws(5, seededRandom(1))).not.toEqual(draws(5, seededRandom(1 + 2 ** 32)))
})

it('is uniform in [0, 1)', () => {
  const random = seededRandom(1)
  const counts = new Float64Array(10)
  for (let draw = 0; draw < 100_000; draw++) {
    counts[Math.floor(random() * 10)]! += 1
  }
  expect(counts.reduce((sum, count) => sum + count)).toBe(100_000)
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
})

it('draws whole numbers from a range, its end left out', () => {
  const random = seededRandom(2)
  expect(new Set(draws(1000, () => integer(random, 3, 6)))).toEqual(new Set([3, 4, 5]))
})

it('draws normal numbers of mean 0 and deviation 1', () => {
  const random = seededRandom(3)
  const values = draws(50_000, () => normal(random))
  expect(Math.abs(mean(values))).toBeLessThan(0.02)
  expect(Math.abs(standardDeviation(values) - 1)).toBeLessThan(0.02)
})

it('shuffles lists of any kind without losing an element', () => {
  const random = seededRandom(4)
  const numbers = shuffle(
    random,
    new Int32Array(100).map((_, index) => index),
  )
  expect([...numbers]).not.toEqual(draws(100, () => 0).map((_, index) => index))
  expect([...numbers].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, index) => index),
  )
  const firsts = draws(3000, () => shuffle(random, ['a', 'b', 'c'])[0])
  for (const letter of ['a', 'b', 'c']) {
    expect(firsts.filter((first) => first === letter).length).toBeGreaterThan(900)
  }
})

it('draws some of a list, each as likely, and none twice', () => {
  const random = seededRandom(5)
  const times = new Map<string, number>()
  for (let round = 0; round < 6_000; round++) {
    const some = someOf(random, 'abcd', 2)
    expect(new Set(some).size).toBe(2)
    const pair = some.join('')
    times.set(pair, (times.get(pair) ?? 0) + 1)
  }
  expect(times.size).toBe(12)
  for (const count of times.values()) expect(Math.abs(count - 500)).toBeLessThan(100)
  expect(someOf(random, [1, 2, 3], 9).sort()).toEqual([1, 2, 3])
})

it('chooses by weight and says -1 when nothing can be chosen', () => {
  const random = seededRandom(5)
  const chosen = draws(10_000, () => weightedChoice(random, [0, 1, 3, -2]))
  expect(new Set(chosen)).toEqual(new Set([1, 2]))
  expect(Math.abs(chosen.filter((choice) => choice === 2).length - 7500)).toBeLessThan(250)
  expect(weightedChoice(random, [])).toBe(-1)
  expect(weightedChoice(random, [0, -1])).toBe(-1)
})
