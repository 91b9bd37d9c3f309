/** `kith evaluate recommend --search`: options of one trainer chosen on the validation part, as a table. */
import { seededRandom } from '../../math/random.ts'
import type { Note } from '../data/dataset.ts'
import { loadData, type SplitName, splitterOf } from '../data/load.ts'
import { planOf, type RecommendOptions, splitText } from '../evaluate/evaluate-recommend.ts'
import { aligned } from '../evaluate/table.ts'
import { tunables } from '../trainers.ts'
import { recordedSearch } from './record-search.ts'
import { search, type Trial } from './search.ts'
import { tunableNamed } from './space.ts'

export interface SearchRecommendOptions extends Omit<RecommendOptions, 'models' | 'seeds'> {
  /** Name of a trainer with options. */
  readonly model: string
  readonly trials: number
}

export interface SearchJson {
  readonly task: 'search'
  readonly data: string
  readonly split: string
  readonly model: string
  readonly metric: string
  /** Best first. */
  readonly trials: readonly Trial[]
}

const shownTrials = 15
const splitSeed = 1

export async function searchRecommend(
  options: SearchRecommendOptions,
): Promise<{ readonly table: string; readonly json: SearchJson }> {
  const tunable = tunableNamed(options.model, tunables)
  const notes = new Set<string>()
  const note: Note = (text) => notes.add(text)
  const data = await loadData(options, note)
  const plan = planOf(data, { ...options, fitsValid: false, onValid: true })
  // A replay has no validation part of its own: its options are chosen on a split by time.
  const name: SplitName = plan.split === 'replay' ? 'time' : plan.split
  const { train, valid } = splitterOf(data, name, plan.ratios, note)(splitSeed)
  const at = options.at[0]!
  const random = seededRandom(splitSeed)
  const facts = {
    ...options,
    data,
    at,
    split: splitText({ ...plan, split: name }),
    seed: splitSeed,
  }
  const trials = await recordedSearch(facts, (report) =>
    search({ ...options, tunable, train, valid, at, random, report }),
  )
  const json: SearchJson = {
    task: 'search',
    data: data.name,
    split: facts.split,
    model: options.model,
    metric: `ndcg@${at}`,
    trials,
  }
  return { table: tableOf(json, at, notes), json }
}

function tableOf({ data, split, trials }: SearchJson, at: number, notes: Set<string>): string {
  const heading = [`ndcg@${at}`, `recall@${at}`, 's', 'model']
  const rows = trials
    .slice(0, shownTrials)
    .map(({ ndcg, recall, seconds, spec }) => [
      ndcg.toFixed(4),
      recall.toFixed(4),
      seconds.toFixed(1),
      spec,
    ])
  return [
    `${data} · ${split} · ${trials.length} trials, measured on the validation part (seed ${splitSeed})`,
    '',
    aligned([heading, ...rows]),
    '',
    `to measure the best on the test part: --models ${trials[0]?.spec ?? ''}`,
    ...[...notes].map((note) => `note: ${note}`),
  ].join('\n')
}
