/** A search for options as a run: every trial is a row, the best so far is its curve. */
import { rawRunData } from '../data/data-hash.ts'
import type { RawData } from '../data/load.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import { reportTo } from '../runs/track.ts'
import type { FitReport } from '../trainer.ts'
import type { Trial } from './search.ts'

export interface SearchToRecord {
  readonly registry?: Registry | undefined
  readonly data: RawData
  readonly model: string
  readonly trials: number
  /** List length. */
  readonly at: number
  readonly split: string
  readonly seed: number
  readonly signal?: AbortSignal | undefined
}

export async function recordedSearch(
  search: SearchToRecord,
  work: (report: FitReport | undefined) => Promise<Trial[]>,
): Promise<Trial[]> {
  const { registry, data, model, trials, at, split, seed, signal } = search
  if (!registry) return work(undefined)
  const options = { trials, at, split, measured: 'valid' }
  const facts = { kind: 'search', models: [model], seeds: [seed], options } as const
  return record(
    { registry, plan: { ...facts, data: rawRunData(data) }, signal },
    async ({ track }) => {
      const result = await work(reportTo(track, model))
      const rows = result.map(({ spec, ndcg, recall, seconds }) => ({
        ...{ model: spec, segment: 'all', seconds },
        metrics: {
          [`ndcg@${at}`]: { mean: ndcg, sd: 0 },
          [`recall@${at}`]: { mean: recall, sd: 0 },
        },
      }))
      return { result, end: { rows } }
    },
  )
}
