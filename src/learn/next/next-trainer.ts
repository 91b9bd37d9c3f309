/**
 * The contract of next-item learning. Unlike a `Model`, which knows people by number, a next model
 * is asked with a history, so that what somebody did a moment ago counts at once. One file per
 * trainer in `trainers/`; `next-trainers.ts` names them.
 */
import type { FitContext, SavedModel } from '../trainer.ts'
import type { Cases, Sequences } from './sequences.ts'

export interface NextTrainer {
  readonly name: string
  /** False: the same data gives the same model whatever the seed. */
  readonly usesChance: boolean
  /** @throws KithError `invalid-input` when the data lacks what the trainer needs */
  fit(train: Sequences, context: NextFitContext): Promise<NextModel>
}

export interface NextFitContext extends Omit<FitContext, 'valid'> {
  /** To stop early and to choose on; lies after `train`, never in it. */
  readonly valid?: Cases | undefined
  /**
   * `train` and what `valid` asks for: when given, options are chosen with `train` and `valid`, and
   * the model is then learned anew from this with what was chosen.
   */
  readonly whole?: Sequences | undefined
}

export interface NextModel {
  /**
   * How well every item suits as the next one: larger is better, -Infinity is never shown. What is
   * in the history needs no care: the caller masks it.
   * @param histories item numbers, oldest first; may be empty
   * @param scores [histories × items], row by row; overwritten
   */
  score(histories: readonly Int32Array[], scores: Float32Array): void | Promise<void>
  /** What the fit chose on validation data, for the record. */
  readonly chosen?: Readonly<Record<string, number | string>> | undefined
  save?(): SavedModel
  close?(): Promise<void>
}

/** A model that works one history at a time; `row` is [items] and starts as zeros. */
export function historyModel(
  items: number,
  scoreRow: (history: Int32Array, row: Float32Array) => void,
): NextModel {
  return {
    score(histories, scores) {
      for (const [place, history] of histories.entries()) {
        const row = scores.subarray(place * items, (place + 1) * items)
        row.fill(0)
        scoreRow(history, row)
      }
    },
  }
}
