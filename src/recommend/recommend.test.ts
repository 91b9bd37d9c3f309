import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FeedName, Page } from '../domain/page.ts'
import { seededRandom } from '../math/random.ts'
import { createRecommender, type RecommendRequest } from './recommend.ts'
import { createTestNetwork, type TestNetwork, townNetwork } from './stage.contract.ts'

const itemFeeds = ['home', 'related', 'trending', 'latest'] as const

it('home puts first what suits a person of the town, and last what they want less of', () => {
  const kofi = home(townNetwork(), 'kofi')

  expect(kofi.items[0]?.item.id).toBe('bikes-5')
  const suiting = kofi.items.filter(({ parts: { taste = 0 } }) => taste > 0.1)
  expect(new Set(suiting.map(({ item }) => item.tags[0]))).toEqual(new Set(['bikes']))
  const last = kofi.items.toSorted((a, b) => a.score - b.score)[0]
  expect(last?.item.authorId).toBe('gus')
})

it('the score of every item is exactly the sum of its parts', () => {
  const town = townNetwork()
  for (const feed of itemFeeds) {
    const item = feed === 'related' ? town.item('tea-1') : -1
    const { items } = pageOf(town, 'bo', { feed, item })
    expect(items.length).toBeGreaterThan(5)
    for (const { score, parts } of items) {
      const sum = Object.values(parts).reduce((total, part) => total + part, 0)
      expect(Math.abs(sum - score)).toBeLessThan(1e-6)
    }
  }
})

it('the same request with the same seed gives the same page', () => {
  const town = townNetwork()
  expect(home(town, 'chen', { explain: true })).toEqual(home(town, 'chen', { explain: true }))
})

it('records how many candidates each filter dropped', () => {
  const { dropped } = home(townNetwork(), 'ada')

  expect(dropped).toMatchObject({ own: 3, seen: 6, hidden: 1, muted: 3 })
})

it('like and more lift what is near in the very next page, less sinks it and its author', () => {
  const rankOf = (network: TestNetwork, topic: string) => {
    const ranks = home(network, 'lin', { limit: 60 }).items.flatMap(({ item, rank }) =>
      item.tags[0] === topic ? [rank] : [],
    )
    return ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length
  }
  const before = rankOf(townNetwork(), 'jazz')

  for (const type of ['like', 'more'] as const) {
    const town = townNetwork()
    town.addEvent({ type, userId: 'lin', itemId: 'jazz-1' })
    expect(rankOf(town, 'jazz')).toBeLessThan(before - 5)
  }
  const town = townNetwork()
  town.addEvent({ type: 'less', userId: 'lin', itemId: 'jazz-1' })
  expect(rankOf(town, 'jazz')).toBeGreaterThan(before + 5)
  const byAuthor = home(town, 'lin', { limit: 60 }).items.filter(
    ({ item }) => item.authorId === 'ivy',
  )
  expect(byAuthor.length).toBeGreaterThan(0)
  for (const { parts } of byAuthor) {
    const { author } = parts
    expect(author).toBeLessThan(0)
  }
})

it('hide, mute and block take effect in the very next page of every feed', () => {
  for (const feed of ['home', 'trending', 'latest'] as const) {
    const town = townNetwork()
    const ids = () => idsOf(pageOf(town, 'lin', { feed, limit: 60 }))
    const authors = () =>
      pageOf(town, 'lin', { feed, limit: 60 }).items.map(({ item }) => item.authorId)
    expect(ids()).toEqual(expect.arrayContaining(['cats-1']))
    expect(authors()).toEqual(expect.arrayContaining(['gus', 'ivy', 'kofi']))

    town.addEvent({ type: 'hide', userId: 'lin', itemId: 'cats-1' })
    town.addEvent({ type: 'mute', userId: 'lin', targetUserId: 'gus' })
    town.addEvent({ type: 'block', userId: 'lin', targetUserId: 'ivy' })
    town.addEvent({ type: 'block', userId: 'kofi', targetUserId: 'lin' })

    expect(ids()).not.toContain('cats-1')
    for (const gone of ['gus', 'ivy', 'kofi']) expect(authors()).not.toContain(gone)
  }
})

it('unfollow ends what came through the tie', () => {
  const town = townNetwork()
  const fromOf = () => new Set(home(town, 'lin', { limit: 60 }).items.flatMap(({ from }) => from))
  expect(fromOf()).toContain('following')

  town.addEvent({ type: 'unfollow', userId: 'lin', targetUserId: 'bo' })

  expect(fromOf()).not.toContain('following')
  expect(fromOf()).not.toContain('circle')
})

