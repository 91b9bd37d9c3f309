/** A trained head as understanding uses it: one question, in some languages, over words or vectors. */
import type { Embedding } from '../domain/embedding.ts'
import type { Question } from '../domain/question.ts'
import type { TellingWord } from '../domain/understanding.ts'

/** What is said of a head wherever it runs. */
export interface HeadFacts {
  /** With its version: `toxicity-en@1`. A change of what it answers is a change of its version. */
  readonly name: string
  readonly question: Question
  /** Languages it was trained for, as BCP 47 primary codes. */
  readonly languages: readonly string[]
  /** The run of learning it came from. */
  readonly run: string
  readonly classes: readonly string[]
  /** The spaces of the embeddings it reads, any of which will do; undefined when words are enough. */
  readonly spaces?: readonly string[] | undefined
}

export interface Head extends HeadFacts {
  /** Calibrated probabilities, [texts × classes]. Where `spaces` are named, each text has its vector. */
  classify(texts: readonly HeadText[]): Promise<readonly (readonly number[])[]>
  /** What in one text carried the decision for `label`, strongest first. */
  explain?(text: HeadText, label: string): Promise<readonly TellingWord[]>
}

export interface HeadText {
  readonly text: string
  readonly embedding?: Embedding | undefined
}
