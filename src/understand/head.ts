/** A trained head as understanding uses it: one question, in some languages, over words or vectors. */
import type { Embedding } from '../domain/embedding.ts'
import type { Question, TellingWord } from '../domain/understanding.ts'

export interface Head {
  /** With its version: `toxicity-en@1`. A change of what it answers is a change of its version. */
  readonly name: string
  readonly question: Question
  /** Languages it was trained for, as BCP 47 primary codes. */
  readonly languages: readonly string[]
  /** The run of learning it came from. */
  readonly run: string
  readonly classes: readonly string[]
  /** The space of the embeddings it reads; undefined when words are enough. */
  readonly space?: string | undefined
  /** Calibrated probabilities, [texts × classes], row by row. Every embedding is in `space`. */
  classify(texts: readonly HeadText[]): Promise<readonly (readonly number[])[]>
  /** What in one text carried the decision for `label`, strongest first. */
  explain?(text: HeadText, label: string): Promise<readonly TellingWord[]>
}

export interface HeadText {
  readonly text: string
  readonly embedding?: Embedding | undefined
}
