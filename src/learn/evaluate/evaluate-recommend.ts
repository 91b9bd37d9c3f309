/** `kith evaluate recommend` below the command line: options in, a table and one JSON object out. */
import { KithError } from '../../errors.ts'
import { join, type Note, subset } from '../data/dataset.ts'
import { type DataPaths, loadData, type RawData, type SplitName, splitterOf } from '../data/load.ts'
import type { Ratios, Split } from '../data/split.ts'
import type { LiveRanker } from '../replay/live-ranker.ts'
import { replay } from '../replay/replay.ts'
import type { Registry } from '../runs/registry.ts'
import type { EncodeTexts } from '../trainer.ts'
import { liveRankersOf, trainerOfSpec, trainers } from '../trainers.ts'
import {
  type EvaluateOptions,
  type EvaluateProgress,
  type Evaluation,
  type EvaluationRow,
  evaluate,
} from './evaluate.ts'
import { type Published, publishedFor } from './published.ts'
import type { Ranker } from './ranker.ts'
import { recommendTable } from './recommend-table.ts'
import { recorded } from './record-evaluation.ts'
import { trainedRanker } from './trained-ranker.ts'

export interface RecommendOptions extends DataPaths {
  /** By default: `files` with a test part, `replay` where ties show in the events, else `random`. */
  readonly split?: SplitName | 'replay' | undefined
  /** Of training, validation and test; by default as published, else 0.8, 0.1, 0.1, and by time 0.7, 0.1, 0.2. */
  readonly ratios?: Ratios | undefined
  /** Names of rows, in the order of the table; trainers also as `name:option=value:…`. */
  readonly models: readonly string[]
  /** Rows beyond the trainers of this room, for splits. */
  readonly rankers?: readonly Ranker[] | undefined
  /** The same for a replay. */
  readonly liveRankers?: readonly LiveRanker[] | undefined
  /** List lengths; the first is the one of the significance test. */
  readonly at: readonly number[]
  readonly seeds: number
  /** The row that all others are compared with; the best baseline when left out. */
  readonly against?: string | undefined
  /** Fits on training and validation together; by default where the data set is published so. */
  readonly fitsValid?: boolean | undefined
  /** Measures on the validation part, with the test part unseen: for choosing. Never with `fitsValid`. */
  readonly onValid?: boolean | undefined
  /** Milliseconds that only go forward. */
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: EvaluateProgress | undefined
  /** Keeps the evaluation as a run, with the curves of its fits. */
  readonly registry?: Registry | undefined
  /** With a registry: fits that were killed go on from their checkpoints. */
  readonly resumes?: boolean | undefined
  /** For trainers that read texts. */
  readonly encode?: EncodeTexts | undefined
  /** Orders each person's test items among so many others by lot, instead of all items. */
  readonly candidates?: number | undefined
  /** For segments by the language of an item's text. */
  readonly languageOf?: ((text: string) => string | undefined) | undefined
  /** Prints a table of segments, and one of how reliable scores are. */
  readonly segments?: boolean | undefined
}

export interface RecommendReport {
  readonly table: string
  /** The object of `--json`. */
  readonly json: RecommendJson
}

export interface RecommendJson {
  readonly task: 'recommend'
  readonly data: string
  readonly split: string
  readonly seeds: number
  readonly fitsValid: boolean
  /** Which part the numbers are of. */
  readonly measured: 'test' | 'valid'
  /** Items by lot that test items were ordered among; 0 = all items. */
  readonly candidates: number
  readonly sizes: Evaluation['sizes'] & { readonly testPeople: number }
  readonly notes: readonly string[]
  /** Rows of others, where the protocol is theirs. */
  readonly published?: Published | undefined
  readonly rows: readonly EvaluationRow[]
}

const defaultRatios: Ratios = [0.8, 0.1, 0.1]
const timeRatios: Ratios = [0.7, 0.1, 0.2]

export async function evaluateRecommend(options: RecommendOptions): Promise<RecommendReport> {
  refuseBadOptions(options)
  const notes = new Set<string>()
  const note: Note = (text) => notes.add(text)
  const data = await loadData(options, note)
  const plan = planOf(data, options)
  // A name that is none, or a split that cannot be, is refused before anything is kept of it.
  const measure =
    plan.split === 'replay'
      ? replaying(data, plan, options, note)
      : evaluating(data, plan, plan.split, options, note)
  const json = await recorded(
    { ...options, data, plan, note },
    async (records): Promise<RecommendJson> => {
      const evaluation = await measure(records)
      return {
        task: 'recommend',
        data: data.name,
        split: splitText(plan),
        seeds: options.seeds,
        fitsValid: plan.fitsValid,
        measured: plan.onValid ? 'valid' : 'test',
        candidates: options.candidates ?? 0,
        sizes: { ...evaluation.sizes, testPeople: evaluation.testPeople },
        notes: [...notes],
        published: isAsPublished(plan, data, options) ? publishedFor(data.name) : undefined,
        rows: evaluation.rows,
      }
    },
  )
  const isReplay = plan.split === 'replay'
  return { table: recommendTable(json, { ...options, isReplay }), json }
}

/** What is measured, with every default filled in. */
interface Plan {
  readonly split: SplitName | 'replay'
  readonly ratios: Ratios
  readonly fitsValid: boolean
  readonly onValid: boolean
}

export function planOf(
  data: RawData,
  options: Pick<RecommendOptions, 'split' | 'ratios' | 'fitsValid' | 'onValid'>,
): Plan {
  const { protocol = {} } = data
  const { split = defaultSplit(data), onValid = false } = options
  const isByTime = split === 'time' || split === 'replay'
  return {
    split,
    ratios: options.ratios ?? protocol.ratios ?? (isByTime ? timeRatios : defaultRatios),
    fitsValid: !onValid && (options.fitsValid ?? protocol.fitsValid ?? false),
    onValid,
  }
}

