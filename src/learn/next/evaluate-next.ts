/**
 * `kith evaluate next` below the command line: who comes next, by the protocol of SASRec and S3-Rec. The last
 * item of each person is for test, the one before for validation; every item of the catalogue is
 * ranked, what the person had before is masked; the history at the test ends with the validation item.
 */
import { KithError } from '../../errors.ts'
import type { Note } from '../data/dataset.ts'
import type { EvaluateProgress, EvaluationRow } from '../evaluate/evaluate.ts'
import { refuseEmptyTest } from '../evaluate/evaluate.ts'
import { evaluationTable } from '../evaluate/table.ts'
import { measureNext } from './measure-next.ts'
import { nextTrainersNamed } from './next-trainers.ts'
import { type PublishedRow, publishedFor, publishedLines } from './published.ts'
import { readSequences } from './read-sequences.ts'
import { type RecordNextOptions, recordNext } from './record-next.ts'
import { interactionsIn, leaveLastOut } from './sequences.ts'

export interface NextOptions extends Omit<RecordNextOptions, 'models'> {
  readonly sequences: string
  /** Attributes (`.json`) or `id text` lines. */
  readonly items?: string | undefined
  readonly models: readonly string[]
  readonly at: readonly number[]
  /** What is measured: `valid` leaves the test part alone, for choosing options. */
  readonly part?: 'valid' | 'test' | undefined
  /** Chooses on the validation part, then learns anew with it. */
  readonly fitsValid?: boolean | undefined
  readonly progress?: EvaluateProgress | undefined
}

export interface NextJson {
  readonly task: 'next'
  readonly data: string
  readonly protocol: string
  readonly part: 'valid' | 'test'
  readonly fitsValid: boolean
  readonly seeds: number
  readonly sizes: Readonly<Record<'people' | 'items' | 'interactions' | 'cases', number>>
  readonly notes: readonly string[]
  readonly rows: readonly EvaluationRow[]
  readonly published: readonly PublishedRow[]
}

const protocol = 'last item of each person, full ranking, former items masked'

export async function evaluateNext(
  options: NextOptions,
): Promise<{ readonly table: string; readonly json: NextJson }> {
  const { at, seeds, part = 'test', fitsValid = false } = options
  refuseBadCounts({ at, seeds })
  if (part === 'valid' && fitsValid) {
    throw new KithError(
      'invalid-input',
      'To fit on the validation part and measure on it says nothing.',
    )
  }
  const notes = new Set<string>()
  const note: Note = (text) => notes.add(text)
  const trainers = nextTrainersNamed(options.models)
  const sequences = await readSequences(options.sequences, options.items, note)
  const { train, known, valid, test } = leaveLastOut(sequences)
  const cases = part === 'test' ? test : valid
  refuseEmptyTest(cases.targets.length)
  const whole = fitsValid ? known : undefined
  const asked = { task: 'next', at: at.join(','), measured: part, fitsValid }
  const plan = { name: options.sequences, sequences, options: asked, note }
  const json = await recordNext(options, plan, async (records): Promise<NextJson> => {
    const measured = { ...options, ...records, note, trainers, train, valid, whole, test: cases }
    const rows = await measureNext(measured)
    return {
      task: 'next',
      data: options.sequences,
      protocol,
      part,
      fitsValid,
      seeds,
      sizes: {
        people: sequences.lines.length,
        items: sequences.items.size,
        interactions: interactionsIn(sequences),
        cases: cases.targets.length,
      },
      notes: [...notes],
      rows,
      published: part === 'test' ? publishedFor(sequences) : [],
    }
  })
  return { table: tableOf(json, at), json }
}

export function refuseBadCounts({ at, seeds }: Pick<NextOptions, 'at' | 'seeds'>): void {
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1
  const problem =
    (at.length === 0 || !at.every(isCount) ? `at = [${at}]: give list lengths like 5,10` : '') ||
    (isCount(seeds) ? '' : `seeds = ${seeds}: give a whole number from 1`)
  if (problem) throw new KithError('invalid-input', `Cannot evaluate with ${problem}.`)
}

function tableOf(json: NextJson, at: readonly number[]): string {
  const { people, items, interactions, cases } = json.sizes
  const metrics = at.flatMap((k) => [`hr@${k}`, `ndcg@${k}`])
  const fitted = json.fitsValid ? ', fitted on train + valid' : ''
  return [
    `${json.data} · ${json.protocol} · part ${json.part}${fitted} · seeds ${json.seeds}`,
    `${people} people · ${items} items · ${interactions} interactions · ${cases} cases`,
    '',
    evaluationTable(json.rows, metrics),
    ...publishedLines(json.published),
    ...(json.notes.length > 0 ? ['', ...json.notes.map((note) => `note: ${note}`)] : []),
  ].join('\n')
}
