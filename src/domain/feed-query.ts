/** What can be asked of a feed, and the answer to "why this one?" and "why not?". */
import type { FeedName, Locale, PageItem } from './page.ts'

export interface FeedQuery {
  readonly feed: FeedName
  readonly userId?: string | undefined
  /** For `related`. */
  readonly itemId?: string | undefined
  readonly limit: number
  /** The id of the page before: pages of one session never repeat an item. */
  readonly after?: string | undefined
  readonly exclude: readonly string[]
  readonly languages: readonly string[]
  readonly explain: boolean
  readonly locale: Locale
  /** What it is read on, and where, in a word each. */
  readonly device?: string | undefined
  readonly place?: string | undefined
}

export interface ExplainQuery {
  readonly feed: FeedName
  readonly userId: string
  readonly itemId: string
  readonly locale: Locale
}

/** `shown` at `item.rank`, `ranked` too low for the first page, `dropped` by a filter, or not proposed. */
export interface Explanation {
  readonly outcome: 'shown' | 'ranked' | 'dropped' | 'not-proposed'
  /** The filter that dropped it, or the bound that held it back. */
  readonly by?: string | undefined
  /** One sentence in the asked language. */
  readonly text: string
  readonly item?: PageItem | undefined
}
