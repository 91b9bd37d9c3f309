import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { judge, type Trial } from './gate.ts'

const options = { challenger: 'new', against: ['old', 'none'] }

/** @param gain of the new one over the old, by segment */
function trials(people: number, gain: (segment: string) => number): Trial[] {
  const random = seededRandom(3)
  return Array.from({ length: people }, (_, person) => {
    const segment = person % 3 === 0 ? 'cold people' : 'known people'
    const old = random()
    const values = { new: old + gain(segment) + (random() - 0.5) / 10, old, none: old - 0.1 }
    return { person, segments: [segment], values }
  })
}

it('lets a better model pass, and one that is equal within noise', () => {
  expect(
    judge(
      trials(200, () => 0.05),
      options,
    ).passes,
  ).toBe(true)
  expect(
    judge(
      trials(200, () => 0),
      options,
    ).passes,
  ).toBe(true)
})

it('refuses a model that is worse for one kind of people, though better on the whole', () => {
  const verdict = judge(
    trials(300, (segment) => (segment === 'cold people' ? -0.2 : 0.3)),
    options,
  )
  expect(verdict.passes).toBe(false)
  expect(verdict.reasons.join(' ')).toContain('Worse than old for cold people: by 0.')
  expect(verdict.segments.find(({ segment }) => segment === 'all')?.isWorse).toBe(false)
})

it('takes no number for the worst there is', () => {
  const broken = trials(100, () => 0).map((trial) => ({
    ...trial,
    values: { ...trial.values, new: Number.NaN },
  }))
  expect(judge(broken, options).passes).toBe(false)
})

it('counts a busy person once, and does not judge by a handful of people', () => {
  const one = trials(1, () => 0.5)[0]!
  const verdict = judge(
    Array.from({ length: 500 }, () => one),
    options,
  )
  expect(verdict.passes).toBe(false)
  expect(verdict.reasons).toEqual([
    'There are fresh choices of 1 people only; at least 20 are needed to judge.',
  ])
  expect(judge([], options).passes).toBe(false)
})
