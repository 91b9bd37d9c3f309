/** An evaluation of next items as a run: what was asked, on which data, the curves of its fits, its table. */
import { createHash } from 'node:crypto'
import type { Run, RunData } from '../../domain/run.ts'
import type { Note } from '../data/dataset.ts'
import type { EvaluationRow } from '../evaluate/evaluate.ts'
import type { KeptCheckpoint } from '../runs/checkpoint.ts'
import { fitCheckpoints } from '../runs/fit-checkpoints.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import { reportTo } from '../runs/track.ts'
import type { FitReport } from '../trainer.ts'
import { interactionsIn, type Sequences } from './sequences.ts'

export interface RecordNextOptions {
  /** Left out: the evaluation is made all the same and not kept. */
  readonly registry?: Registry | undefined
  /** Goes on where fits of the same data, options and seed were killed. */
  readonly resumes?: boolean | undefined
  readonly models: readonly string[]
  readonly seeds: number
  readonly signal?: AbortSignal | undefined
  readonly clock: () => number
}

export interface NextRecords {
  readonly report?: ((fit: string) => FitReport) | undefined
  readonly checkpoint?: ((trainer: string, seed: number) => KeptCheckpoint) | undefined
}

export interface NextPlan {
  readonly name: string
  readonly sequences: Sequences
  /** What changes the result: the task, the part, the list lengths. */
  readonly options: Run['options']
  readonly note: Note
}

export async function recordNext<
  Json extends { readonly rows: readonly EvaluationRow[]; readonly notes: readonly string[] },
>(
  { registry, resumes = false, models, seeds, signal, clock }: RecordNextOptions,
  { name, sequences, options, note }: NextPlan,
  work: (records: NextRecords) => Promise<Json>,
): Promise<Json> {
  if (!registry) return work({})
  const data = dataOf(name, sequences)
  const keep = fitCheckpoints({ registry, resumes, note, clock })
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1)
  const plan = { kind: 'evaluate', models, seeds: numbers, options, data } as const
  return record({ registry, plan, signal }, async ({ track }) => {
    const result = await work({
      report: (fit) => reportTo(track, fit),
      checkpoint: (trainer, seed) => keep({ data: data.hash, trainer, seed, options }),
    })
    const rows = result.rows.map(({ model, metrics, seconds, memoryMb }) => ({
      ...{ model, segment: 'all', metrics: { ...metrics }, seconds, memoryMb },
    }))
    return { result, end: { rows, notes: result.notes } }
  })
}

function dataOf(name: string, sequences: Sequences): RunData {
  const { items, lines, words } = sequences
  const hash = createHash('sha256')
  for (let item = 0; item < items.size; item++) hash.update(`${JSON.stringify(items.id(item))}\n`)
  const cells = [...lines, ...(words ? [words.starts, words.columnOf] : [])]
  for (const { buffer, byteOffset, byteLength, length } of cells) {
    hash.update(`${length}\n`)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return {
    ...{ name, hash: hash.digest('hex'), users: lines.length, items: items.size },
    interactions: interactionsIn(sequences),
  }
}
