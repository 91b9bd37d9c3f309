/**
 * What an evaluation compares: anything that, given the training part, can order items for a
 * person. Trained models and live systems come to it by an adapter: `trained-ranker.ts`, `external-ranker.ts`.
 */
import type { Csr } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { FitContext } from '../trainer.ts'

export interface Ranker {
  readonly name: string
  /** False: one run on a fixed split says all. */
  readonly usesChance: boolean
  /** True: it fills probes, so it can be measured on sampled candidates, AUC and calibration. */
  readonly givesScores?: boolean | undefined
  build(train: Dataset, context: FitContext): Promise<BuiltRanker>
}

export interface BuiltRanker {
  /**
   * At most k items for each of these people, best first, none that they have in `known`.
   * @returns [users × k] item numbers, row by row; -1 where the list has ended
   */
  rank(request: RankRequest): Promise<Int32Array>
  /** True: its scores are probabilities, and calibration is measured on them as they are. */
  readonly givesProbabilities?: boolean | undefined
  /** People so far whom the model knows nothing of, so that they got the popular items. */
  readonly servedByPopularity?: number | undefined
  close?(): Promise<void>
}

export interface RankRequest {
  readonly users: Int32Array
  readonly k: number
  readonly known: Csr
  /** [items] 1 for those that may be listed; all when left out. */
  readonly allowed?: Uint8Array | undefined
  readonly probe?: Probe | undefined
}

/** Items whose scores are asked for, known or not. */
export interface Probe {
  /** One list per person of the request. */
  readonly items: readonly Int32Array[]
  /** As long as the items; written by the ranker. */
  readonly scores: readonly Float32Array[]
}
