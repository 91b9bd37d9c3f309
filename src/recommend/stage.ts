/**
 * The four kinds of stage. Each has one job and may not do another's:
 *
 *   Source    proposes candidates        may add      never drops, scores or orders
 *   Filter    removes what may not show  may drop     never adds or scores
 *   Scorer    says how good each one is  may score    never adds, drops or orders
 *   Reranker  arranges the whole page    may reorder  never adds or rescores
 */
import type { Locale } from '../domain/page.ts'
import type { Contrast } from '../interest/contrast.ts'
import type { Interest } from '../interest/interest.ts'
import type { Mood } from '../interest/mood.ts'
import type { Memory } from '../memory/memory.ts'
import type { ArrangementNotes } from './arrangement.ts'
import type { CandidateSet } from './candidates.ts'
import type { Learned } from './learned/learned.ts'
import type { Marks } from './marks.ts'
import type { Nearness } from './nearness.ts'
import type { Tally } from './tally.ts'

/** Who asks, for how much, and when. Time and chance are fields, so any page can be replayed. */
export interface FeedRequest {
  /** Person number, or -1 for nobody in particular. */
  readonly person: number
  /** The item of a `related` feed, or -1. */
  readonly item: number
  readonly limit: number
  readonly now: Date
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Item (or for `people`, person) numbers that may not be shown: earlier pages, the caller's list. */
  readonly exclude: ReadonlySet<number>
  /** Only these languages; empty means the person's own, or any. */
  readonly languages: readonly string[]
  readonly explain: boolean
  readonly locale: Locale
  /** What the page is read on, and where, in a word each; left out where nobody said. */
  readonly device?: string | undefined
  readonly place?: string | undefined
}

/** What stages read: the hot state and what was worked out from it once for this request. */
export interface FeedContext {
  readonly memory: Memory
  readonly interest: Interest
  readonly contrast: Contrast
  /** Now, or the time of the newest item when that is long ago (an imported archive). */
  readonly presentMs: number
  /** People the asking person is tied to. */
  readonly ties: Marks
  /** The serving model; undefined where none can serve. */
  readonly learned: Learned | undefined
  tally(name: TallyName): Tally
  /** Who stands near the asking person. */
  nearness(): Nearness
  /** How the asking person feels now; undefined when nothing is known or they refuse it. */
  mood(): Mood | undefined
}

/**
 * What speaks for items, and for each item who gave how much:
 * `alike` what goes together with recent items of the person, by place in `interest.recent`;
 * `circle` what their ties engaged with, and `kindred` people of the same taste, by person number.
 */
export type TallyName = 'alike' | 'circle' | 'kindred'

export interface Source {
  readonly name: string
  /**
   * Adds item numbers, most promising first. `add` answers whether more are wanted: what a filter
   * refuses does not use up the source's share.
   */
  propose(request: FeedRequest, context: FeedContext, add: (item: number) => boolean): void
}

export interface Filter {
  readonly name: string
  /** Prepared once a request; the answer is asked for each candidate. */
  keep(request: FeedRequest, context: FeedContext): (item: number) => boolean
}

export interface Scorer {
  readonly name: string
  /** One number per candidate into `out`. To remove a candidate, write a Filter. */
  score(
    candidates: CandidateSet,
    request: FeedRequest,
    context: FeedContext,
    out: Float32Array,
  ): void
}

export interface Reranker {
  readonly name: string
  /**
   * Rows of `candidates` in the order to show; `rows` comes best score first. What is moved for a
   * reason, given up or left to chance is noted.
   */
  arrange(
    rows: Int32Array,
    candidates: CandidateSet,
    request: FeedRequest,
    context: FeedContext,
    notes: ArrangementNotes,
  ): Int32Array
}
