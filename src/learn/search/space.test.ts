import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { popularTrainer } from '../trainers/popular.ts'
import { draw, drawNear, type Space, specOf, type Tunable, trainerOf } from './space.ts'

const space: Space = {
  width: { kind: 'whole', from: 8, to: 512, isLog: true },
  share: { kind: 'real', from: 0, to: 1 },
  power: { kind: 'choice', values: [0, 0.5, 1] },
}
const defaults = { width: 64, share: 0.5, power: 0, threads: 1 }

function tunable(seen: object[] = []): Tunable {
  return {
    name: 'some',
    defaults,
    space,
    make(options) {
      seen.push(options)
      return popularTrainer()
    },
  }
}

it('draws from the whole range, evenly in the logarithm where told so', () => {
  const random = seededRandom(1)
  const drawn = Array.from({ length: 2_000 }, () => draw(space, random))
  const widths = drawn.map(({ width }) => width!)
  expect(Math.min(...widths)).toBe(8)
  expect(Math.max(...widths)).toBeGreaterThan(500)
  expect(widths.every(Number.isInteger)).toBe(true)
  expect(widths.filter((width) => width < 64).length / 2_000).toBeCloseTo(0.5, 1)
  expect(new Set(drawn.map(({ power }) => power))).toEqual(new Set([0, 0.5, 1]))
})

it('draws near a choice within the range', () => {
  const random = seededRandom(2)
  const drawn = Array.from({ length: 500 }, () => drawNear(space, defaults, 0.05, random))
  for (const { share } of drawn) expect(Math.abs(share! - 0.5)).toBeLessThan(0.25)
  const edge = drawNear(space, { ...defaults, share: 1 }, 0.5, () => 0.9)
  expect(edge['share']).toBeLessThanOrEqual(1)
})

it('writes a choice down and makes the same trainer of it', () => {
  const seen: object[] = []
  const spec = specOf('some', { share: 0.25, width: 8 })
  expect(spec).toBe('some:share=0.25:width=8')
  expect(trainerOf(spec, [tunable(seen)]).name).toBe(spec)
  expect(seen).toEqual([{ ...defaults, share: 0.25, width: 8 }])
})

it.each(['some:wide=3', 'some:share=', 'some:share=much', 'some:share'])(
  'refuses "%s" and says what there is',
  (spec) => {
    expect(() => trainerOf(spec, [tunable()])).toThrow(/its options are width=64, share=0\.5/)
  },
)

it('refuses a trainer without options by name', () => {
  expect(() => trainerOf('other:a=1', [tunable()])).toThrow(/these have: some/)
})
