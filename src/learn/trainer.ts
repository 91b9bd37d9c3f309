/**
 * The contract of learning. A trainer is a recipe; a model is what came out and never changes. One
 * file per trainer in `trainers/`; `trainers.ts` names them.
 */
import type { Random } from '../math/random.ts'
import type { Dataset, Note } from './data/dataset.ts'

export interface Trainer {
  readonly name: string
  /** False: the same data gives the same model whatever the seed, so it is fitted once. */
  readonly usesChance: boolean
  /** @throws KithError `invalid-input` when the data lacks what the trainer needs (ties, texts, times) */
  fit(train: Dataset, context: FitContext): Promise<Model>
  /** A model that was saved. @param train the dataset, whose numbers it speaks in */
  load?(saved: SavedModel, train: Dataset): Promise<Model>
}

export interface FitContext {
  readonly random: Random
  /** To stop early or to choose options on; never the test part. */
  readonly valid?: Dataset | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: FitProgress | undefined
  /** Called between pieces of work, to let others go first. */
  readonly breathe?: (() => Promise<void>) | undefined
  /** A point of a learning curve: its name, the step (epoch, iteration) and the value there. */
  readonly report?: FitReport | undefined
  /** Something the reader of the results should know. */
  readonly note?: Note | undefined
  /** Where a long fit keeps what it needs to go on after a kill; without one it starts afresh. */
  readonly checkpoint?: Checkpoint | undefined
  /** Unit vectors of texts, for trainers that read them. */
  readonly encode?: EncodeTexts | undefined
  /** How a fit in worker threads may use the machine; beside a server that answers: one, standing back. */
  readonly machine?: Machine | undefined
}

export interface Machine {
  readonly threads?: number | undefined
  /** 0–19; above 0 other threads go first. */
  readonly niceness?: number | undefined
}

export type FitReport = (name: string, step: number, value: number) => void

/** One vector per text, row by row. @param data [texts × width] */
export type EncodeTexts = (
  texts: readonly string[],
) => Promise<{ readonly width: number; readonly data: Float32Array }>

export interface Checkpoint {
  /** What was saved last by a fit of the same data, options and seed; undefined at the first start. */
  load(): Promise<SavedModel | undefined>
  /** Whole or not at all, in place of the former. */
  save(state: SavedModel): Promise<void>
}

/** A model, or the state of a fit, as it rests: named tensors, and what else a reader needs. */
export interface SavedModel {
  readonly tensors: Readonly<Record<string, SavedTensor>>
  readonly meta: Readonly<Record<string, string | number | boolean>>
}

export interface SavedTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}

export type FitProgress = (done: number, total: number) => void

export interface Model {
  /** True: scores are probabilities of an interaction, so calibration is measured on them as they are. */
  readonly givesProbabilities?: boolean | undefined
  /**
   * True: the scores mean something also for people without any interaction (by ties, texts, context);
   * rows of equal scores then say "nothing known". Otherwise such people are ranked by popularity.
   */
  readonly knowsStrangers?: boolean | undefined
  /**
   * How well every item suits each of these people: larger is better, -Infinity is never shown.
   * Items the person knows need no care: the caller masks them. Many people in one call, so that a
   * model may use one matrix product; it may run in a worker, so the answer may be a promise.
   * @param users numbers in the dataset the model was fitted on
   * @param scores [users × items], row by row; whatever it held before is overwritten
   */
  score(users: Int32Array, scores: Float32Array): void | Promise<void>
  /** What `load` of its trainer makes the same model of. */
  save?(): SavedModel
  /** Frees workers and native memory, where there are any. */
  close?(): Promise<void>
}

/** A model that works one person at a time; `row` is [items] and starts as zeros. */
export function rowModel(
  items: number,
  scoreRow: (user: number, row: Float32Array) => void,
  facts: Pick<Model, 'knowsStrangers' | 'givesProbabilities'> = {},
): Model {
  return {
    ...facts,
    score(users, scores) {
      for (const [place, user] of users.entries()) {
        const row = scores.subarray(place * items, (place + 1) * items)
        row.fill(0)
        scoreRow(user, row)
      }
    },
  }
}
