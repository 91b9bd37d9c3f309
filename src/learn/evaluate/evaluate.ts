/** Rows side by side: every ranker on the same splits and seeds, against the best baseline. */
import { KithError } from '../../errors.ts'
import { seededRandom } from '../../math/random.ts'
import { mean, standardDeviation } from '../../math/stats.ts'
import { dataHash } from '../data/data-hash.ts'
import { activeUsers, type ItemFacts, type Note, size } from '../data/dataset.ts'
import type { Split } from '../data/split.ts'
import type { KeptCheckpoint } from '../runs/checkpoint.ts'
import type { FitCheckpoints } from '../runs/fit-checkpoints.ts'
import type { EncodeTexts, FitReport } from '../trainer.ts'
import type { Calibration } from './calibration.ts'
import { metricName } from './lists.ts'
import { type Measurement, measure } from './measure.ts'
import { rowOf, savedRow } from './measured-row.ts'
import type { Ranker } from './ranker.ts'
import { languagesOf, type Segment, segmentsOf } from './segments.ts'
import { type Comparison, pairedTest } from './significance.ts'

export interface EvaluateOptions {
  readonly rankers: readonly Ranker[]
  /** Called once per seed. */
  readonly split: (seed: number) => Split
  /** False: the parts are the same for every seed, so what uses no chance runs once. */
  readonly splitUsesChance: boolean
  /** The row that all others are compared with; the best baseline when left out. */
  readonly against?: string | undefined
  readonly at: readonly number[]
  /** Seeds 1 to this. */
  readonly seeds: number
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: EvaluateProgress | undefined
  /** Where the learning curves of a fit go. @param fit for example `als/seed 1` */
  readonly report?: ((fit: string) => FitReport) | undefined
  /** Where a fit keeps what it needs to go on after a kill. */
  readonly checkpoint?: FitCheckpoints | undefined
  /** For trainers that read texts. */
  readonly encode?: EncodeTexts | undefined
  readonly note?: Note | undefined
  /** Orders each person's test items among so many others by lot, instead of all items. */
  readonly candidates?: number | undefined
  /** For segments by the language of an item's text. */
  readonly languageOf?: ((text: string) => string | undefined) | undefined
}

export type EvaluateProgress = (phase: string, done: number, total: number) => void

export interface Spread {
  readonly mean: number
  /** Over seeds; 0 when one run says all. */
  readonly sd: number
}

export interface EvaluationRow {
  readonly model: string
  readonly metrics: Readonly<Record<string, Spread>>
  /** Mean of a run, fit and rank. */
  readonly seconds: number
  readonly fitSeconds: number
  /** Largest resident size of the process during the row. */
  readonly memoryMb: number
  /** The same above what was resident before the row. */
  readonly ownMemoryMb: number
  readonly runs: number
  /** By metric: this row minus the best baseline, over the same people. */
  readonly versus: Readonly<Record<string, Comparison & { readonly against: string }>>
  /** Recall and NDCG at the first list length, of parts of the people and items. */
  readonly segments?: Readonly<Record<string, SegmentSpread>> | undefined
  /** Of the first seed. */
  readonly calibration?: Calibration | undefined
  /** Test people of whom the model knew nothing; mean over seeds. */
  readonly servedByPopularity?: number | undefined
}

export interface SegmentSpread {
  /** Who has something to find in it; mean over seeds. */
  readonly people: number
  readonly metrics: Readonly<Record<string, Spread>>
}

export interface Evaluation {
  readonly rows: readonly EvaluationRow[]
  /** Of the last seed's split. */
  readonly sizes: { readonly train: number; readonly valid: number; readonly test: number }
  readonly testPeople: number
}

export const baselineNames: readonly string[] = [
  'random',
  'popular',
  'recent',
  'friends',
  'item-knn',
  'majority',
  'naive-bayes',
]

