import { expect, it } from 'vitest'
import { foretoldActions } from '../../domain/action-values.ts'
import { normal, type Random, seededRandom } from '../../math/random.ts'
import { type ActionModel, logOddsOf, stepOf } from './action-model.ts'
import { fitActions } from './fit-actions.ts'
import { heightAt, placeOf } from './shapes.ts'
import type { Slate } from './slates.ts'

const parts = ['taste', 'dislike', 'noise']
const before = Float64Array.of(0.5, -0.2, 0.2)
const like = 1 << foretoldActions.indexOf('like')
const hide = 1 << foretoldActions.indexOf('hide')

/** What really happens: more taste helps less and less, and what stands lower is seen less. */
function truth(taste: number, dislike: number, place: number): number {
  return chanceOf(-2 + 2.5 * Math.sqrt(taste) - 2 * dislike) * 0.93 ** (place - 1)
}

function chanceOf(z: number): number {
  return 1 / (1 + Math.exp(-z))
}

/** A page of twenty whose best stand first, as a feed that knows a little would have it. */
function page(random: Random): Slate {
  const rows = Array.from({ length: 20 }, () => [random(), random() < 0.3 ? random() : 0, random()])
  const score = (row: readonly number[]): number => row[0]! + 0.3 * normal(random)
  const shown = rows.map((row) => ({ row, at: score(row) })).sort((a, b) => b.at - a.at)
  return {
    parts: Float32Array.from(shown.flatMap(({ row }) => row)),
    places: Uint8Array.from(shown, (_, place) => place + 1),
    outcomes: Uint16Array.from(shown, ({ row: [taste = 0, dislike = 0] }, place) => {
      const isLiked = random() < truth(taste, dislike, place + 1)
      return (isLiked ? like : 0) | (random() < 0.15 * dislike ? hide : 0)
    }),
    context: [random() < 0.5 ? 'hour:9' : 'hour:21'],
    shareKept: 1,
  }
}

let kept: ReturnType<typeof learn> | undefined
function learned(): ReturnType<typeof learn> {
  kept ??= learn()
  return kept
}

async function learn() {
  const random = seededRandom(3)
  const slates = Array.from({ length: 1_200 }, () => page(random))
  const fitted = await fitActions({ parts, slates }, { before })
  if (!fitted) throw new Error('nothing was learned')
  return fitted
}

function chance(model: ActionModel, action: number, ...said: number[]): number {
  return chanceOf(logOddsOf(model, model.curves[action]!, said))
}

it('foretells each action as often as it happens, on pages that taught nothing', async () => {
  const { model, measured } = await learned()
  expect(model.curves.map(({ action }) => action)).toEqual(['like', 'hide'])
  for (const { calibrationError, logLoss, baseLogLoss } of measured) {
    expect(calibrationError).toBeLessThan(0.02)
    expect(logLoss).toBeLessThan(0.98 * baseLogLoss)
  }
  // At the first place, whatever the place that such items mostly had.
  for (const taste of [0.3, 0.6, 0.95]) {
    expect(Math.abs(chance(model, 0, taste, 0, 0.5) - truth(taste, 0, 1))).toBeLessThan(0.08)
  }
})

it('bends curves as people do, and never turns one', async () => {
  const { model } = await learned()
  const { count, at } = model.knots
  const [likes, hides] = model.curves
  for (let knot = 1; knot < count; knot++) {
    expect(likes!.heights[knot]!).toBeGreaterThanOrEqual(likes!.heights[knot - 1]!)
    expect(likes!.heights[count + knot]!).toBeLessThanOrEqual(likes!.heights[count + knot - 1]!)
    expect(hides!.heights[count + knot]!).toBeGreaterThanOrEqual(hides!.heights[count + knot - 1]!)
  }
  const taste = (value: number): number =>
    heightAt(likes!.heights, 0, placeOf(model.knots, 0, value))
  expect(taste(0)).toBe(0)
  // The first quarter of the way is worth more than the last.
  expect(taste(0.25)).toBeGreaterThan(1.5 * (taste(1) - taste(0.75)))
  expect(at[0]).toBe(0)
})

it('does not take being shown first for being good', async () => {
  const { model } = await learned()
  const places = model.curves[0]!.places
  for (let step = 1; step < places.length; step++) {
    expect(places[step]!).toBeLessThanOrEqual(places[step - 1]!)
  }
  // 0.93^14 of 0.5 is 0.18, about -1.5 in log-odds.
  expect(places[stepOf(15)]!).toBeLessThan(-0.7)
})

it('says nothing of what hardly ever happens', async () => {
  const random = seededRandom(5)
  const few = Array.from({ length: 20 }, () => page(random))
  const { model } = (await fitActions({ parts, slates: few }, { before })) ?? {}
  expect(model?.curves.map(({ action }) => action) ?? []).not.toContain('hide')
  expect(await fitActions({ parts, slates: few.slice(0, 1) }, { before })).toBeUndefined()
})

it('takes rows drawn by lot for what they are', async () => {
  const random = seededRandom(7)
  const thin = (slate: Slate): Slate => {
    const kept = [...slate.outcomes.keys()].filter(
      (row) => slate.outcomes[row] !== 0 || random() < 0.25,
    )
    return {
      ...slate,
      parts: Float32Array.from(
        kept.flatMap((row) => [...slate.parts.subarray(3 * row, 3 * row + 3)]),
      ),
      places: slate.places.filter((_, row) => kept.includes(row)),
      outcomes: slate.outcomes.filter((_, row) => kept.includes(row)),
      shareKept: 0.25,
    }
  }
  const slates = Array.from({ length: 1_500 }, () => thin(page(random)))
  const fitted = await fitActions({ parts, slates }, { before })
  expect(Math.abs(chance(fitted!.model, 0, 0.6, 0, 0.5) - truth(0.6, 0, 1))).toBeLessThan(0.1)
})