it('a person who goes private, an item or a person that is removed, leave at once', () => {
  const town = townNetwork()
  const lin = () => home(town, 'lin', { limit: 60 }).items.map(({ item }) => item)
  expect(lin().map(({ authorId }) => authorId)).toEqual(expect.arrayContaining(['emil', 'he']))

  town.putUser({ id: 'emil', name: 'Emil', isPrivate: true })
  town.apply({ kind: 'user-removed', userId: 'he' })
  town.apply({ kind: 'item-removed', itemId: 'tea-5' })

  const after = lin()
  expect(after.map(({ authorId }) => authorId)).not.toContain('emil')
  expect(after.map(({ authorId }) => authorId)).not.toContain('he')
  expect(after.map(({ id }) => id)).not.toContain('tea-5')
})

it('gives a newcomer with a tie the circle, and one without anything what is popular and new', () => {
  const town = townNetwork()
  town.putUser({ id: 'new', languages: ['en'] })

  expect(home(town, 'lin').items[0]?.from).toEqual(
    expect.arrayContaining([expect.stringMatching(/circle|following/)]),
  )
  const { items } = home(town, 'new')
  expect(items).toHaveLength(20)
  expect(items.every(({ item }) => item.language === 'en')).toBe(true)
  expect(new Set(items.flatMap(({ from }) => from))).toContain('trending')
})

it('related shows what is near an item, not the item', () => {
  const town = townNetwork()

  const page = pageOf(town, undefined, { feed: 'related', item: town.item('tea-2'), limit: 4 })

  expect(idsOf(page)).not.toContain('tea-2')
  expect(topicsOf(page)).toEqual(['tea', 'tea', 'tea', 'tea'])
})

it('latest is in the order of time', () => {
  const times = pageOf(townNetwork(), 'bo', { feed: 'latest' }).items.map(
    ({ item }) => item.createdAt,
  )
  expect(times).toEqual(times.toSorted().toReversed())
})

it('people is a page of persons', () => {
  const { items } = pageOf(townNetwork(), 'jiang', { feed: 'people', explain: true })

  expect(items.map(({ item }) => item.id)).toContain('bo')
  expect(items[0]).toMatchObject({ rank: 1, item: { kind: 'person' } })
  expect(items.every(({ because }) => because?.text)).toBe(true)
})

it('paging to the end repeats nothing and leaves nothing out that may be shown', () => {
  const town = townNetwork()
  const shown: string[] = []
  for (let page = 0; page < 20; page++) {
    const exclude = new Set(shown.map(town.item))
    const { items, next } = home(town, 'bo', { exclude, limit: 7 })
    shown.push(...items.map(({ item }) => item.id))
    if (next === undefined) break
  }

  expect(new Set(shown).size).toBe(shown.length)
  const { histories, items } = town.memory
  const bo = town.person('bo')
  const seen = histories.seen(bo)
  const met = new Set(seen.values.subarray(0, seen.length))
  const expected = Array.from({ length: items.count }, (_, item) => item)
    .filter((item) => !met.has(item) && items.authorOf(item) !== bo)
    .map((item) => items.get(item)!.id)
  expect(shown.toSorted()).toEqual(expected.toSorted())
})

it('says why an item is not on the page', () => {
  const town = townNetwork()
  const recommender = createRecommender({ memory: town.memory })
  const ada = { feed: 'home' as const, ...town.request('ada', { limit: 5 }) }
  const why = (id: string, changed = {}) =>
    recommender.whyNot({ ...ada, ...changed }, town.item(id))

  expect(why('stars-2')).toEqual({ kind: 'dropped', filter: 'seen' })
  expect(why('council-2')).toEqual({ kind: 'dropped', filter: 'muted' })
  expect(why('tea-5')).toMatchObject({ kind: 'dropped', filter: 'language' })
  expect(why('council-4', { languages: ['zh'] })).toEqual({ kind: 'dropped', filter: 'language' })
  const page = recommender.recommend({ ...ada, pageId: 'p' })
  expect(why(page.items[1]!.item.id)).toEqual({ kind: 'shown', rank: 2 })
  const far = recommender.recommend({ ...ada, limit: 40, pageId: 'p' }).items.at(-1)!
  expect(why(far.item.id)).toMatchObject({ kind: 'ranked', of: expect.any(Number) })
})

