/** `kith evaluate recommend` below the command line: options in, a table and one JSON object out. */
import { KithError } from '../errors.ts'
import { join, type Note, subset } from './dataset.ts'
import { type EvaluateProgress, type Evaluation, type EvaluationRow, evaluate } from './evaluate.ts'
import { type DataPaths, loadData, type RawData, type SplitName, splitterOf } from './load.ts'
import type { Ranker } from './ranker.ts'
import type { LiveRanker } from './replay/live-ranker.ts'
import { replay } from './replay/replay.ts'
import type { Ratios, Split } from './split.ts'
import { evaluationTable } from './table.ts'
import { trainedRanker } from './trained-ranker.ts'
import { liveRankersOf, trainers } from './trainers.ts'

export interface RecommendOptions extends DataPaths {
  /** By default: `files` with a test file, `replay` where ties show in the events, else `random`. */
  readonly split?: SplitName | 'replay' | undefined
  /** Of training, validation and test; 0.8, 0.1, 0.1, and by time 0.7, 0.1, 0.2. */
  readonly ratios?: Ratios | undefined
  /** Names of rows, in the order of the table. */
  readonly models: readonly string[]
  /** Rows beyond the trainers of this room, for splits. */
  readonly rankers?: readonly Ranker[] | undefined
  /** The same for a replay. */
  readonly liveRankers?: readonly LiveRanker[] | undefined
  /** List lengths; the first is the one of the significance test. */
  readonly at: readonly number[]
  readonly seeds: number
  /** Fits on training and validation together, for protocols that publish it so; off by default. */
  readonly fitsValid?: boolean | undefined
  /** Milliseconds that only go forward. */
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: EvaluateProgress | undefined
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
  readonly sizes: Evaluation['sizes'] & { readonly testPeople: number }
  readonly notes: readonly string[]
  readonly rows: readonly EvaluationRow[]
}

const defaultRatios: Ratios = [0.8, 0.1, 0.1]
const timeRatios: Ratios = [0.7, 0.1, 0.2]

export async function evaluateRecommend(options: RecommendOptions): Promise<RecommendReport> {
  refuseBadOptions(options)
  const notes = new Set<string>()
  const note: Note = (text) => notes.add(text)
  const data = await loadData(options, note)
  const split = options.split ?? defaultSplit(data)
  const evaluation =
    split === 'replay'
      ? await replayed(data, options, note)
      : await evaluated(data, split, options, note)
  const json: RecommendJson = {
    task: 'recommend',
    data: data.name,
    split: splitText(split, options),
    seeds: options.seeds,
    fitsValid: options.fitsValid ?? false,
    sizes: { ...evaluation.sizes, testPeople: evaluation.testPeople },
    notes: [...notes],
    rows: evaluation.rows,
  }
  return { table: tableOf(json, options.at, split === 'replay'), json }
}

function refuseBadOptions({ at, seeds, models, ratios }: RecommendOptions): void {
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1
  const problem =
    (at.length === 0 || !at.every(isCount) ? `at = [${at}]: give list lengths like 10,20` : '') ||
    (isCount(seeds) ? '' : `seeds = ${seeds}: give a whole number from 1`) ||
    (isWhole(ratios) ? '' : `ratios = ${ratios}: give three shares from 0 that sum to 1`) ||
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

async function evaluated(
  data: RawData,
  split: SplitName,
  options: RecommendOptions,
  note: Note,
): Promise<Evaluation> {
  const known = [...trainers.map(trainedRanker), ...(options.rankers ?? [])]
  const rankers = chosen(options.models, known)
  const ratios = options.ratios ?? (split === 'time' ? timeRatios : defaultRatios)
  const splitOf = splitterOf(data, split, ratios, note)
  return evaluate({
    ...options,
    rankers,
    split: (seed) => (options.fitsValid ? withValid(splitOf(seed)) : splitOf(seed)),
    splitUsesChance: split !== 'files' && split !== 'time',
  })
}

function withValid(split: Split): Split {
  return {
    train: join(split.train, split.valid),
    valid: subset(split.valid, () => false),
    test: split.test,
  }
}

async function replayed(data: RawData, options: RecommendOptions, note: Note): Promise<Evaluation> {
  const known = [...liveRankersOf(data.ties ?? []), ...(options.liveRankers ?? [])]
  const evaluation = await replay({
    ...options,
    rankers: chosen(options.models, known),
    interactions: data.train,
    items: data.items ?? [],
    window: [1 - (options.ratios ?? timeRatios)[2], 1],
  })
  const { untested, unpublished } = evaluation
  if (untested > 0)
    note(`${untested} events repeat a pair or are about one's own item: only learned`)
  if (unpublished > 0)
    note(`${unpublished} events are about an item not published yet: missed by all`)
  return evaluation
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

function splitText(split: SplitName | 'replay', { ratios }: RecommendOptions): string {
  const [train, valid, test] = ratios ?? (split === 'time' ? timeRatios : defaultRatios)
  if (split === 'random') return `random ${train}:${valid}:${test} of each person`
  if (split === 'random-all') return `random ${train}:${valid}:${test} of all interactions`
  if (split === 'time') return `time ${train}:${valid}:${test}`
  if (split === 'replay') return `replay of the last ${(ratios ?? timeRatios)[2]} of the events`
  return split
}

function tableOf(json: RecommendJson, at: readonly number[], isReplay: boolean): string {
  const { train, valid, test, testPeople } = json.sizes
  const found = isReplay ? 'hr' : 'recall'
  const metrics = [
    ...at.flatMap((k) => [`${found}@${k}`, `ndcg@${k}`]),
    `mrr@${at[0]}`,
    `coverage@${at[0]}`,
  ]
  const fitted = json.fitsValid ? ', fitted on train + valid' : ''
  return [
    `${json.data} · ${json.split} · seeds ${json.seeds}${fitted}`,
    `train ${train} · valid ${valid} · test ${test} of ${testPeople} people`,
    '',
    evaluationTable(json.rows, metrics),
    ...(json.notes.length > 0 ? ['', ...json.notes.map((note) => `note: ${note}`)] : []),
  ].join('\n')
}
