/**
 * `kith evaluate policies` below the command line: the reward of a policy, estimated from the log of another,
 * beside what it really was.
 */
import { createHash } from 'node:crypto'
import { KithError } from '../../errors.ts'
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
  type Weighed,
} from './estimators.ts'
import { readBandit } from './read-bandit.ts'
import { type Recovered, recoverPolicy } from './recover-policy.ts'
import { fitRewards, weigh } from './reward-model.ts'
import type { Rounds } from './rounds.ts'

export interface EvaluatePoliciesOptions {
  /** A folder in the layout of the Open Bandit Dataset. */
  readonly log: string
  /** The policy whose log is read, by the name of its file. */
  readonly from: string
  /** The policy that is asked about; its own log tells the truth. */
  readonly to: string
  /** Seeds 1 to this: of the folds and of the draws. */
  readonly seeds: number
  /** Draws with replacement, of each seed. */
  readonly resamples: number
  /** Left out: the evaluation is made all the same and not kept. */
  readonly registry?: Registry | undefined
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
}

export interface PolicyRow {
  readonly model: EstimatorName | 'truth' | 'logged'
  readonly metrics: {
    readonly reward: { readonly mean: number; readonly sd: number }
    /** The middle 95 % of draws with replacement. */
    readonly low: { readonly mean: number; readonly sd: number }
    readonly high: { readonly mean: number; readonly sd: number }
  }
  /** Whether the estimate lies within the interval of the truth. */
  readonly isWithinTruth: boolean
  readonly seconds: number
}

export interface PoliciesJson {
  readonly task: 'policies'
  readonly data: string
  readonly from: string
  readonly to: string
  readonly seeds: number
  readonly resamples: number
  readonly sizes: Readonly<Record<'rounds' | 'actions' | 'places' | 'rewards', number>>
  /** Σ w / n, which is about 1 where the policies are told right; and rounds that the weights leave. */
  readonly weights: Readonly<Record<'mean' | 'largest' | 'effectiveRounds', number>>
  readonly policy: Readonly<Record<'stretchHours' | 'fit' | 'bestFit', number | null>>
  readonly rows: readonly PolicyRow[]
}

export async function evaluatePolicies(
  options: EvaluatePoliciesOptions,
): Promise<{ readonly table: string; readonly json: PoliciesJson }> {
  const { log, from, to } = options
  if (from === to) {
    throw new KithError(
      'invalid-input',
      `"${from}" is asked about from its own log, which tells it at once: give two policies.`,
    )
  }
  const [logged, own] = (await readBandit(log, [from, to])) as [Rounds, Rounds]
  const json = await recorded(options, logged, () => measure(options, logged, own))
  return { table: tableOf(json), json }
}

/** One seed's estimates, with those of its draws. */
interface Trial {
  readonly estimates: Estimates
  readonly draws: readonly Estimates[]
  readonly truths: readonly number[]
  readonly weighed: Weighed
  readonly recovered: Recovered
}

function measure(options: EvaluatePoliciesOptions, logged: Rounds, own: Rounds): PoliciesJson {
  const { log, from, to, seeds, resamples, clock, signal, progress } = options
  const began = clock()
  const trials: Trial[] = []
  for (let seed = 1; seed <= seeds; seed++) {
    progress?.(`seed ${seed}`, seed - 1, seeds)
    signal?.throwIfAborted()
    trials.push(tryOnce(logged, own, resamples, seed))
  }
  const seconds = (clock() - began) / 1000
  const [{ weighed, recovered }] = trials as [Trial]
  const { stretchMs, fit, bestFit } = recovered
  return {
    task: 'policies',
    ...{ data: log, from, to, seeds, resamples },
    sizes: {
      rounds: logged.count,
      actions: logged.actions,
      places: logged.placeCount,
      rewards: logged.rewards.reduce((sum, reward) => sum + reward, 0),
    },
    weights: {
      mean: mean(weighed.weights),
      largest: weighed.weights.reduce((a, b) => Math.max(a, b), 0),
      effectiveRounds: effectiveRounds(weighed.weights),
    },
    policy: {
      stretchHours: Number.isFinite(stretchMs) ? stretchMs / 3_600_000 : null,
      fit,
      bestFit,
    },
    rows: rowsOf(trials, logged, own, seconds),
  }
}

