/** An engine in Maps, for tests of the faces: keeps every promise of the contract but ranking. */
import { createHash, randomUUID } from 'node:crypto'
import type { Edge } from '../src/domain/edge.ts'
import type { Event } from '../src/domain/event.ts'
import type { FeedQuery } from '../src/domain/feed-query.ts'
import type { Item } from '../src/domain/item.ts'
import type { Page } from '../src/domain/page.ts'
import type { Relation } from '../src/domain/relation.ts'
import type { Run } from '../src/domain/run.ts'
import type { Model } from '../src/domain/serving.ts'
import type { User } from '../src/domain/user.ts'
import { hashingEncoder } from '../src/encoder/hashing.ts'
import type { Engine, ListOptions } from '../src/engine.ts'
import { KithError } from '../src/errors.ts'
import { openUnderstanding } from '../src/understand/understand.ts'

type ApiKey = Awaited<ReturnType<Engine['listApiKeys']>>[number]

/** The one run of learning it remembers. */
export const someRun: Run = {
  ...{ id: '2026-01-01T100000000-als-3f9a', kind: 'evaluate', name: 'als', models: ['als'] },
  options: { at: '10,20', split: 'random', fitsValid: false },
  seeds: [1],
  data: { name: 'town', hash: 'ab'.repeat(32), users: 12, items: 40, interactions: 200 },
  code: { version: '0.1.0' },
  ...{ startedAt: '2026-01-01T10:00:00.000Z', endedAt: '2026-01-01T10:00:03.000Z', state: 'done' },
  rows: [{ model: 'als', segment: 'all', metrics: { 'ndcg@10': { mean: 0.2, sd: 0.01 } } }],
  notes: [],
}

const someRelation = (from: string, to: string): Relation => ({
  ...{ from, to, closeness: 0.2, trust: 0, confidence: 0.5, evidence: [], through: [] },
  closenessParts: {
    tie: 0.2,
    attention: 0,
    response: 0,
    reciprocity: 0,
    circle: 0,
    hostility: 0,
    distance: 0,
  },
  trustParts: { direct: 0, 'through-ties': 0, distrust: 0 },
})

