/**
 * q(x, a): the reward to be expected of an action, by a model that has not seen the round (cross-fitting,
 * Chernozhukov et al. 2018), so that DR's correction is honest.
 */
import { type Random, shuffle } from '../../math/random.ts'
import type { Weighed } from './estimators.ts'
import { fitLogistic, logisticChance } from './ridge-logistic.ts'
import type { Policy, Rounds } from './rounds.ts'

const folds = 5
/** Tried, from strict to loose; rewards are rare, so most is to be believed of all actions together. */
const ridges: readonly number[] = [300, 100, 30, 10, 3]

export interface RewardModel {
  readonly ridge: number
  /** Chance of a reward; by the model that has not seen the round. */
  expected(round: number, action: number): number
}

/** The ridge is the one of least log-loss on rounds that were left out. Rewards must be 0 or 1. */
export function fitRewards(rounds: Rounds, random: Random): RewardModel {
  const fold = shuffle(
    random,
    Int32Array.from({ length: rounds.count }, (_, n) => n % folds),
  )
  let best = { ridge: Number.NaN, loss: Infinity, models: [] as readonly Float64Array[] }
  for (const ridge of ridges) {
    const models = Array.from({ length: folds }, (_, held) => fitWithout(rounds, fold, held, ridge))
    const loss = lossOf(rounds, fold, models)
    if (loss < best.loss) best = { ridge, loss, models }
  }
  const features = new Float64Array(rounds.features.width)
  return {
    ridge: best.ridge,
    expected(round, action) {
      rounds.features.write(round, action, features)
      return logisticChance(best.models[fold[round]!]!, features)
    },
  }
}

/** What the estimators read of a policy, with this model of rewards. */
export function weigh(rounds: Rounds, policy: Policy, model: RewardModel): Weighed {
  const { count, actions, rewards } = rounds
  const weights = new Float64Array(count)
  const expected = new Float64Array(count)
  const expectedOfPolicy = new Float64Array(count)
  const chances = new Float64Array(actions)
  for (let n = 0; n < count; n++) {
    policy(n, chances)
    const taken = rounds.taken[n]!
    weights[n] = chances[taken]! / rounds.propensities[n]!
    for (let action = 0; action < actions; action++) {
      const value = model.expected(n, action)
      expectedOfPolicy[n]! += chances[action]! * value
      if (action === taken) expected[n] = value
    }
  }
  return { weights, rewards, expected, expectedOfPolicy }
}

function fitWithout(rounds: Rounds, fold: Int32Array, held: number, ridge: number): Float64Array {
  const kept = Int32Array.from({ length: rounds.count }, (_, n) => n).filter(
    (n) => fold[n] !== held,
  )
  const real = Float64Array.from(kept, (n) => rounds.rewards[n]!)
  const { width, write } = rounds.features
  const rows = {
    count: kept.length,
    width,
    real,
    write: (row: number, out: Float64Array) => write(kept[row]!, rounds.taken[kept[row]!]!, out),
  }
  return fitLogistic(rows, ridge)
}

function lossOf(rounds: Rounds, fold: Int32Array, models: readonly Float64Array[]): number {
  const features = new Float64Array(rounds.features.width)
  let loss = 0
  for (let n = 0; n < rounds.count; n++) {
    rounds.features.write(n, rounds.taken[n]!, features)
    const chance = logisticChance(models[fold[n]!]!, features)
    loss -= Math.log(rounds.rewards[n]! > 0 ? chance : 1 - chance)
  }
  return loss
}