function tryOnce(logged: Rounds, own: Rounds, resamples: number, seed: number): Trial {
  const random = seededRandom(seed)
  const recovered = recoverPolicy(own, random)
  const weighed = weigh(logged, recovered.policyFor(logged), fitRewards(logged, random))
  return {
    estimates: estimate(weighed),
    draws: bootstrap(weighed, resamples, random),
    truths: bootstrapMeans(own.rewards, resamples, random),
    weighed,
    recovered,
  }
}

function rowsOf(
  trials: readonly Trial[],
  logged: Rounds,
  own: Rounds,
  seconds: number,
): PolicyRow[] {
  const truth = intervalOf(trials.flatMap(({ truths }) => truths))
  const row = (
    model: PolicyRow['model'],
    values: readonly number[],
    { low, high }: Interval,
    taken: number,
  ): PolicyRow => {
    const reward = { mean: mean(values), sd: values.length > 1 ? standardDeviation(values) : 0 }
    return {
      model,
      metrics: { reward, low: { mean: low, sd: 0 }, high: { mean: high, sd: 0 } },
      isWithinTruth: reward.mean >= truth.low && reward.mean <= truth.high,
      seconds: taken,
    }
  }
  const drawn = bootstrapMeans(logged.rewards, trials[0]!.draws.length, seededRandom(0))
  return [
    row('truth', [mean(own.rewards)], truth, 0),
    row('logged', [mean(logged.rewards)], intervalOf(drawn), 0),
    ...estimatorNames.map((name) =>
      row(
        name,
        trials.map(({ estimates }) => estimates[name]),
        intervalOf(trials.flatMap(({ draws }) => draws.map((draw) => draw[name]))),
        seconds,
      ),
    ),
  ]
}

async function recorded(
  { registry, seeds, signal, log, from, to, resamples }: EvaluatePoliciesOptions,
  { taken, rewards, propensities, count, actions }: Rounds,
  work: () => PoliciesJson,
): Promise<PoliciesJson> {
  if (!registry) return work()
  const sums = createHash('sha256').update(taken).update(rewards).update(propensities)
  const data = {
    name: log,
    hash: sums.digest('hex'),
    users: 0,
    items: actions,
    interactions: count,
  }
  const plan = {
    kind: 'evaluate',
    models: [...estimatorNames],
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    options: { task: 'policies', from, to, resamples },
    data,
  } as const
  return record({ registry, plan, signal }, async () => {
    const result = work()
    const rows = result.rows.map(({ model, metrics, seconds }) => ({
      ...{ model, segment: 'all', metrics: { ...metrics }, seconds, memoryMb: 0 },
    }))
    return { result, end: { rows } }
  })
}

const names: Readonly<Record<PolicyRow['model'], string>> = {
  truth: 'truth',
  logged: 'logged',
  model: 'model alone',
  ips: 'IPS',
  snips: 'SNIPS',
  dr: 'DR',
}

function tableOf({
  data,
  from,
  to,
  sizes,
  weights,
  policy,
  seeds,
  resamples,
  rows,
}: PoliciesJson): string {
  const percent = (value: number): string => `${(100 * value).toFixed(3)} %`
  const body = rows.map(({ model, metrics: { reward, low, high }, isWithinTruth }) => [
    model === 'logged' || model === 'truth'
      ? `${names[model]}: ${model === 'truth' ? to : from} on its own log`
      : `${names[model]} of ${to} from the log of ${from}`,
    percent(reward.mean) + (reward.sd > 0 ? ` ± ${(100 * reward.sd).toFixed(3)}` : ''),
    `${percent(low.mean)} – ${percent(high.mean)}`,
    isWithinTruth ? 'yes' : 'no',
  ])
  const stretch = policy.stretchHours === null ? 'all time' : `${policy.stretchHours} hours`
  return [
    `${data} · ${sizes.rounds} rounds of ${from}, ${sizes.rewards} rewards · ${sizes.actions} actions, ${sizes.places} places · seeds ${seeds}, ${resamples} draws each`,
    `chances of ${to} smoothed over ${stretch}: mean log ${policy.fit?.toFixed(3)} on rounds left out, ${policy.bestFit?.toFixed(3)} as logged`,
    `weights: mean ${weights.mean.toFixed(3)}, largest ${weights.largest.toFixed(1)}, as good as ${Math.round(weights.effectiveRounds)} rounds of ${to} itself`,
    '',
    aligned([['reward', 'estimate', '95 % of draws', 'within the truth’s'], ...body]),
  ].join('\n')
}
