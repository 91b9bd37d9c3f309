/** What was known when a page was made: what learning needs of it later, in numbers and a few words. */

export interface ShownPage {
  /** Names of the scorers. */
  readonly parts: readonly string[]
  /** What each said of each item, unweighed, from -1 to 1. [items × parts] */
  readonly said: Float32Array
  /**
   * How likely each item was to stand where it stands, given the candidates and what stands above it:
   * 1 = chance had no part in it. [items]
   */
  readonly chances: Float32Array
  /** Of the moment: `hour:9`, `device:phone`. */
  readonly context: readonly string[]
  /** Places that were given to chance; none are known of pages that an earlier version kept. */
  readonly draws?: readonly Draw[] | undefined
}

/** One place of a page, and all that could have stood there, each as likely as the others. */
export interface Draw {
  /** From 0. */
  readonly place: number
  /** Which of them does stand there. */
  readonly taken: number
  /** What each scorer said of each of them, the best by rank first. [pool × parts] */
  readonly said: Float32Array
}