export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { rankers, at, seeds, splitUsesChance, candidates } = options
  if (candidates !== undefined) refuseScoreless(rankers)
  const languages = languagesOnce(options.languageOf)
  const runs = new Map<string, Measurement[]>(rankers.map(({ name }) => [name, []]))
  const finished: KeptCheckpoint[] = []
  let sizes = { train: 0, valid: 0, test: 0 }
  let testPeople = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const split = options.split(seed)
    sizes = { train: size(split.train), valid: size(split.valid), test: size(split.test) }
    testPeople = activeUsers(split.test).length
    refuseEmptyTest(testPeople)
    const segments = segmentsOf(split, languages(split.train.facts))
    const keep = keeperOf(split, seed, options)
    for (const ranker of rankers) {
      if (seed > 1 && !splitUsesChance && !ranker.usesChance) continue
      const kept = keep?.(ranker.name)
      if (kept) finished.push(kept.row)
      const measurement = await rowOnce({ ranker, split, seed, segments, kept }, options)
      runs.get(ranker.name)!.push(measurement)
    }
  }
  for (const row of finished) await row.discard()
  return {
    rows: rowsOf(runs, [metricName('recall', at[0]!), metricName('ndcg', at[0]!)], options.against),
    sizes,
    testPeople,
  }
}

/** What a killed evaluation goes on from: the fit under way, and the rows that were finished. */
interface Kept {
  readonly fit: KeptCheckpoint
  readonly row: KeptCheckpoint
}

function keeperOf(
  { train, valid, test }: Split,
  seed: number,
  { checkpoint, at, candidates = 0 }: EvaluateOptions,
): ((trainer: string) => Kept) | undefined {
  if (!checkpoint) return undefined
  const data = dataHash(train, valid)
  const options = { row: 'finished', tested: dataHash(test), at: at.join(','), candidates }
  return (trainer) => ({
    fit: checkpoint({ data, trainer, seed }),
    row: checkpoint({ data, trainer, seed, options }),
  })
}

interface RowToMeasure {
  readonly ranker: Ranker
  readonly split: Split
  readonly seed: number
  readonly segments: readonly Segment[]
  readonly kept?: Kept | undefined
}

async function rowOnce(
  { ranker, split, seed, segments, kept }: RowToMeasure,
  options: EvaluateOptions,
): Promise<Measurement> {
  const { at, clock, signal, candidates, encode } = options
  const saved = await kept?.row.load()
  const before = saved && rowOf(saved)
  if (before) return before
  const measurement = await measure(ranker, split, {
    ...{ at, clock, candidates, segments },
    lots: seededRandom(seed + 2 ** 33),
    context: {
      ...{ random: seededRandom(seed + 2 ** 32), signal, encode, checkpoint: kept?.fit },
      note: (text) => options.note?.(`seed ${seed}: ${text}`),
      report: options.report?.(`${ranker.name}/seed ${seed}`),
    },
    progress: (phase, done, total) =>
      options.progress?.(`${ranker.name}, seed ${seed}: ${phase}`, done, total),
  })
  await kept?.row.save(savedRow(measurement))
  await kept?.fit.discard()
  return measurement
}

/** Splits of one data set share their texts. */
function languagesOnce(languageOf: EvaluateOptions['languageOf']) {
  let known: { readonly facts: unknown; readonly languages: ReturnType<typeof languagesOf> }
  return (facts: readonly ItemFacts[] | undefined): typeof known.languages | undefined => {
    if (!languageOf || !facts) return undefined
    if (known?.facts !== facts) known = { facts, languages: languagesOf(facts, languageOf) }
    return known.languages
  }
}

function refuseScoreless(rankers: readonly Ranker[]): void {
  const scoreless = rankers.filter(({ givesScores }) => !givesScores).map(({ name }) => name)
  if (scoreless.length === 0) return
  throw new KithError(
    'invalid-input',
    `Candidates by lot need scores, and ${scoreless.join(', ')} gives lists only: leave it out of --models, or rank everything.`,
  )
}

