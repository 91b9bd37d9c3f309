/** A stand-in for the engine's HTTP API over the town, while the real one is being built. */
import type { Page, PageItem } from '../../src/domain/page.ts'
import { town } from '../../src/testing/town.ts'

export interface MockAnswer {
  readonly status: number
  readonly body: unknown
}

interface Deed {
  type: string
  userId: string
  itemId?: string
  targetUserId?: string
}

export function createMockApi() {
  const deeds: Deed[] = []
  const pages = new Map<string, string[]>()
  return (method: string, url: URL, body: unknown): MockAnswer => {
    const [, , room, id] = url.pathname.split('/').map(decodeURIComponent)
    const ask = url.searchParams
    if (room === 'status') return ok(status(deeds.length))
    if (room === 'users' && id) return found(town.users.find((user) => user.id === id))
    if (room === 'users') return ok(users(ask))
    if (room === 'items') return found(town.items.find((item) => item.id === id))
    if (room === 'events' && method === 'POST') {
      deeds.push(...(body as { events: Deed[] }).events)
      return { status: 202, body: { accepted: 1, duplicates: 0 } }
    }
    if (room === 'feeds') return ok(feed(id ?? '', ask, deeds, pages))
    return { status: 404, body: { title: 'Not found', detail: `No ${url.pathname}.` } }
  }
}

const ok = (body: unknown): MockAnswer => ({ status: 200, body })
const found = (body: unknown): MockAnswer =>
  body ? ok(body) : { status: 404, body: { title: 'Not found', detail: 'There is no such id.' } }

const status = (events: number) => ({
  isReady: true,
  adapters: { database: 'PostgreSQL 18.4, embedded', encoder: 'bundled (en, zh)' },
  isSample: true,
  counts: { users: 2000, items: 12_000, edges: 18_350, events: 141_200 + events },
  memory: { items: 12_000, people: 2000, clock: 1 },
  work: {},
})

function users(ask: URLSearchParams) {
  const limit = Number(ask.get('limit') ?? 50)
  const start = town.users.findIndex(({ id }) => id === ask.get('after')) + 1
  const part = town.users.slice(start, start + Math.min(limit, 5))
  const last = start + part.length < town.users.length ? part.at(-1)?.id : undefined
  return { users: part, ...(last ? { next: last } : {}) }
}

function feed(
  name: string,
  ask: URLSearchParams,
  deeds: readonly Deed[],
  pages: Map<string, string[]>,
): Page {
  const user = ask.get('user') ?? ''
  const zh = ask.get('locale') === 'zh'
  const mine = deeds.filter(({ userId }) => userId === user)
  const shown = pages.get(ask.get('after') ?? '') ?? []
  const all = name === 'people' ? people(user, zh) : posts(name, user, mine, zh, ask.get('item'))
  const rest = all.filter(({ item }) => !shown.includes(item.id))
  const items = rest.slice(0, Math.min(Number(ask.get('limit')), 8))
  const id = `page-${pages.size + 1}`
  pages.set(id, [...shown, ...items.map(({ item }) => item.id)])
  return {
    id,
    feed: name,
    items: items.map((item, place) => ({ ...item, rank: shown.length + place + 1 })),
    dropped: { seen: 6 + mine.length, own: 4, muted: 3, language: 2 },
    ...(rest.length > items.length ? { next: id } : {}),
  }
}

function people(user: string, zh: boolean): PageItem[] {
  return town.users
    .filter(({ id }) => id !== user)
    .map((person, place) => ({
      rank: 0,
      item: { id: person.id, kind: 'person', authorName: person.name ?? '', text: person.bio ?? '', tags: [] },
      score: 0.9 - place * 0.05,
      parts: { ties: 0.5 - place * 0.03, interest: 0.4 - place * 0.02 },
      from: ['friends-of-friends'],
      because: {
        text: zh ? '你们有 2 位共同好友，都喜欢星空。' : 'You share 2 ties and a taste for the stars.',
        evidence: [{ type: 'like', at: '2025-12-30T12:00:00Z', itemId: 'stars-2' }],
        change: zh ? '没有共同好友就不会出现。' : 'Without the shared ties it would not be here.',
      },
    }))
}

function posts(name: string, user: string, mine: readonly Deed[], zh: boolean, about: string | null) {
  const about_ = town.items.find(({ id }) => id === about)
  const weight: Record<string, number> = { like: 0.3, more: 0.6, less: -0.8, hide: -0.4 }
  const gone = new Set(mine.map(({ itemId }) => itemId))
  const away = new Set(
    mine.filter(({ type }) => type === 'mute' || type === 'block').map((deed) => deed.targetUserId),
  )
  const topicWeight = (topic: string) => {
    const place = (town.tastes[user] ?? []).indexOf(topic as never)
    const learnt = mine.reduce((sum, deed) => {
      const item = town.items.find(({ id }) => id === deed.itemId)
      return item?.tags[0] === topic ? sum + (weight[deed.type] ?? 0) : sum
    }, 0)
    return (place < 0 ? 0 : 0.62 - place * 0.2) + learnt
  }
  const list = town.items
    .filter((item) => item.authorId !== user && !gone.has(item.id) && !away.has(item.authorId))
    .filter((item) => about_ === undefined || (item.tags[0] === about_.tags[0] && item !== about_))
    .map((item): PageItem => {
      const age = (town.now.getTime() - item.createdAt.getTime()) / 3_600_000
      const tied = town.edges.some(({ from, to }) => from === user && to === item.authorId)
      const parts: Record<string, number> = {
        taste: topicWeight(item.tags[0] ?? ''),
        circle: tied ? 0.2137 : 0,
        freshness: 0.25 * 2 ** (-age / 24),
        popularity: (item.text.length % 7) / 50 + 0.0123,
      }
      if (item.tags[0] === 'council') parts['dislike'] = -0.2222
      const score = Object.values(parts).reduce((sum, part) => sum + part, 0)
      const author = town.users.find(({ id }) => id === item.authorId)?.name ?? ''
      return {
        rank: 0,
        item: {
          id: item.id,
          kind: 'post',
          authorId: item.authorId ?? '',
          authorName: author,
          text: item.text,
          createdAt: item.createdAt.toISOString(),
          language: item.language ?? 'en',
          tags: item.tags,
        },
        score: name === 'latest' ? -age : score,
        parts: name === 'latest' ? { freshness: -age } : parts,
        from: tied ? ['following', 'similar'] : ['similar', 'trending'],
        because: {
          text: zh
            ? `因为你喜欢过几条关于“${item.tags[0]}”的内容，而且${author}在你的圈子里。`
            : `You liked several posts about ${item.tags[0]}, and ${author} is close to your circle.`,
          evidence: town.events
            .filter((event) => event.userId === user)
            .slice(0, 3)
            .map(({ type, at, itemId }) => ({ type, at: at.toISOString(), itemId: itemId ?? '' })),
          change: zh
            ? '如果没有“口味”这一部分，它会排在第 14 位。'
            : 'Without the part “taste” it would stand at place 14.',
        },
      }
    })
  return list.sort((a, b) => b.score - a.score)
}
