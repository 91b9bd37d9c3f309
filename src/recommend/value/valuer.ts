/** What scorers say becomes a score: the contract. Whatever the way, the parts sum to the score. */
import type { CandidateSet, Candidates } from '../candidates.ts'
import type { FeedContext, FeedRequest } from '../stage.ts'

export interface Valuer {
  /** Fills the scores of all candidates from what scorers said of them. */
  value(candidates: Candidates, request: FeedRequest, context: FeedContext): void
  /** Fills the parts of some rows of the page that was valued last: of those that are shown. */
  split(candidates: Candidates, rows: Int32Array): void
  /** The score of a row of the page that was valued last, had this scorer said nothing. */
  scoreWithout(candidates: CandidateSet, row: number, part: string): number
}