/** A mean over nobody is not a number. */
export function refuseEmptyTest(tests: number): void {
  if (tests > 0) return
  throw new KithError(
    'invalid-input',
    'The test part is empty, so there is nothing to measure: give more data, a larger test share, or test pairs that are not in the training part.',
  )
}

/** @param judged metrics of the significance test */
/** @param against the row that all others are compared with; the best baseline when left out */
export function rowsOf(
  runs: ReadonlyMap<string, readonly Measurement[]>,
  judged: readonly string[],
  against?: string,
): EvaluationRow[] {
  const best = judged.map((metric) => ({
    metric,
    against: against !== undefined && runs.has(against) ? against : bestBaseline(runs, metric),
  }))
  return [...runs].map(([model, measurements]) => ({
    model,
    metrics: spreads(measurements),
    seconds: mean(measurements.map((run) => run.fitSeconds + run.rankSeconds)),
    fitSeconds: mean(measurements.map((run) => run.fitSeconds)),
    memoryMb: Math.max(...measurements.map((run) => run.memoryMb)),
    ownMemoryMb: Math.max(...measurements.map((run) => run.ownMemoryMb)),
    runs: measurements.length,
    segments: segmentSpreads(measurements),
    calibration: measurements[0]?.calibration,
    servedByPopularity: meanOf(measurements.map((run) => run.servedByPopularity)),
    versus: Object.fromEntries(
      best.flatMap(({ metric, against }) =>
        against === undefined || against === model
          ? []
          : [[metric, { against, ...compare(measurements, runs.get(against)!, metric) }]],
      ),
    ),
  }))
}

function spreads(measurements: readonly Pick<Measurement, 'metrics'>[]): Record<string, Spread> {
  const names = [...(measurements[0]?.metrics.keys() ?? [])]
  return Object.fromEntries(
    names.map((name) => {
      const values = measurements.map(({ metrics }) => metrics.get(name)!)
      return [name, { mean: mean(values), sd: standardDeviation(values) }]
    }),
  )
}

/** Of a segment that some seeds' splits do not have, over those that have it. */
function segmentSpreads(measurements: readonly Measurement[]): EvaluationRow['segments'] {
  const names = new Set(measurements.flatMap(({ segments }) => [...(segments?.keys() ?? [])]))
  if (names.size === 0) return undefined
  return Object.fromEntries(
    [...names].map((name): [string, SegmentSpread] => {
      const values = measurements.flatMap(({ segments }) => segments?.get(name) ?? [])
      return [name, { people: mean(values.map(({ people }) => people)), metrics: spreads(values) }]
    }),
  )
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : mean(known)
}

function bestBaseline(
  runs: ReadonlyMap<string, readonly Measurement[]>,
  metric: string,
): string | undefined {
  const worth = (name: string): number =>
    mean((runs.get(name) ?? []).map(({ metrics }) => metrics.get(metric)!))
  return baselineNames.filter((name) => runs.has(name)).sort((a, b) => worth(b) - worth(a))[0]
}

/** Each person counts once, with their mean over the seeds in which they had a test. */
function compare(
  ours: readonly Measurement[],
  theirs: readonly Measurement[],
  metric: string,
): Comparison {
  const own = personMeans(ours, metric)
  const other = personMeans(theirs, metric)
  return pairedTest(own.map((value, person) => value - other[person]!))
}

function personMeans(measurements: readonly Measurement[], metric: string): Float64Array {
  const people = measurements[0]?.byPerson.get(metric)?.length ?? 0
  return Float64Array.from({ length: people }, (_, person) => {
    const values = measurements.map(({ byPerson }) => byPerson.get(metric)![person]!)
    const known = values.filter((value) => !Number.isNaN(value))
    return known.length === 0 ? Number.NaN : mean(known)
  })
}