it('an unproposed item that may not be shown is answered by the filter', () => {
  const town = townNetwork()
  const recommender = createRecommender({ memory: town.memory })
  const request = { feed: 'related' as const, ...town.request('ada', { item: town.item('tea-1') }) }

  expect(recommender.whyNot(request, town.item('council-1'))).toMatchObject({ kind: 'dropped' })
})

it('nobody is ever shown across a block or a mute, or what is private, in any network', () => {
  fc.assert(
    fc.property(networks, ({ ties, posts, deeds }) => {
      const network = randomNetwork(ties, posts, deeds)
      for (let person = 0; person < size; person++) {
        for (const feed of itemFeeds) checkPage(network, person, feed)
        checkPeople(network, person)
      }
    }),
    { numRuns: 40 },
  )
})

const size = 6
const someone = fc.nat(size - 1)
const networks = fc.record({
  ties: fc.array(
    fc.record({
      from: someone,
      to: someone,
      kind: fc.constantFrom('follow', 'friend', 'block', 'mute' as const),
    }),
    { maxLength: 20 },
  ),
  posts: fc.array(
    fc.record({
      author: someone,
      visibility: fc.constantFrom('public', 'followers', 'private' as const),
      topic: fc.constantFrom('tea', 'jazz'),
    }),
    { minLength: 3, maxLength: 20 },
  ),
  deeds: fc.array(
    fc.record({
      person: someone,
      post: fc.nat(19),
      type: fc.constantFrom('like', 'hide', 'less', 'repost' as const),
    }),
    { maxLength: 30 },
  ),
})

type Drawn = ReturnType<typeof networks.generate>['value']

function randomNetwork(ties: Drawn['ties'], posts: Drawn['posts'], deeds: Drawn['deeds']) {
  const network = createTestNetwork()
  for (let person = 0; person < size; person++) {
    network.putUser({ id: `p${person}`, isPrivate: person === 0 })
  }
  posts.forEach(({ author, visibility, topic }, number) => {
    const createdAt = '2026-01-01T00:00:00Z'
    network.putItem({
      id: `i${number}`,
      authorId: `p${author}`,
      visibility,
      createdAt,
      tags: [topic],
    })
  })
  for (const { from, to, kind } of ties) {
    if (from !== to) network.putEdge({ from: `p${from}`, to: `p${to}`, kind })
  }
  for (const { person, post, type } of deeds) {
    if (post < posts.length) network.addEvent({ type, userId: `p${person}`, itemId: `i${post}` })
  }
  return network
}

function checkPage(network: TestNetwork, person: number, feed: (typeof itemFeeds)[number]): void {
  const { items, ties, people } = network.memory
  const asked = feed === 'related' ? 0 : -1
  const ids = idsOf(pageOf(network, `p${person}`, { feed, item: asked, limit: 50 }))
  expect(new Set(ids).size).toBe(ids.length)
  for (const item of ids.map(network.item)) {
    const author = items.authorOf(item)
    expect(ties.has(person, author, 'block') || ties.has(author, person, 'block')).toBe(false)
    expect(ties.has(person, author, 'mute')).toBe(false)
    if (author === person) continue
    expect(items.visibilityOf(item)).not.toBe('private')
    const isForTies = items.visibilityOf(item) === 'followers' || people.isPrivate(author)
    if (isForTies) expect(ties.weight(person, author)).toBeGreaterThan(0)
  }
}

function checkPeople(network: TestNetwork, person: number): void {
  const { ties, people } = network.memory
  for (const id of idsOf(pageOf(network, `p${person}`, { feed: 'people' }))) {
    const other = network.person(id)
    expect(other).not.toBe(person)
    expect(people.isPrivate(other)).toBe(false)
    expect(ties.weight(person, other)).toBe(0)
    expect(ties.has(person, other, 'block') || ties.has(other, person, 'block')).toBe(false)
    expect(ties.has(person, other, 'mute')).toBe(false)
  }
}

function home(network: TestNetwork, userId: string, changed: Partial<RecommendRequest> = {}): Page {
  return pageOf(network, userId, { feed: 'home', ...changed })
}

function pageOf(
  network: TestNetwork,
  userId: string | undefined,
  { feed, ...changed }: Partial<RecommendRequest> & { readonly feed: FeedName },
): Page {
  const request = network.request(userId, { random: seededRandom(5), ...changed })
  return createRecommender({ memory: network.memory }).recommend({
    feed,
    pageId: 'page',
    ...request,
  })
}

function idsOf({ items }: Page): string[] {
  return items.map(({ item }) => item.id)
}

function topicsOf({ items }: Page): (string | undefined)[] {
  return items.map(({ item }) => item.tags[0])
}
