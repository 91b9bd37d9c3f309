/**
 * The truth, kept in PostgreSQL. Every write is durable when its promise resolves and returns the
 * changes to fold into memory, in clock order. SQL lives in this folder and in `database/`.
 */
import type { Change } from '../domain/change.ts'
import type { Edge, EdgeKind } from '../domain/edge.ts'
import type { Embedding } from '../domain/embedding.ts'
import type { DatedEvent } from '../domain/event.ts'
import type { Item } from '../domain/item.ts'
import type { ItemLabels, MoodReading } from '../domain/labels.ts'
import type { Model, ModelState } from '../domain/serving.ts'
import type { ShownPage } from '../domain/shown-page.ts'
import type { User } from '../domain/user.ts'

export interface Store {
  readonly users: UserStore
  readonly items: ItemStore
  readonly moods: MoodStore
  readonly edges: EdgeStore
  readonly events: EventStore
  readonly pages: PageStore
  readonly apiKeys: ApiKeyStore
  readonly progress: ProgressStore
  readonly models: ModelStore
  /**
   * What to fold to bring a memory of `clock` up to date, as of one instant, in batches: items taken
   * away, then people, then items, then edges, their removals and events in clock order. With 0 it
   * is everything that is there, and nothing that is gone. So clocks do not only rise over the
   * whole, and a person may come with a newer clock than an event that follows.
   * @throws KithError `conflict` when somebody was erased since `clock`: forget and start from 0
   */
  changesSince(clock: number): AsyncIterable<readonly Change[]>
  /** The clock of the newest erasure, or 0: a snapshot of memory older than this must be forgotten. */
  oldestClock(): Promise<number>
  /**
   * Called with each commit's changes, in clock order across all kinds of writes, after the commit
   * and before the promise of the write resolves. This is how memory follows the store. A commit
   * whose answer was lost, and one of another process, is told of before the next one; only that
   * another process erased somebody cannot be told, for nobody knows any more who it was.
   */
  subscribe(listener: (changes: readonly Change[]) => void): void
  /** The clock of the newest change. */
  clock(): Promise<number>
  /**
   * Removes a person: their key is destroyed, so that what may linger in files cannot be read, then
   * their row, items, edges, events, pages and what others did to those items.
   */
  eraseUser(userId: string): Promise<Erasure>
  /** Everything kept about a person, for `kith export`. */
  exportUser(userId: string): Promise<UserExport>
  counts(): Promise<StoreCounts>
  close(): Promise<void>
}

export interface UserStore {
  /** Of two with one id in one call, the last counts; so it is for items and edges. */
  put(users: readonly User[]): Promise<Change[]>
  get(id: string): Promise<User | undefined>
  /** In the order they were first put. @param after id of the last one seen */
  list(options: { limit: number; after?: string | undefined }): Promise<User[]>
}

export interface EncodedItem {
  readonly item: Item
  readonly embedding?: Embedding | undefined
  readonly labels?: ItemLabels | undefined
}

/** What was worked out in the background from the text of an item. */
export interface ReadText {
  readonly id: string
  readonly text: string
  readonly embedding: Embedding | undefined
  readonly labels?: ItemLabels | undefined
}

/** Who reads: an item is due when it is in none of these spaces, or was labelled by another. */
export interface Reader {
  readonly spaces: readonly string[]
  /** Undefined: nobody labels, and labels that are there stay. */
  readonly labeller?: string | undefined
}

export interface ItemStore {
  /**
   * An item put again keeps its embedding and labels unless new ones are given or the text changed.
   * @throws KithError `not-found` naming the first unknown author; then nothing is kept
   */
  put(items: readonly EncodedItem[]): Promise<Change[]>
  get(id: string): Promise<Item | undefined>
  list(options: { limit: number; after?: string | undefined }): Promise<Item[]>
  /** Also forgets the events on it. Nothing happens when there is no such item. */
  remove(id: string): Promise<Change[]>
  /**
   * Items still to be encoded or labelled, newest first, each with its embedding when it has one in
   * these spaces. One with nothing to encode does not count as not encoded.
   */
  listUnread(reader: Reader, limit: number): Promise<EncodedItem[]>
  countUnread(reader: Reader): Promise<number>
  /**
   * Keeps what was worked out in the background. An item removed or rewritten meanwhile (its text is
   * no longer `text`) is passed over; without an embedding it is marked as having nothing to encode.
   */
  keepRead(entries: readonly ReadText[]): Promise<Change[]>
}

export interface MoodStore {
  /**
   * Adds what people wrote, by id; the newest `moodReadingsKept` stay. Whoever is unknown, or has
   * switched moods off (`usesMood`), is passed over.
   */
  add(entries: Iterable<readonly [string, readonly MoodReading[]]>): Promise<Change[]>
}

