/**
 * The hot state that a page is made from: typed arrays, fed by the store's changes, never the
 * truth. People and items are dense numbers here (`person`, `item`); -1 means unknown. Reading is
 * synchronous. One writer: `apply`. Rebuilding from all changes gives the same state (`digest`).
 */
import type { Change } from '../domain/change.ts'
import type { EdgeKind } from '../domain/edge.ts'
import type { Embedding } from '../domain/embedding.ts'
import type { Action } from '../domain/event.ts'
import type { Item } from '../domain/item.ts'
import type { LabelName, LabelValues, MoodReading } from '../domain/labels.ts'
import type { User } from '../domain/user.ts'

export interface Memory {
  /** The clock of the last change applied. */
  readonly clock: number
  readonly items: ItemMemory
  readonly people: PeopleMemory
  readonly ties: TieMemory
  readonly histories: HistoryMemory
  readonly engagement: EngagementMemory
  readonly vectors: VectorMemory
  apply(changes: readonly Change[]): void
  /**
   * A hash of the whole state, equal for equal states however they came about: ids, not numbers,
   * count. Trends are left out, because the sum of floats depends on their order.
   */
  digest(): string
  /**
   * The whole state as it is now, in chunks to write to a file one after another; read back by
   * `loadSnapshot`. Copied at once, encoded as the chunks are taken. Holds ids and texts.
   */
  save(): Iterable<Uint8Array>
}

/** A borrowed list of numbers: read it at once, do not keep or change it. */
export interface Numbers {
  readonly values: Int32Array
  readonly length: number
}

export interface ItemMemory {
  /** Item numbers run from 0 to `count` - 1; some may be removed. */
  readonly count: number
  readonly liveCount: number
  numberOf(id: string): number
  /** The item itself; undefined when removed. */
  get(item: number): Item | undefined
  isLive(item: number): boolean
  /** The author as a person number, or -1. */
  authorOf(item: number): number
  createdAtMs(item: number): number
  /** Code of the language, the same for `zh` and `zh-CN`; 0 = unknown. */
  languageOf(item: number): number
  /** -1 when no item was ever in this language. */
  languageCode(language: string): number
  isUnsafe(item: number): boolean
  visibilityOf(item: number): Item['visibility']
  /** Items of one number say the same (equal text after normalising case, space, signs and links). */
  duplicateGroupOf(item: number): number
  /** From 0 to 1: as it was understood, or until then a first measure from the words' shape. */
  qualityOf(item: number): number
  /** What was understood of it: a probability, or -1 when it is not known. */
  labelOf(item: number, label: LabelName): number
  /** All of it, borrowed; all 0 when nothing is known. */
  labelsOf(item: number): LabelValues
  /** Live items, newest first by createdAt; at most `limit`, starting after `offset`. */
  newest(limit: number, offset?: number): Int32Array
  /** Items of an author, oldest first. */
  byAuthor(person: number): Numbers
}

export interface PeopleMemory {
  readonly count: number
  readonly liveCount: number
  numberOf(id: string): number
  get(person: number): User | undefined
  isLive(person: number): boolean
  isPrivate(person: number): boolean
  /** What the person wrote lately, as moods, oldest first; empty when they refuse it. */
  moodsOf(person: number): readonly MoodReading[]
}

/** The social graph. Blocks hide in both directions, mutes in one. */
export interface TieMemory {
  /** People `person` follows, befriended or reposts through; friends appear on both sides. */
  out(person: number): Numbers
  /** People tied to `person`. */
  in(person: number): Numbers
  /** Strength from 0 to 1 of the tie, 0 when there is none. */
  weight(from: number, to: number): number
  has(from: number, to: number, kind: EdgeKind): boolean
  muted(person: number): Numbers
  /** Everyone `person` blocked and everyone who blocked `person`. */
  blockedEitherWay(person: number): Numbers
}

/** What each person did, oldest first, bounded to the newest `historyLimit` entries a person. */
export interface HistoryMemory {
  /** Changes whenever an entry of the person is added or removed: a key for derived caches. */
  version(person: number): number
  length(person: number): number
  /** The entry's item, or -1 if it was about a person or the item was removed. */
  itemAt(person: number, entry: number): number
  /** The person the entry is about (author of `more`/`less`/`profile`), or -1. */
  targetAt(person: number, entry: number): number
  actionAt(person: number, entry: number): Action
  atMs(person: number, entry: number): number
  valueAt(person: number, entry: number): number
  /** Every item the person met in any way or hid, bounded to the newest `seenLimit`. */
  seen(person: number): Numbers
  /** Share of the person's events in each hour of the day, UTC. [24], sums to 1 or is all 0 */
  rhythm(person: number): Float32Array
}

/** What happened to each item. */
export interface EngagementMemory {
  count(item: number, action: Action): number
  /** Weighted engagement of all time. */
  total(item: number): number
  /** Weighted engagement decayed with a half-life, as of `nowMs`. */
  trend(item: number, nowMs: number): number
  /** Items of highest trend, best first. */
  trending(limit: number, nowMs: number): Int32Array
  /** People who engaged positively, oldest first, newest `engagersLimit` kept. */
  engagers(item: number): Numbers
  /** Items that the same people engaged with, best first, by decayed cosine co-engagement. */
  alike(item: number): Scored
}

export interface Scored {
  readonly items: Int32Array
  readonly scores: Float32Array
}

/** Vectors of items, one index per encoder space. */
export interface VectorMemory {
  /** Code of the space an item is encoded in; -1 when it has no vector. */
  spaceOf(item: number): number
  get(item: number): Embedding | undefined
  /** Items near an item by text, best first, without itself; cached. */
  near(item: number, k: number): Scored
  nearest(query: Embedding, k: number): Scored
  /** Cosines of one item with many; 0 across spaces or without a vector. */
  cosines(item: number, others: Int32Array, count: number, out: Float32Array): void
}
