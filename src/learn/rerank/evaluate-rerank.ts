/**
 * `kith evaluate rerank` below the command line: each person has a history and a short list of
 * candidates, one of which they really took next; a model orders the list.
 */
import { KithError } from '../../errors.ts'
import { seededRandom } from '../../math/random.ts'
import type { Note } from '../data/dataset.ts'
import type { EvaluateProgress, EvaluationRow } from '../evaluate/evaluate.ts'
import { evaluationTable } from '../evaluate/table.ts'
import { refuseBadCounts } from '../next/evaluate-next.ts'
import { measureNext } from '../next/measure-next.ts'
import { nextTrainersNamed } from '../next/next-trainers.ts'
import { type PublishedRow, publishedLines } from '../next/published.ts'
import { type RecordNextOptions, recordNext } from '../next/record-next.ts'
import type { Cases, Sequences } from '../next/sequences.ts'
import { holdOutLast } from './held-out.ts'
import { publishedRerank } from './published-rerank.ts'
import { type RerankPaths, type RerankTask, readRerank } from './read-rerank.ts'

export interface RerankOptions extends RerankPaths, RecordNextOptions {
  readonly at: readonly number[]
  /** Candidates each person chooses from, the target among them. */
  readonly among: number
  /** `valid` asks about people held out of the train histories and leaves the test part alone. */
  readonly part?: 'valid' | 'test' | undefined
  readonly progress?: EvaluateProgress | undefined
}

export interface RerankJson {
  readonly task: 'rerank'
  readonly data: string
  readonly part: 'valid' | 'test'
  readonly among: number
  readonly seeds: number
  readonly sizes: Readonly<Record<'people' | 'items' | 'histories' | 'heldOut', number>>
  readonly notes: readonly string[]
  readonly rows: readonly EvaluationRow[]
  readonly published: readonly PublishedRow[]
}

const heldOutShare = 0.2
const heldOutMost = 5_000

export async function evaluateRerank(
  options: RerankOptions,
): Promise<{ readonly table: string; readonly json: RerankJson }> {
  const { at, seeds, among, part = 'test' } = options
  refuseBadCounts({ at, seeds })
  if (!Number.isInteger(among) || among < 2) {
    throw new KithError('invalid-input', `among = ${among}: give a whole number from 2.`)
  }
  const notes = new Set<string>()
  const note: Note = (text) => notes.add(text)
  const trainers = nextTrainersNamed(options.models)
  const task = await readRerank(options, among, note)
  const { train, valid } = heldOut(task, among)
  const isTest = part === 'test'
  const test = isTest ? task.test : refuseNoValid(valid)
  const whole = isTest ? task.train : undefined
  const asked = { task: 'rerank', at: at.join(','), measured: part, among }
  const plan = { name: options.histories, sequences: task.train, options: asked, note }
  const json = await recordNext(options, plan, async (records): Promise<RerankJson> => {
    const measured = { ...options, ...records, note, trainers, train, valid, whole, test }
    const rows = await measureNext(measured)
    return {
      task: 'rerank',
      data: options.histories,
      part,
      among,
      seeds,
      sizes: {
        people: task.asked,
        items: task.train.items.size,
        histories: task.train.lines.length,
        heldOut: valid?.targets.length ?? 0,
      },
      notes: [...notes],
      rows,
      published: isTest ? publishedRerank(task, among) : [],
    }
  })
  return { table: tableOf(json, at), json }
}

interface Choosing {
  readonly train: Sequences
  readonly valid?: Cases | undefined
}

/** Choices are made on people who are not asked about; without other histories none are made. */
function heldOut({ train, asked }: RerankTask, among: number): Choosing {
  const others = train.lines.length - asked
  const people = Math.min(heldOutMost, Math.floor(others * heldOutShare))
  if (people === 0) return { train }
  const random = seededRandom(people)
  const part = { ...train, lines: train.lines.slice(0, others) }
  const cut = holdOutLast(part, { people, among, random })
  const lines = [...cut.train.lines, ...train.lines.slice(others)]
  return { train: { ...train, lines }, valid: cut.valid }
}

function refuseNoValid(valid: Cases | undefined): Cases {
  if (valid) return valid
  throw new KithError(
    'invalid-input',
    'There are no people to hold out: give --train-histories to measure the validation part.',
  )
}

function tableOf(json: RerankJson, at: readonly number[]): string {
  const { people, items, histories, heldOut } = json.sizes
  const asked = json.part === 'test' ? people : heldOut
  return [
    `${json.data} · ${asked} people choose among ${json.among} · part ${json.part} · seeds ${json.seeds}`,
    `${items} items · ${histories} histories to learn from, ${heldOut} of them held out to choose on`,
    '',
    evaluationTable(
      json.rows,
      at.flatMap((k) => [`hr@${k}`, `ndcg@${k}`]),
    ),
    ...publishedLines(json.published),
    ...(json.notes.length > 0 ? ['', ...json.notes.map((note) => `note: ${note}`)] : []),
  ].join('\n')
}
