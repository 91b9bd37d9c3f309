/** Items on their way to a page, in columns, with the story of how each came there. */

export interface CandidateSet {
  readonly count: number
  /** Item numbers. [count] */
  readonly items: Int32Array
  /** Bit `s` is set when source number `s` proposed it. [count] */
  readonly from: Uint32Array
  /** Sum of the parts. [count] */
  readonly scores: Float64Array
  /** What each scorer added, by scorer name; each [count]. */
  readonly parts: ReadonlyMap<string, Float32Array>
}
