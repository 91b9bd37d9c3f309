/**
 * What a person cares about, worked out from their history: several interests, each stood for by
 * one real item (a medoid, as in PinnerSage, Pal et al., KDD 2020), long-term and short-term, the
 * authors and the circle they engage with, and the rhythm of their day.
 */
export interface Interest {
  /** Strongest first; empty for a newcomer. */
  readonly topics: readonly Topic[]
  /** What they asked for less of, or hid: items, by weight. */
  readonly dislikes: readonly { readonly item: number; readonly weight: number }[]
  /** Every item whose last word was hide, less or report: it is not shown again. */
  readonly hidden: ReadonlySet<number>
  /** Person number → closeness from behaviour, -1 to 1; negative after `less` or `hide`. */
  readonly authors: ReadonlyMap<number, number>
  /** Person number → entry of the history in which they followed or befriended that person. */
  readonly follows: ReadonlyMap<number, number>
  /** Recent positive items, newest first, with decayed weight. */
  readonly recent: readonly RecentItem[]
  /** From 0 (a newcomer) to 1: how much behaviour is known. */
  readonly confidence: number
  /** How usual this hour of the day is for the person, 0 to 1. */
  rhythmAt(now: Date): number
}

export interface RecentItem {
  readonly item: number
  readonly weight: number
  /** The entry of the history that says most about it; -1 for one that only stands for words. */
  readonly entry: number
  /** The words of the person that it stands for, where it does. */
  readonly said?: string | undefined
}

export interface Topic {
  /** The item in the middle of what they like. */
  readonly medoid: number
  /** Share of the person's interest, 0 to 1. */
  readonly weight: number
  readonly horizon: 'long' | 'short'
  /** Entries of the person's history behind it, strongest first. */
  readonly entries: readonly number[]
  /** The words of the person that it stands for, where it does. */
  readonly said?: string | undefined
}
