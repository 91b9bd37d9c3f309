/**
 * `kith evaluate policies --own` below the command line: what other ways of choosing would have earned at the
 * places of an engine's own pages that chance filled.
 */
import { createHash } from 'node:crypto'
import type { PolicyLog } from '../../domain/policy-log.ts'
import { seededRandom } from '../../math/random.ts'
import { mean, standardDeviation } from '../../math/stats.ts'
import { aligned } from '../evaluate/table.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import {
  bootstrap,
  bootstrapMeans,
  type Estimates,
  type EstimatorName,
  effectiveRounds,
  estimate,
  estimatorNames,
  type Interval,
  intervalOf,
} from './estimators.ts'
import { type OwnPolicy, ownPolicies, ownRounds } from './own-rounds.ts'
import { fitRewards, type RewardModel, weigh } from './reward-model.ts'
import type { Rounds } from './rounds.ts'

export interface EvaluateOwnOptions {
  readonly log: PolicyLog
  /** Seeds 1 to this: of the folds and of the draws. */
  readonly seeds: number
  /** Draws with replacement, of each seed. */
  readonly resamples: number
  /** Left out: the evaluation is made all the same and not kept. */
  readonly registry?: Registry | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
}

export interface Estimated extends Interval {
  readonly mean: number
  readonly sd: number
}

export interface OwnPolicyRow {
  readonly policy: string
  /** Of the rounds, in how many it takes what chance took: what its estimates rest on. */
  readonly agrees: number
  /** Rounds of the policy itself that would say as much. */
  readonly effectiveRounds: number
  readonly estimates: Readonly<Record<EstimatorName, Estimated>>
}

export interface OwnPoliciesJson {
  readonly task: 'own-policies'
  readonly pages: number
  readonly rounds: number
  readonly rewards: number
  readonly seeds: number
  readonly resamples: number
  /** What chance itself earned. */
  readonly logged: Interval & { readonly mean: number }
  readonly rows: readonly OwnPolicyRow[]
}

/** @throws KithError `conflict` for a log from which nothing can be told */
export async function evaluateOwn(
  options: EvaluateOwnOptions,
): Promise<{ readonly table: string; readonly json: OwnPoliciesJson }> {
  const rounds = ownRounds(options.log)
  const json = await recorded(options, rounds, () => measure(options, rounds))
  return { table: tableOf(json), json }
}

function measure(options: EvaluateOwnOptions, rounds: Rounds): OwnPoliciesJson {
  const { log, seeds, resamples, signal, progress } = options
  const models = Array.from({ length: seeds }, (_, at) => {
    progress?.('rewards', at, seeds)
    signal?.throwIfAborted()
    return fitRewards(rounds, seededRandom(at + 1))
  })
  const rows = ownPolicies(log).map((policy, at, { length }) => {
    progress?.(policy.name, at, length)
    signal?.throwIfAborted()
    return rowOf(policy, rounds, models, resamples)
  })
  const logged = {
    mean: mean(rounds.rewards),
    ...intervalOf(bootstrapMeans(rounds.rewards, resamples, seededRandom(0))),
  }
  const rewards = rounds.rewards.reduce((sum, reward) => sum + reward, 0)
  return {
    task: 'own-policies',
    ...{ pages: log.pages, rounds: rounds.count, rewards, seeds, resamples, logged, rows },
  }
}

function rowOf(
  { name, chances }: OwnPolicy,
  rounds: Rounds,
  models: readonly RewardModel[],
  resamples: number,
): OwnPolicyRow {
  const weighed = models.map((model) => weigh(rounds, chances, model))
  const trials = weighed.map(estimate)
  const draws = weighed.flatMap((one, at) => bootstrap(one, resamples, seededRandom(at + 1)))
  const { weights } = weighed[0]!
  return {
    policy: name,
    agrees: weights.reduce((sum, weight) => sum + Number(weight > 0), 0) / rounds.count,
    effectiveRounds: effectiveRounds(weights),
    estimates: Object.fromEntries(
      estimatorNames.map((estimator) => [estimator, estimatedBy(estimator, trials, draws)]),
    ) as OwnPolicyRow['estimates'],
  }
}

function estimatedBy(
  name: EstimatorName,
  trials: readonly Estimates[],
  draws: readonly Estimates[],
): Estimated {
  const values = trials.map((estimates) => estimates[name])
  const sd = values.length > 1 ? standardDeviation(values) : 0
  return { mean: mean(values), sd, ...intervalOf(draws.map((draw) => draw[name])) }
}

async function recorded(
  { registry, seeds, signal, resamples, log }: EvaluateOwnOptions,
  { taken, rewards, propensities, count, actions }: Rounds,
  work: () => OwnPoliciesJson,
): Promise<OwnPoliciesJson> {
  if (!registry) return work()
  const sums = createHash('sha256').update(taken).update(rewards).update(propensities)
  const plan = {
    kind: 'evaluate',
    models: ownPolicies(log).map(({ name }) => name),
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    options: { task: 'own-policies', resamples },
    data: {
      ...{ name: 'own pages', hash: sums.digest('hex') },
      ...{ users: 0, items: actions, interactions: count },
    },
  } as const
  return record({ registry, plan, signal }, async () => {
    const result = work()
    const rows = result.rows.map(({ policy, estimates }) => ({
      ...{ model: policy, segment: 'all', seconds: 0, memoryMb: 0 },
      metrics: Object.fromEntries(
        estimatorNames.map((name) => [
          name,
          { mean: estimates[name].mean, sd: estimates[name].sd },
        ]),
      ),
    }))
    return { result, end: { rows } }
  })
}

function tableOf(result: OwnPoliciesJson): string {
  const { pages, rounds, rewards, seeds, resamples, logged, rows } = result
  const percent = (value: number): string => `${(100 * value).toFixed(2)} %`
  const between = ({ low, high }: Interval): string => `${percent(low)} – ${percent(high)}`
  const body = rows.map(({ policy, agrees, effectiveRounds: effective, estimates }) => [
    policy,
    percent(estimates.ips.mean),
    percent(estimates.snips.mean),
    percent(estimates.dr.mean),
    between(estimates.dr),
    percent(agrees),
    String(Math.round(effective)),
  ])
  const head = [
    'policy',
    'IPS',
    'SNIPS',
    'DR',
    '95 % of draws of DR',
    'agrees',
    'as good as rounds',
  ]
  const chance = [
    'chance, as logged',
    ...['', '', percent(logged.mean), between(logged), '', String(rounds)],
  ]
  return [
    `own pages · ${pages} pages, ${rounds} places given to chance, ${rewards} rewarded within a day · seeds ${seeds}, ${resamples} draws each`,
    '',
    aligned([head, chance, ...body]),
  ].join('\n')
}