export function createFakeEngine(now: () => Date): Engine {
  const users = new Map<string, User>()
  const items = new Map<string, Item>()
  const edges = new Map<string, Edge>()
  const events = new Map<string, Event & { at: Date }>()
  const keys = new Map<string, ApiKey>()
  const sessions = new Map<string, ReadonlySet<string>>()
  const training = { isRunning: false, phase: '', done: 0, total: 0 }
  const models: Model[] = [
    {
      ...{ id: 'model-1', at: now().toISOString(), state: 'serving', runId: someRun.id },
      verdict: { passes: true, reasons: [], segments: [], trials: 40 },
    },
  ]
  let clock = 0

  const mustKnow = (map: ReadonlyMap<string, unknown>, what: string, id: string | undefined) => {
    if (id === undefined || map.has(id)) return
    throw new KithError('not-found', `There is no ${what} "${id}". Put it first.`, {
      details: { [what]: id },
    })
  }
  const edgeId = ({ from, to, kind }: Pick<Edge, 'from' | 'to' | 'kind'>) =>
    JSON.stringify([from, to, kind])
  const list = <Entry>(map: ReadonlyMap<string, Entry>, { limit, after }: ListOptions) => {
    mustKnow(map, 'entry', after)
    const start = after === undefined ? 0 : [...map.keys()].indexOf(after) + 1
    return [...map.values()].slice(start, start + limit)
  }
  const removeWhere = <Entry>(map: Map<string, Entry>, isGone: (entry: Entry) => boolean) => {
    const gone = [...map].filter(([, entry]) => isGone(entry))
    for (const [id] of gone) map.delete(id)
    return gone.length
  }

  function pageOf({ feed, userId, limit, after, exclude, explain }: FeedQuery): Page {
    mustKnow(users, 'user', userId)
    if (after !== undefined) mustKnow(sessions, 'page', after)
    const seen = new Set([...(sessions.get(after ?? '') ?? []), ...exclude])
    const shown = [...items.values()].filter(({ id }) => !seen.has(id)).slice(0, limit)
    const id = randomUUID()
    sessions.set(id, new Set([...seen, ...shown.map((item) => item.id)]))
    return {
      id,
      feed,
      items: shown.map(({ createdAt, visibility: _, isUnsafe: __, ...item }, index) => ({
        rank: index + 1,
        item: { ...item, createdAt: createdAt.toISOString() },
        score: 1,
        parts: { freshness: 1 },
        from: ['fresh'],
        ...(explain ? { because: { text: 'It is new.', evidence: [], change: 'Time.' } } : {}),
      })),
      dropped: { exclude: exclude.length },
      ...(shown.length === limit ? { next: id } : {}),
    }
  }

  return {
    async putUsers(given) {
      for (const user of given) users.set(user.id, user)
      clock += given.length
      return { accepted: given.length }
    },
    async putItems(given) {
      for (const { authorId } of given) mustKnow(users, 'user', authorId)
      for (const item of given) items.set(item.id, item)
      clock += given.length
      return { accepted: given.length }
    },
    async putEdges(given) {
      for (const { from, to } of given) {
        mustKnow(users, 'user', from)
        mustKnow(users, 'user', to)
      }
      for (const edge of given) edges.set(edgeId(edge), edge)
      clock += given.length
      return { accepted: given.length }
    },
    async removeEdge(edge) {
      if (edges.delete(edgeId(edge))) clock++
    },
    async addEvents(given) {
      const fresh = new Map<string, Event & { at: Date }>()
      for (const event of given) {
        mustKnow(users, 'user', event.userId)
        mustKnow(users, 'user', event.targetUserId)
        mustKnow(items, 'item', event.itemId)
        const at = event.at ?? now()
        const { id, userId, type, itemId, targetUserId } = event
        const name = JSON.stringify(id ? [userId, id] : [userId, type, itemId, targetUserId, at])
        if (!events.has(name)) fresh.set(name, { ...event, at })
      }
      for (const [name, event] of fresh) events.set(name, event)
      clock += fresh.size
      return { accepted: fresh.size, duplicates: given.length - fresh.size }
    },
    getUser: (id) => users.get(id),
    listUsers: async (options) => list(users, options),
    getItem: (id) => items.get(id),
    listItems: async (options) => list(items, options),
    async removeItem(id) {
      mustKnow(items, 'item', id)
      items.delete(id)
      clock++
    },
    async eraseUser(id) {
      mustKnow(users, 'user', id)
      const removed = {
        items: removeWhere(items, (item) => item.authorId === id),
        edges: removeWhere(edges, ({ from, to }) => from === id || to === id),
        events: removeWhere(events, (event) => event.userId === id || event.targetUserId === id),
        pages: 0,
      }
      users.delete(id)
      removeWhere(keys, (key) => key.userId === id)
      clock++
      return removed
    },
    async exportUser(id) {
      const user = users.get(id)
      if (!user) throw new KithError('not-found', `There is no user "${id}". Put it first.`)
      return {
        user,
        items: [...items.values()].filter((item) => item.authorId === id),
        edges: [...edges.values()].filter(({ from, to }) => from === id || to === id),
        events: [...events.values()].filter((event) => event.userId === id),
        moods: [],
        pages: [],
      }
    },
    async feed(query) {
      mustKnow(items, 'item', query.itemId)
      return pageOf(query)
    },
    async explain({ userId, itemId }) {
      mustKnow(users, 'user', userId)
      mustKnow(items, 'item', itemId)
      return { outcome: 'ranked', text: 'It is new.' }
    },
    async relation({ from, to }) {
      mustKnow(users, 'user', from)
      mustKnow(users, 'user', to)
      if (from === to)
        throw new KithError(
          'invalid-input',
          `"${from}" has no relation to themselves. Ask about two.`,
        )
      return someRelation(from, to)
    },
    network: async () => ({
      ...{ at: now().toISOString(), people: users.size, ties: edges.size, reciprocity: 0 },
      ...{ modularity: 0, homophily: 0, communities: [], between: [], influence: [], bridges: [] },
      ...{ cores: [users.size], islands: { people: 0, some: [] } },
      drawing: { people: [], ties: [] },
    }),
    policyLog: async () => ({ pages: 0, parts: [], choices: [] }),
    async createApiKey({ name, scopes, userId }) {
      const secret = `kith_${randomUUID()}`
      const key: ApiKey = { id: randomUUID(), name, scopes, userId, createdAt: now() }
      keys.set(hash(secret), key)
      return { key, secret }
    },
    findApiKey: async (secret) => keys.get(hash(secret)),
    listApiKeys: async () => [...keys.values()],
    removeApiKey: async (id) => removeWhere(keys, (key) => key.id === id) > 0,
    async understand(texts) {
      return openUnderstanding({ encoder: hashingEncoder(), heads: [] }).understand(texts)
    },
    async understandItem(id) {
      mustKnow(items, 'item', id)
      const { text } = items.get(id)!
      const fake = openUnderstanding({ encoder: hashingEncoder(), heads: [] })
      return (await fake.understand([text]))[0]!
    },
    topics: async () => [
      { id: 3, words: ['bread', 'oven'], share: 0.25, space: 'hashing@1', posts: 10 },
    ],
    async mood(id) {
      mustKnow(users, 'user', id)
      return { isOn: true, effect: 'None.' }
    },
    train: async () => training,
    models: async () => ({ training, models: [...models] }),
    async rollback() {
      const last = models.pop()
      if (!last)
        throw new KithError(
          'conflict',
          'No model serves, so there is none to take back. Make one with "kith train" or POST /v1/models/train.',
        )
      return { training, models: [...models] }
    },
    listRuns: async ({ limit = Infinity }) => [someRun].slice(0, limit),
    async getRun(id) {
      if (id !== someRun.id) throw new KithError('not-found', `There is no run "${id}". List them.`)
      return {
        run: someRun,
        curves: [{ name: 'als/seed 1/loss', steps: [0, 1], values: [1, null] }],
      }
    },
    async status() {
      return {
        isReady: true,
        adapters: { database: 'maps', encoder: 'none' },
        isSample: false,
        counts: { users: users.size, items: items.size, edges: edges.size, events: events.size },
        memory: { items: items.size, people: users.size, clock },
        work: {},
      }
    },
    async close() {},
  }
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
