/** An evaluation as a run: what was asked, on which data, the curves of its fits, its table. */
import type { Run, RunRow } from '../../domain/run.ts'
import { rawRunData } from '../data/data-hash.ts'
import type { Note } from '../data/dataset.ts'
import type { RawData } from '../data/load.ts'
import { fitCheckpoints } from '../runs/fit-checkpoints.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import { reportTo } from '../runs/track.ts'
import type { EvaluateOptions, EvaluationRow } from './evaluate.ts'

export interface EvaluationToRecord {
  /** Left out: the evaluation is made all the same and not kept. */
  readonly registry?: Registry | undefined
  readonly data: RawData
  readonly models: readonly string[]
  readonly seeds: number
  readonly at: readonly number[]
  /** How it is cut and measured. */
  readonly plan: {
    readonly split: string
    readonly ratios: readonly number[]
    readonly fitsValid: boolean
    readonly onValid: boolean
  }
  readonly signal?: AbortSignal | undefined
  readonly resumes?: boolean | undefined
  readonly note: Note
  readonly clock: () => number
}

export async function recorded<
  Json extends { readonly rows: readonly EvaluationRow[]; readonly notes: readonly string[] },
>(
  evaluation: EvaluationToRecord,
  work: (records: Pick<EvaluateOptions, 'report' | 'checkpoint'>) => Promise<Json>,
): Promise<Json> {
  const { registry, data, models, signal, resumes = false } = evaluation
  if (!registry) return work({})
  const checkpoint = fitCheckpoints({ ...evaluation, registry, resumes })
  const seeds = Array.from({ length: evaluation.seeds }, (_, index) => index + 1)
  const plan = { kind: 'evaluate', models, seeds, options: optionsOf(evaluation) } as const
  return record(
    { registry, plan: { ...plan, data: rawRunData(data) }, signal },
    async ({ track }) => {
      const result = await work({ report: (fit) => reportTo(track, fit), checkpoint })
      return { result, end: { rows: result.rows.flatMap(runRows), notes: result.notes } }
    },
  )
}

function optionsOf({ at, plan }: EvaluationToRecord): Run['options'] {
  const { split, ratios, fitsValid, onValid } = plan
  const shares = split === 'files' ? {} : { ratios: ratios.join(':') }
  const measured = onValid ? 'valid' : 'test'
  return { at: at.join(','), split, ...shares, measured, fitsValid }
}

function runRows({ model, metrics, seconds, memoryMb, segments }: EvaluationRow): RunRow[] {
  return [
    { model, segment: 'all', metrics: { ...metrics }, seconds, memoryMb },
    ...Object.entries(segments ?? {}).map(([segment, values]) => ({
      ...{ model, segment, metrics: { ...values.metrics } },
    })),
  ]
}
