import { expect, it } from 'vitest'
import { actionValues, foretoldActions } from '../../domain/action-values.ts'
import type { Wishes } from '../../domain/wishes.ts'
import { type ActionModel, logOddsOf } from '../../learn/actions/action-model.ts'
import { normal, type Random, seededRandom } from '../../math/random.ts'
import { createCandidates } from '../candidates.ts'
import { townNetwork } from '../stage.contract.ts'
import { foretelling } from './foretelling.ts'
import { weighing } from './weighing.ts'

const names = ['taste', 'dislike', 'author', 'freshness', 'outrage']
const network = townNetwork()
const request = network.request('kofi')
const context = network.contextFor(request)

function someModel(random: Random): ActionModel {
  const count = 4
  const at = Float64Array.from(names.flatMap(() => [0, 0.2, 0.5, 1]))
  const curves = foretoldActions.map((action) => ({
    action,
    base: -2 + normal(random),
    heights: at.map((x) => x * 2 * normal(random)),
    contexts: {},
    places: Float64Array.of(-1),
  }))
  return { parts: names, knots: { count, at }, curves }
}

/** Candidates of random words, valued by a model. */
function valued(random: Random, wishes?: Wishes) {
  const model = someModel(random)
  const valuer = foretelling(model, names)
  const candidates = createCandidates()
  candidates.reset(['test'])
  for (let item = 0; item < 200; item++) candidates.add(item, 0)
  for (const name of names) {
    const column = candidates.column(name)
    for (let row = 0; row < 200; row++) column[row] = random() < 0.4 ? 0 : random()
  }
  valuer.value(candidates, request, withWishes(wishes))
  valuer.split(
    candidates,
    Int32Array.from({ length: candidates.count }, (_, row) => row),
  )
  return { model, valuer, candidates }
}

/** ±log(1 + |gain| / usual), the gain being what is foretold beyond an item nothing is known of. */
function scoreOf(model: ActionModel, said: readonly number[]): number {
  const nothing = said.map(() => 0)
  let gain = 0
  let usual = 0
  for (const curve of model.curves) {
    const worth = actionValues[curve.action]
    const chance = (values: readonly number[]): number =>
      1 / (1 + Math.exp(-logOddsOf(model, curve, values)))
    gain += worth * (chance(said) - chance(nothing))
    usual += Math.abs(worth) * chance(nothing)
  }
  return Math.sign(gain) * Math.log1p(Math.abs(gain) / usual)
}

function withWishes(wishes: Wishes | undefined) {
  const { memory } = context
  const user = memory.people.get(request.person)!
  const people = {
    get: () => (wishes ? { ...user, wishes } : user),
  } as unknown as typeof memory.people
  return { ...context, memory: { ...memory, people } }
}

it('parts sum to the score to 1e-6, and the score is the worth of what is foretold', () => {
  const random = seededRandom(1)
  for (let round = 0; round < 20; round++) {
    const { model, candidates } = valued(random)
    for (let row = 0; row < candidates.count; row++) {
      const said = names.map((name) => candidates.raw.get(name)![row]!)
      const parts = names.reduce((sum, name) => sum + candidates.parts.get(name)![row]!, 0)
      expect(Math.abs(parts - candidates.scores[row]!)).toBeLessThan(1e-6)
      expect(candidates.scores[row]!).toBeCloseTo(scoreOf(model, said), 5)
    }
  }
})

it('knows the score without a part, exactly', () => {
  const { candidates, valuer, model } = valued(seededRandom(2))
  for (const [place, name] of names.entries()) {
    const said = names.map((other) => candidates.raw.get(other)![7]!)
    const bare = said.map((value, at) => (at === place ? 0 : value))
    expect(valuer.scoreWithout(candidates, 7, name)).toBeCloseTo(scoreOf(model, bare), 6)
  }
})

it('heeds wishes: more from friends lifts them, less outrage lowers it, and the parts still sum', () => {
  const lift = (wishes: Wishes, part: string): number => {
    const plain = valued(seededRandom(3)).candidates
    const wished = valued(seededRandom(3), wishes).candidates
    const gains = [...plain.raw.get(part)!.subarray(0, plain.count)].map((said, row) => {
      const sum = names.reduce((total, name) => total + wished.parts.get(name)![row]!, 0)
      expect(Math.abs(sum - wished.scores[row]!)).toBeLessThan(1e-6)
      const gain = wished.scores[row]! - plain.scores[row]!
      if (said === 0) expect(Math.abs(gain)).toBeLessThan(1e-9)
      return gain
    })
    return gains.reduce((sum, gain) => sum + gain, 0) / gains.length
  }
  expect(lift({ friends: 1 }, 'author')).toBeGreaterThan(0.02)
  expect(lift({ friends: -1 }, 'author')).toBeLessThan(-0.02)
  expect(lift({ outrage: -1 }, 'outrage')).toBeLessThan(-0.1)
})

it('weighs wishes before anything was learned too', () => {
  const said = { freshness: 0.5, author: 0.5, outrage: 0.5 }
  const scorers = Object.keys(said).map((name) => ({
    scorer: { name, score: () => undefined },
    weight: name === 'outrage' ? 0 : 0.4,
  }))
  const scoreWith = (wishes?: Wishes): number => {
    const candidates = createCandidates()
    candidates.reset(['test'])
    candidates.add(1, 0)
    for (const [name, value] of Object.entries(said)) candidates.column(name)[0] = value
    weighing(scorers, { heedsWishes: true }).value(candidates, request, withWishes(wishes))
    return candidates.scores[0]!
  }
  expect(scoreWith({ fresh: 1 })).toBeGreaterThan(scoreWith() + 0.3)
  expect(scoreWith({ friends: -1 })).toBeLessThan(scoreWith() - 0.2)
  expect(scoreWith({ outrage: -1 })).toBeLessThan(scoreWith() - 0.3)
})
