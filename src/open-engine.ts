/** Puts the rooms together: the store as truth, memory that follows it, the feed desk, the jobs. */
import { randomBytes } from 'node:crypto'
import type { Adapters } from './adapters.ts'
import { isFuture } from './domain/clock.ts'
import type { Event } from './domain/event.ts'
import type { Item } from './domain/item.ts'
import type { PageBounds } from './domain/page-bounds.ts'
import type { Encoder } from './encoder/encoder.ts'
import type { Engine, EngineStatus } from './engine.ts'
import { KithError } from './errors.ts'
import { createDeclared } from './interest/declared.ts'
import { createInterests } from './interest/interests.ts'
import type { Snapshots } from './jobs/snapshot.ts'
import { startWarming, type WarmingJob } from './jobs/warm.ts'
import type { Registry } from './learn/runs/registry.ts'
import { type LiveGraph, openLiveGraph } from './live/graph.ts'
import { type LiveLearning, openLiveLearning } from './live/learning.ts'
import { neighboursKept, rememberAll } from './live/remember.ts'
import { type LiveUnderstanding, openLiveUnderstanding } from './live/understanding.ts'
import type { Log } from './log.ts'
import type { Memory } from './memory/memory.ts'
import { createFeedDesk } from './recommend/desk.ts'
import type { Limits } from './recommend/feeds.ts'
import { readPolicyLog } from './recommend/policy-log.ts'
import { createRecommender } from './recommend/recommend.ts'
import { createSessions } from './recommend/sessions.ts'
import { neighbours } from './recommend/sources/similar.ts'
import { createNetworkAnalysis } from './relations/network/network.ts'
import { createRelations } from './relations/relations.ts'
import { createToneOf } from './relations/tone.ts'
import { detectLanguages } from './understand/language.ts'
import { openUnderstanding, type Understander } from './understand/understand.ts'

export interface EngineParts extends Omit<Adapters, 'encoder'> {
  /** May still be loading its models while memory is read. */
  readonly encoder: Encoder | Promise<Encoder>
  /** What answers questions about texts; none: every answer says that there is no head. */
  readonly understanding?: Understander | Promise<Understander>
  /** From which probability on items are dropped. */
  readonly limits?: Limits
  /** What a page may not be; left out: the defaults. */
  readonly bounds?: PageBounds
  readonly snapshots: Snapshots
  /** Where the topics of the network rest. */
  readonly keptTopics: Snapshots
  readonly runs: Registry
  /** Hours between two trainings; 0 = only when asked. */
  readonly trainEveryHours: number
  readonly log: Log
  /** The clock; replaced in tests. */
  readonly now?: () => Date
  readonly random?: () => number
}

/** Resolves when memory is ready: the first page can be asked for at once. */
export async function openEngine(parts: EngineParts): Promise<Engine> {
  const { store, snapshots, log, now = () => new Date(), random = Math.random } = parts
  const memory = await rememberAll(store, snapshots, log)
  let graph: LiveGraph | undefined
  store.subscribe((changes) => {
    graph?.note(changes)
    memory.apply(changes)
  })
  const encoder = await parts.encoder
  const reading = await openLiveUnderstanding(parts, {
    memory,
    encoder,
    understanding: (await parts.understanding) ?? openUnderstanding({ encoder, heads: [] }),
    now,
  })
  const { calls, learning, live, forget } = openRanking(parts, { memory, encoder, now, random })
  graph = live
  const warming = startWarming(memory, { neighbours, limit: neighboursKept })
  reading.encoding.wake()

  return {
    async putUsers(users) {
      await store.users.put(users)
      return { accepted: users.length }
    },
    async putItems(items) {
      await store.items.put((await readyItems(items, now())).map((item) => ({ item })))
      reading.encoding.wake()
      return { accepted: items.length }
    },
    async putEdges(edges) {
      await store.edges.put(edges)
      return { accepted: edges.length }
    },
    removeEdge: (edge) => store.edges.remove(edge).then(() => undefined),
    async addEvents(events) {
      const dated = events.map((event, index) => datedEvent(event, index, now()))
      const { duplicates } = await store.events.add(dated)
      reading.moods.add(dated)
      return { accepted: events.length - duplicates, duplicates }
    },
    getUser: (id) => memory.people.get(memory.people.numberOf(id)),
    listUsers: (options) => store.users.list(options),
    getItem: (id) => memory.items.get(memory.items.numberOf(id)),
    listItems: (options) => store.items.list(options),
    removeItem: (id) => store.items.remove(id).then(() => undefined),
    async eraseUser(id) {
      await snapshots.discard()
      const { removed } = await store.eraseUser(id)
      await reading.topics.forget()
      forget(id)
      return removed
    },
    exportUser: (id) => store.exportUser(id),
    ...calls,
    ...reading.calls,
    ...relationCalls(memory, { now, random }),
    ...apiKeys(parts, now),
    ...learning.calls,
    status: () => statusOf(parts, { encoder, memory, warming, learning, reading, live }),
    async close() {
      warming.close()
      await live.job.close()
      await learning.close()
      await reading.close()
      await snapshots.save(memory.save()).catch((cause: unknown) => {
        log.warn('the snapshot could not be written; the next start rebuilds', { cause })
      })
      await parts.close()
    },
  }
}

