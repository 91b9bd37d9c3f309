/** What was shown by a policy whose chances are known, and what came of it: all that off-line evaluation reads. */

/** One decision after another, in columns. */
export interface Rounds {
  readonly count: number
  /** How many actions there are to choose from. */
  readonly actions: number
  /** The action that was taken, from 0. [count] */
  readonly taken: Int32Array
  /** What came of it, such as 1 for a click. [count] */
  readonly rewards: Float64Array
  /** The chance that the logging policy gave to the action taken, in (0, 1]. [count] */
  readonly propensities: Float64Array
  /** The place on the page, from 0. [count] */
  readonly places: Int32Array
  /** How many places there are. */
  readonly placeCount: number
  /** [count] */
  readonly atMs: Float64Array
  /** What is known of a round if `action` were taken in it. */
  readonly features: RoundFeatures
}

export interface RoundFeatures {
  readonly width: number
  /** Writes all [width] numbers into `out`. */
  write(round: number, action: number, out: Float64Array): void
}

/** Writes the chance of each action in a round into `out`; they sum to 1. [actions] */
export type Policy = (round: number, out: Float64Array) => void
