/**
 * What an evaluation compares: anything that, given the training part, can order items for a
 * person. Trained models and live systems come to it by an adapter: `trained-ranker.ts`, `external-ranker.ts`.
 */
import type { Csr } from './csr.ts'
import type { Dataset } from './dataset.ts'
import type { FitContext } from './trainer.ts'

export interface Ranker {
  readonly name: string
  /** False: one run on a fixed split says all. */
  readonly usesChance: boolean
  build(train: Dataset, context: FitContext): Promise<BuiltRanker>
}

export interface BuiltRanker {
  /**
   * At most k items for each of these people, best first, none that they have in `known`.
   * @returns [users × k] item numbers, row by row; -1 where the list has ended
   */
  rank(users: Int32Array, k: number, known: Csr): Promise<Int32Array>
  close?(): Promise<void>
}