export interface EdgeStore {
  /**
   * A friendship is kept once, whichever way round it was given; changes give it one way round.
   * @throws KithError `not-found` naming the first unknown person; then nothing is kept
   */
  put(edges: readonly Edge[]): Promise<Change[]>
  remove(edge: { from: string; to: string; kind: EdgeKind }): Promise<Change[]>
}

export interface AddedEvents {
  /**
   * Only what was new; a duplicate gives no change. Here and in `changesSince` an event holds what
   * memory folds: type, people, item, time and value. Its id, page, text and network are in `list`.
   */
  readonly changes: Change[]
  readonly duplicates: number
}

export interface EventStore {
  /**
   * Durable when it resolves. Calls made close together share one transaction (group commit).
   * @throws KithError `not-found` naming the first unknown user or item; then nothing is kept
   */
  add(events: readonly DatedEvent[]): Promise<AddedEvents>
  /** What a person did, the newest first. */
  list(userId: string, options: { limit: number }): Promise<DatedEvent[]>
}

/** A page as it was shown; kept so that paging survives a restart and training can learn from it. */
export interface PageRecord {
  readonly id: string
  readonly feed: string
  /** Empty for a page that was shown to nobody in particular. */
  readonly userId: string
  readonly at: Date
  readonly itemIds: readonly string[]
  /** The page before it in the same session. */
  readonly after?: string | undefined
  /** For learning; rests sealed under the person's key, and is given by `shown` alone. */
  readonly shown?: ShownPage | undefined
}

export interface PageStore {
  /** Kept soon, in batches: losing the last moment's pages in a crash loses no truth. */
  keep(page: PageRecord): void
  /** The page and those before it in its session, newest first. */
  session(pageId: string): Promise<PageRecord[]>
  /** The newest pages of a feed that were kept for learning, oldest first, in batches. */
  shown(query: { readonly feed: string; readonly limit: number }): AsyncIterable<PageRecord[]>
}

export const scopes = ['admin', 'write', 'read', 'as-user'] as const
export type Scope = (typeof scopes)[number]

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  /** For `as-user`: the one person this key speaks for. */
  readonly userId?: string | undefined
  readonly createdAt: Date
}

export interface ApiKeyStore {
  /** Keeps only a hash of the secret. */
  put(key: ApiKey, secret: string): Promise<void>
  find(secret: string): Promise<ApiKey | undefined>
  list(): Promise<ApiKey[]>
  remove(id: string): Promise<boolean>
}

/** Where a long import stands, so that it can go on after a stop. */
export interface ProgressStore {
  get(task: string): Promise<unknown>
  put(task: string, state: unknown): Promise<void>
  remove(task: string): Promise<void>
}

/** One serves and one is kept to go back to; of the others no more than a word on them is left. */
export interface ModelRecord {
  readonly id: string
  readonly at: Date
  readonly state: ModelState
  /** Of the run it came from. */
  readonly runId?: string | undefined
  /** Why it serves, or was refused. */
  readonly verdict: Model['verdict']
}

export interface StoredModel extends ModelRecord {
  /** By row of its vectors; empty for an item that is no more. */
  readonly itemIds: readonly string[]
  readonly file: Uint8Array
}

export interface ModelStore {
  /** One that comes to serve makes the one before it `previous`, and that one's before it `retired`. */
  put(model: StoredModel): Promise<void>
  /** Newest first. */
  list(): Promise<ModelRecord[]>
  /** Of the one that serves. */
  servingId(): Promise<string | undefined>
  /** The one that serves, whole. */
  serving(): Promise<StoredModel | undefined>
  /**
   * Takes the serving model out of service and puts the previous one, if there is one, in its place.
   * @throws KithError `conflict` when none serves
   */
  rollback(): Promise<void>
}

export interface Erasure {
  readonly changes: Change[]
  readonly removed: Readonly<Record<'items' | 'edges' | 'events' | 'pages', number>>
}

export interface UserExport {
  readonly user: User
  readonly items: readonly Item[]
  readonly edges: readonly Edge[]
  readonly events: readonly DatedEvent[]
  /** What is kept of the moods they wrote in. */
  readonly moods: readonly MoodReading[]
  /** What they were shown in the time that pages are kept, oldest first. */
  readonly pages: readonly ExportedPage[]
}

export interface ExportedPage {
  readonly id: string
  readonly feed: string
  readonly at: Date
  /** Of the moment, as it was kept for learning. */
  readonly context: readonly string[]
  readonly items: readonly {
    /** None when the item is gone. */
    readonly id?: string | undefined
    /** What each scorer said of it; empty where none was kept. */
    readonly said: Readonly<Record<string, number>>
  }[]
  /** Places given to chance, with what each scorer said of all that could have stood there. */
  readonly draws: readonly {
    /** From 0. */
    readonly place: number
    readonly among: readonly Readonly<Record<string, number>>[]
  }[]
}

export interface StoreCounts {
  readonly users: number
  readonly items: number
  readonly edges: number
  readonly events: number
}