interface RankingParts {
  readonly memory: Memory
  readonly encoder: Encoder
  readonly now: () => Date
  readonly random: () => number
}

/** What pages are ordered by: what people said, what they did, and what was learnt from everybody. */
function openRanking(parts: EngineParts, { memory, encoder, now, random }: RankingParts) {
  const { store, limits, bounds } = parts
  const declared = createDeclared(memory, { encode: (texts) => encoder.encode(texts) })
  const learning = openLiveLearning(parts, { memory, now, declared })
  const { learned } = learning
  const interests = createInterests(memory, { declared })
  const live = openLiveGraph(parts, { memory, declared })
  const { graph } = live
  const recommender = createRecommender({ memory, interests, learned, graph, limits, bounds })
  const sessions = createSessions(store.pages)
  const desk = createFeedDesk({
    ...{ memory, recommender, sessions, declared, now, random, newPageId },
  })
  function forget(id: string): void {
    sessions.forget(id)
    learned.forgetPeople()
    declared.forget()
  }
  const calls: Pick<Engine, 'feed' | 'explain' | 'policyLog'> = {
    ...{ feed: desk.page, explain: desk.explain },
    policyLog: () => readPolicyLog(store.pages, memory, { now: now(), actions: learned.actions }),
  }
  return { calls, learning, live, forget }
}

type KeyPart = 'createApiKey' | 'findApiKey' | 'listApiKeys' | 'removeApiKey'

function apiKeys({ store }: EngineParts, now: () => Date): Pick<Engine, KeyPart> {
  return {
    async createApiKey({ name, scopes, userId }) {
      if (scopes.includes('as-user') !== (userId !== undefined)) {
        throw new KithError(
          'invalid-input',
          'A key with the scope "as-user" needs userId, and only such a key.',
        )
      }
      const key = { id: randomBytes(8).toString('hex'), name, scopes, userId, createdAt: now() }
      const secret = `kith_${randomBytes(24).toString('base64url')}`
      await store.apiKeys.put(key, secret)
      return { key, secret }
    },
    findApiKey: (secret) => store.apiKeys.find(secret),
    listApiKeys: () => store.apiKeys.list(),
    removeApiKey: (id) => store.apiKeys.remove(id),
  }
}

interface Running {
  readonly encoder: Encoder
  readonly memory: Memory
  readonly warming: WarmingJob
  readonly learning: LiveLearning
  readonly reading: LiveUnderstanding
  readonly live: LiveGraph
}

function relationCalls(
  memory: Memory,
  { now, random }: { readonly now: () => Date; readonly random: () => number },
): Pick<Engine, 'relation' | 'network'> {
  const relations = createRelations(memory, { toneOf: createToneOf(memory) })
  const interests = createInterests(memory)
  const analysis = createNetworkAnalysis({ memory, interests, random, pause })
  return {
    relation: async ({ from, to }) => relations.between(from, to, now()),
    network: () => analysis.report(now()),
  }
}

async function statusOf(
  { store, database }: EngineParts,
  { encoder, memory, warming, learning, reading, live }: Running,
): Promise<EngineStatus> {
  const [first] = await store.users.list({ limit: 1 })
  const model = learning.servingId()
  return {
    ...(model === undefined ? {} : { model }),
    isReady: true,
    adapters: { database: database.description, encoder: encoder.name, heads: reading.description },
    isSample: first?.isSample ?? false,
    counts: await store.counts(),
    memory: { items: memory.items.liveCount, people: memory.people.liveCount, clock: memory.clock },
    work: {
      encode: reading.encoding.progress(),
      moods: reading.moods.progress(),
      topics: reading.topics.progress(),
      neighbours: warming.progress(),
      graph: live.job.progress(),
    },
  }
}

async function readyItems(items: readonly Item[], now: Date): Promise<Item[]> {
  for (const [index, { createdAt }] of items.entries()) {
    refuseFuture('Item', createdAt, index, now)
  }
  return withLanguages(items)
}

async function withLanguages(items: readonly Item[]): Promise<Item[]> {
  const unknown = items.filter(({ language }) => language === undefined)
  const found = await detectLanguages(unknown.map(({ text }) => text))
  const languageOf = new Map(unknown.map((item, place) => [item, found[place]]))
  return items.map((item) => {
    const language = languageOf.get(item)
    return language === undefined ? item : { ...item, language }
  })
}

function datedEvent(event: Event, index: number, now: Date): Event & { at: Date } {
  const at = event.at ?? now
  refuseFuture('Event', at, index, now)
  return { ...event, at }
}

function refuseFuture(noun: string, at: Date, index: number, now: Date): void {
  if (!isFuture(at, now)) return
  throw new KithError(
    'invalid-input',
    `${noun} ${index} is dated ${at.toISOString()}, which is in the future. Check the sender's clock.`,
    { details: { index } },
  )
}

/** Lets what came in meanwhile have its turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function newPageId(): string {
  return randomBytes(12).toString('base64url')
}
