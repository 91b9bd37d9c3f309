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
}

export interface NextModel {
  /**
   * How well every item suits as the next one: larger is better, -Infinity is never shown. What is
   * in the history needs no care: the caller masks it.
   * @param histories item numbers, oldest first; may be empty
   * @param scores [histories × items], row by row; overwritten
   */
  score(histories: readonly Int32Array[], scores: Float32Array): void | Promise<void>
  /** Scores are logits of a softmax over the catalogue; otherwise they are from 0 up. */
  readonly givesLogits?: boolean
  /** What the fit chose on validation data, for the record. */
  readonly chosen?: Readonly<Record<string, number | string>> | undefined
  /** Learns anew from more data with what was chosen; absent where a fit chooses nothing. */
  refit?(whole: Sequences, context: NextFitContext): Promise<NextModel>
  save?(): SavedModel
  close?(): Promise<void>
}

/** The model that `trainer` makes of more data than the choice was made on; closes the former. */
export async function refitted(
  trainer: NextTrainer,
  model: NextModel,
  whole: Sequences,
  context: NextFitContext,
): Promise<NextModel> {
  const again = { ...context, valid: undefined }
  const next = model.refit ? await model.refit(whole, again) : await trainer.fit(whole, again)
  await model.close?.()
  return next
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
