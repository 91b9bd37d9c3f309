/** The engine as its faces see it: HTTP, command line, console and library use exactly this. */
import type { Edge, EdgeKind } from './domain/edge.ts'
import type { Event } from './domain/event.ts'
import type { ExplainQuery, Explanation, FeedQuery } from './domain/feed-query.ts'
import type { Item } from './domain/item.ts'
import type { MoodReport } from './domain/mood.ts'
import type { NetworkReport } from './domain/network.ts'
import type { Locale, Page } from './domain/page.ts'
import type { PolicyLog } from './domain/policy-log.ts'
import type { Relation } from './domain/relation.ts'
import type { Curve, Run, RunFilter } from './domain/run.ts'
import type { Models, Training } from './domain/serving.ts'
import type { TopicOfNetwork, Understanding } from './domain/understanding.ts'
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
  /**
   * What each text says. With `why` also the words that carried each decision.
   * @throws KithError `unavailable` when too many texts are being read
   */
  understand(texts: readonly string[], options: { why: boolean }): Promise<Understanding[]>
  /** What a post says, and how much it matters to the network by who engaged with it. @throws KithError `not-found` */
  understandItem(id: string, options: { why: boolean }): Promise<Understanding>
  /** What the network talks about, largest first; none before there are posts enough. */
  topics(): Promise<TopicOfNetwork[]>
  /** How a person is taken to feel now. @throws KithError `not-found` */
  mood(userId: string, locale: Locale): Promise<MoodReport>
  /** How one person stands to another, as of now. @throws KithError `not-found` */
  relation(query: { readonly from: string; readonly to: string }): Promise<Relation>
  /** The network as a whole. Takes seconds where ties are a million. */
  network(): Promise<NetworkReport>
  /** What its own pages say about other ways of choosing, for `kith evaluate policies --own`. */
  policyLog(): Promise<PolicyLog>
  createApiKey(key: {
    name: string
    scopes: readonly Scope[]
    userId?: string | undefined
  }): Promise<{ key: ApiKey; secret: string }>
  findApiKey(secret: string): Promise<ApiKey | undefined>
  listApiKeys(): Promise<ApiKey[]>
  removeApiKey(id: string): Promise<boolean>
  /** Runs of learning, newest first. */
  listRuns(filter: RunFilter): Promise<Run[]>
  /** @throws KithError `not-found` */
  getRun(id: string): Promise<RunWithCurves>
  /** Starts a training unless one is under way; `models` tells how it goes. */
  train(): Promise<Training>
  models(): Promise<Models>
  /** The model before serves again, or none. @throws KithError `conflict` when none serves */
  rollback(): Promise<Models>
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

export interface RunWithCurves {
  readonly run: Run
  readonly curves: readonly Curve[]
}

export interface EngineStatus {
  readonly isReady: boolean
  /** Which adapters answer: database, encoder; a declared fallback says so here. */
  readonly adapters: Readonly<Record<string, string>>
  /** True while the network holds the generated sample city. */
  readonly isSample: boolean
  readonly counts: StoreCounts
  readonly memory: { readonly items: number; readonly people: number; readonly clock: number }
  /** Id of the learned model that serves. */
  readonly model?: string | undefined
  /** Background work under way, for example re-encoding: done and total. */
  readonly work: Readonly<Record<string, { readonly done: number; readonly total: number }>>
}
