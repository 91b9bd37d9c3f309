/**
 * The contract of telling texts apart. A trainer is a recipe, one file in `trainers/` and one line in
 * `classifier-trainers.ts`; a classifier is what came out and never changes.
 */
import type { Encoder } from '../../encoder/encoder.ts'
import type { TextNetwork } from '../text/text-network.ts'
import type { FitContext, SavedModel } from '../trainer.ts'

/** Texts of which it is known what they are. */
export interface LabelledTexts {
  readonly texts: readonly string[]
  /** [texts] numbers of classes; `outOfScope` for a text that is none of them */
  readonly labels: Int32Array
  /** Names, the same list in every part of a data set. */
  readonly classes: readonly string[]
}

/** The label of a text that belongs to none of the classes. */
export const outOfScope = -1

/** Embeddings carry their space, so a classifier made in one never reads those of another. */
export type TextEncoder = Pick<Encoder, 'encode' | 'spaces'>

/** The weights of a pretrained encoder: `minilm` (English), `bge` (Chinese). */
export type OpenNetwork = (name: string) => TextNetwork

export interface ClassifyContext
  extends Pick<
    FitContext,
    'random' | 'signal' | 'progress' | 'report' | 'note' | 'checkpoint' | 'machine'
  > {
  /** To stop early, to choose and to calibrate on; without it a trainer holds out some of its own. */
  readonly valid?: LabelledTexts | undefined
  /** Texts of another task with its classes, to learn first what such texts are about. */
  readonly related?: LabelledTexts | undefined
  /** For trainers that read vectors. */
  readonly encoder?: TextEncoder | undefined
  /** For trainers that fine-tune. */
  readonly openNetwork?: OpenNetwork | undefined
}

export interface ClassifierTrainer {
  readonly name: string
  /** False: the same data gives the same classifier whatever the seed. */
  readonly usesChance: boolean
  /**
   * Training texts that are out of scope teach only where the scope ends.
   * @throws KithError `invalid-input` when the data lacks what the trainer needs (an encoder, two classes)
   */
  fit(train: LabelledTexts, context: ClassifyContext): Promise<Classifier>
  /** A classifier that was saved; some are too large to be. */
  load?(saved: SavedModel, context: LoadContext): Promise<Classifier>
}

export interface LoadContext {
  readonly encoder?: TextEncoder | undefined
  readonly openNetwork?: OpenNetwork | undefined
}

export interface Classifier {
  readonly classes: readonly string[]
  /**
   * Calibrated probabilities, [texts × classes], each row sums to 1. Any text will do: what is
   * empty or in a script unseen comes out near the shares of the classes.
   */
  classify(texts: readonly string[], options?: ClassifyOptions): Promise<Float32Array>
  /**
   * A text whose greatest probability is below this is none of the classes. Chosen on validation
   * data; absent where nothing out of scope was seen.
   */
  readonly inScopeFrom?: number | undefined
  /** What the fit chose, for the record. */
  readonly chosen?: Readonly<Record<string, number | string>> | undefined
  /** The pieces of the text that carried this class. Absent: `wordsThatCarried` finds them. */
  explain?(text: string, label: number, options?: ClassifyOptions): Promise<CarryingWord[]>
  /** What `load` of its trainer makes the same classifier of. */
  save?(): SavedModel
  close?(): Promise<void>
}

export interface ClassifyOptions {
  readonly signal?: AbortSignal | undefined
  /** Instead of the encoder it was made with, for example one that knows these texts already. */
  readonly encoder?: TextEncoder | undefined
}

/** A piece of a text, and how much of the decision hangs on it. */
export interface CarryingWord {
  /** Where it stands, in code units: `text.slice(from, to)`. */
  readonly from: number
  readonly to: number
  /** By how much the probability falls when it is left out; below 0: it spoke against the class. */
  readonly weight: number
}