/** Numbers on another split, on validation or among a few candidates are no neighbours of these. */
function isAsPublished(plan: Plan, data: RawData, { candidates }: RecommendOptions): boolean {
  const usual = planOf(data, {})
  return (
    candidates === undefined &&
    !plan.onValid &&
    plan.split === usual.split &&
    plan.fitsValid === usual.fitsValid &&
    plan.ratios[2] === usual.ratios[2]
  )
}

function refuseBadOptions(options: RecommendOptions): void {
  const { at, seeds, models, ratios, fitsValid, onValid, candidates } = options
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1
  const problem =
    (at.length === 0 || !at.every(isCount) ? `at = [${at}]: give list lengths like 10,20` : '') ||
    (isCount(seeds) ? '' : `seeds = ${seeds}: give a whole number from 1`) ||
    (isWhole(ratios) ? '' : `ratios = ${ratios}: give three shares from 0 that sum to 1`) ||
    (candidates === undefined || isCount(candidates) ? '' : `candidates = ${candidates}`) ||
    (candidates !== undefined && options.split === 'replay' ? 'candidates in a replay' : '') ||
    (fitsValid && onValid ? 'fit-valid and on-valid: a part is fitted or measured' : '') ||
    (models.length > 0 ? '' : 'models is empty: give names like popular,item-knn')
  if (problem) throw new KithError('invalid-input', `Cannot evaluate with ${problem}.`)
}

function isWhole(ratios: Ratios | undefined): boolean {
  if (!ratios) return true
  const sum = ratios.reduce((total, ratio) => total + ratio, 0)
  return ratios.every((ratio) => ratio >= 0) && Math.abs(sum - 1) < 1e-9
}

function defaultSplit(data: RawData): SplitName | 'replay' {
  if (data.test) return 'files'
  const isStream = data.train.every(({ at }) => at !== undefined)
  const showsTies = data.train.some(({ viaUserId }) => viaUserId !== undefined)
  return isStream && showsTies ? 'replay' : 'random'
}

type Measure = (records: Pick<EvaluateOptions, 'report' | 'checkpoint'>) => Promise<Evaluation>

function evaluating(
  data: RawData,
  plan: Plan,
  split: SplitName,
  options: RecommendOptions,
  note: Note,
): Measure {
  const specified = options.models.filter((model) => model.includes(':'))
  const known = [
    ...trainers.map(trainedRanker),
    ...specified.map((spec) => trainedRanker(trainerOfSpec(spec))),
    ...(options.rankers ?? []),
  ]
  const rankers = chosen(options.models, known)
  const splitOf = splitterOf(data, split, plan.ratios, note)
  return async (records) => {
    const evaluation = await evaluate({
      ...{ ...options, ...records },
      note,
      rankers,
      split: (seed) => partsOf(splitOf(seed), plan),
      splitUsesChance: split !== 'files' && split !== 'time',
    })
    tellServed(evaluation.rows, note)
    return evaluation
  }
}

function tellServed(rows: readonly EvaluationRow[], note: Note): void {
  const served = rows.flatMap(({ model, servedByPopularity = 0 }) =>
    servedByPopularity > 0 ? [`${model} ${Math.round(servedByPopularity)}`] : [],
  )
  if (served.length === 0) return
  note(`test people a model knows nothing of, who got the popular items: ${served.join(', ')}`)
}

function partsOf(split: Split, { fitsValid, onValid }: Plan): Split {
  const { train, valid, test } = split
  if (!fitsValid && !onValid) return split
  const nothing = subset(valid, () => false)
  if (onValid) return { train, valid: nothing, test: valid, allowed: split.allowedValid }
  return { train: join(train, valid), valid: nothing, test, allowed: split.allowed }
}

function replaying(
  data: RawData,
  { ratios, onValid }: Plan,
  options: RecommendOptions,
  note: Note,
): Measure {
  const known = [...liveRankersOf(data.ties ?? []), ...(options.liveRankers ?? [])]
  const rankers = chosen(options.models, known)
  const share = ratios[2]
  return async () => {
    const evaluation = await replay({
      ...options,
      rankers,
      interactions: data.train,
      items: data.items ?? [],
      window: onValid ? [1 - 2 * share, 1 - share] : [1 - share, 1],
    })
    const { untested, unpublished } = evaluation
    if (untested > 0)
      note(`${untested} events repeat a pair or are about one's own item: only learned`)
    if (unpublished > 0)
      note(`${unpublished} events are about an item not published yet: missed by all`)
    return evaluation
  }
}

/** A later row of the same name takes the place of an earlier one. */
function chosen<Row extends { readonly name: string }>(
  models: readonly string[],
  rows: readonly Row[],
): Row[] {
  const byName = new Map(rows.map((row) => [row.name, row]))
  return [...new Set(models)].map((model) => {
    const row = byName.get(model)
    if (row) return row
    const names = [...byName.keys()].join(', ')
    throw new KithError('invalid-input', `There is no model "${model}" here; there are: ${names}.`)
  })
}

export function splitText({ split, ratios }: Plan): string {
  if (split === 'random') return `random ${ratios.join(':')} of each person`
  if (split === 'random-all') return `random ${ratios.join(':')} of all interactions`
  if (split === 'cold-items') return `cold items ${ratios.join(':')}, ranked among themselves`
  if (split === 'cold-people') return `cold people ${ratios.join(':')}`
  if (split === 'time') return `time ${ratios.join(':')}`
  if (split === 'replay') return `replay of the last ${ratios[2]} of the events`
  return split
}
