import { expect, it } from 'vitest'
import { integer, type Random, seededRandom, weightedChoice } from '../../math/random.ts'
import { mean, standardDeviation } from '../../math/stats.ts'
import { bootstrap, type Estimates, effectiveRounds, estimate, intervalOf } from './estimators.ts'
import { recoverPolicy } from './recover-policy.ts'
import { fitRewards, weigh } from './reward-model.ts'
import { fitLogistic, logisticChance } from './ridge-logistic.ts'
import type { Rounds } from './rounds.ts'

const actions = 5
/** Of each action, for each of two kinds of people. */
const chanceOfReward = [
  [0.1, 0.2, 0.3, 0.4, 0.5],
  [0.5, 0.4, 0.3, 0.2, 0.1],
] as const
/** Knows what kind somebody is and likes what they like. */
const wise = (kind: number): number[] => chanceOfReward[kind]!.map((chance) => chance / 1.5)

/** @param policy the chances of the actions for a kind, at a moment from 0 to 1 */
function logOf(
  count: number,
  random: Random,
  policy: (kind: number, moment: number) => readonly number[],
): Rounds & { readonly kinds: Int32Array } {
  const kinds = Int32Array.from({ length: count }, () => integer(random, 0, 2))
  const taken = new Int32Array(count)
  const propensities = new Float64Array(count)
  for (let n = 0; n < count; n++) {
    const chances = policy(kinds[n]!, n / count)
    taken[n] = weightedChoice(random, chances)
    propensities[n] = chances[taken[n]!]!
  }
  return {
    count,
    actions,
    taken,
    propensities,
    kinds,
    rewards: Float64Array.from(taken, (action, n) =>
      random() < chanceOfReward[kinds[n]!]![action]! ? 1 : 0,
    ),
    places: new Int32Array(count),
    placeCount: 1,
    atMs: Float64Array.from({ length: count }, (_, n) => (n / count) * 7 * 86_400_000),
    features: {
      width: 2 * actions,
      write(round, action, out) {
        out.fill(0)
        out[kinds[round]! * actions + action] = 1
      },
    },
  }
}

const even = (): number[] => Array.from({ length: actions }, () => 1 / actions)
/** Σ over kinds and actions of the chances of `wise` and the reward. */
const truth = mean([0, 1].map((kind) => sumOf(wise(kind), (p, a) => p * chanceOfReward[kind]![a]!)))

function sumOf(values: readonly number[], of: (value: number, index: number) => number): number {
  return values.reduce((sum, value, index) => sum + of(value, index), 0)
}

function estimatesOf(seed: number, count: number): Estimates {
  const random = seededRandom(seed)
  const log = logOf(count, random, even)
  const policy = (round: number, out: Float64Array) => out.set(wise(log.kinds[round]!))
  return estimate(weigh(log, policy, fitRewards(log, random)))
}

it('IPS, SNIPS and DR tell on average what the policy would have got, DR with the least scatter', () => {
  const all = Array.from({ length: 60 }, (_, seed) => estimatesOf(seed + 1, 400))

  for (const name of ['ips', 'snips', 'dr'] as const) {
    const values = all.map((estimates) => estimates[name])
    expect(Math.abs(mean(values) - truth)).toBeLessThan(0.015)
  }
  const scatter = (name: keyof Estimates) => standardDeviation(all.map((of) => of[name]))
  expect(scatter('dr')).toBeLessThan(scatter('ips'))
  expect(scatter('snips')).toBeLessThan(scatter('ips'))
})

it('DR stays right where the model of rewards is wrong, the model alone does not', () => {
  const log = logOf(20_000, seededRandom(4), even)
  const policy = (round: number, out: Float64Array) => out.set(wise(log.kinds[round]!))

  const { dr, model } = estimate(weigh(log, policy, { ridge: 0, expected: () => 0.05 }))

  expect(model).toBeCloseTo(0.05, 5)
  expect(Math.abs(dr - truth)).toBeLessThan(0.02)
})

it('a policy’s own log under its own chances tells its own mean', () => {
  const log = logOf(500, seededRandom(2), wise)
  const policy = (round: number, out: Float64Array) => out.set(wise(log.kinds[round]!))

  const weighed = weigh(log, policy, { ridge: 0, expected: () => 0 })

  expect(estimate(weighed).ips).toBeCloseTo(mean(log.rewards), 12)
  expect(effectiveRounds(weighed.weights)).toBeCloseTo(500, 6)
})

it('draws with replacement hold the truth about as often as they say', () => {
  let held = 0
  for (let seed = 1; seed <= 40; seed++) {
    const random = seededRandom(seed)
    const log = logOf(300, random, even)
    const policy = (round: number, out: Float64Array) => out.set(wise(log.kinds[round]!))
    const weighed = weigh(log, policy, { ridge: 0, expected: () => 0.3 })
    const { low, high } = intervalOf(bootstrap(weighed, 300, random).map(({ ips }) => ips))
    if (low <= truth && truth <= high) held++
  }
  expect(held).toBeGreaterThanOrEqual(34)
})

it('finds the chances of a policy from its log, and that they change with time', () => {
  const early = [0.6, 0.1, 0.1, 0.1, 0.1]
  const late = [0.1, 0.1, 0.1, 0.1, 0.6]
  const log = logOf(4_000, seededRandom(3), (_, moment) => (moment < 0.5 ? early : late))

  const recovered = recoverPolicy(log, seededRandom(1))

  expect(recovered.stretchMs).toBeLessThan(3 * 86_400_000)
  expect(recovered.bestFit - recovered.fit).toBeLessThan(0.05)
  const out = new Float64Array(actions)
  const policy = recovered.policyFor(log)
  policy(400, out)
  for (const [action, chance] of early.entries()) expect(out[action]).toBeCloseTo(chance, 1)
  policy(3_600, out)
  for (const [action, chance] of late.entries()) expect(out[action]).toBeCloseTo(chance, 1)
  expect(out.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10)
})

it('logistic regression finds the weights that made the data, and a ridge holds them', () => {
  const random = seededRandom(6)
  const xs = Array.from({ length: 5_000 }, () => [random() - 0.5, random() - 0.5])
  const real = xs.map(([a, b]) => (random() < 1 / (1 + Math.exp(-(3 * a! - 2 * b! - 1))) ? 1 : 0))
  const rows = {
    count: xs.length,
    width: 2,
    real,
    write: (row: number, out: Float64Array) => out.set(xs[row]!),
  }

  const [a, b, constant] = fitLogistic(rows, 0.01)

  expect(a).toBeGreaterThan(2.6)
  expect(a).toBeLessThan(3.4)
  expect(b).toBeCloseTo(-2, 0)
  expect(constant).toBeCloseTo(-1, 0)
  const [held] = fitLogistic(rows, 1e6)
  expect(Math.abs(held!)).toBeLessThan(0.01)
  expect(logisticChance(Float64Array.of(0, 0, 0), Float64Array.of(1, 1))).toBe(0.5)
})
