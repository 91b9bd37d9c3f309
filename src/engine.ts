/** The engine as its faces see it: HTTP, command line, console and library use exactly this. */
import type { Edge, EdgeKind } from './domain/edge.ts'
import type { Event } from './domain/event.ts'
import type { Item } from './domain/item.ts'
import type { FeedName, Locale, Page, PageItem } from './domain/page.ts'
import type { User } from './domain/user.ts'
import type { ApiKey, Erasure, Scope, StoreCounts, UserExport } from './store/store.ts'

export interface Engine {
  /** Upserts; all or nothing. Resolves when durable and visible in the next page. */
  putUsers(users: readonly User[]): Promise<Receipt>
  /** Upserts, encodes the texts first. @throws KithError `not-found` for an unknown author */
  putItems(items: readonly Item[]): Promise<Receipt>
  putEdges(edges: readonly Edge[]): Promise<Receipt>
  removeEdge(edge: { from: string; to: string; kind: EdgeKind }): Promise<void>
  /** Resolves when durable and visible in the next page. */
  addEvents(events: readonly Event[]): Promise<EventReceipt>
  getUser(id: string): User | undefined
  listUsers(options: ListOptions): Promise<User[]>
  getItem(id: string): Item | undefined
  listItems(options: ListOptions): Promise<Item[]>
  removeItem(id: string): Promise<void>
  eraseUser(id: string): Promise<Erasure['removed']>
  exportUser(id: string): Promise<UserExport>
  feed(query: FeedQuery): Promise<Page>
  /** Why an item is, or is not, on a person's feed right now. */
  explain(query: ExplainQuery): Promise<Explanation>
  createApiKey(key: {
    name: string
    scopes: readonly Scope[]
    userId?: string | undefined
  }): Promise<{ key: ApiKey; secret: string }>
  findApiKey(secret: string): Promise<ApiKey | undefined>
  listApiKeys(): Promise<ApiKey[]>
  removeApiKey(id: string): Promise<boolean>
  status(): Promise<EngineStatus>
  close(): Promise<void>
}

export interface Receipt {
  readonly accepted: number
}

export interface EventReceipt extends Receipt {
  readonly duplicates: number
}

export interface ListOptions {
  readonly limit: number
  readonly after?: string | undefined
}

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
  /** The filter that dropped it. */
  readonly by?: string | undefined
  /** One sentence in the asked language. */
  readonly text: string
  readonly item?: PageItem | undefined
}

export interface EngineStatus {
  readonly isReady: boolean
  /** Which adapters answer: database, encoder; a declared fallback says so here. */
  readonly adapters: Readonly<Record<string, string>>
  /** True while the network holds the generated sample city. */
  readonly isSample: boolean
  readonly counts: StoreCounts
  readonly memory: { readonly items: number; readonly people: number; readonly clock: number }
  /** Background work under way, for example re-encoding: done and total. */
  readonly work: Readonly<Record<string, { readonly done: number; readonly total: number }>>
}
