import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emotionsOf } from '../domain/labels.ts'
import type { Page } from '../domain/page.ts'
import { defaultBounds, type PageBounds } from '../domain/page-bounds.ts'
import { seededRandom } from '../math/random.ts'
import { createRecommender } from './recommend.ts'
import { createTestNetwork, type TestNetwork } from './stage.contract.ts'

const post = fc.record({
  author: fc.nat(6),
  topic: fc.constantFrom('tea', 'jazz', 'bikes'),
  mood: fc.constantFrom('sadness', 'anger', 'joy', 'neutral' as const),
})

/** Authors a0 and a1 are famous and old; the others are new. */
function networkOf(posts: readonly ReturnType<typeof post.generate>['value'][]): TestNetwork {
  const network = createTestNetwork()
  network.putUser({ id: 'me' })
  for (let author = 0; author <= 6; author++) network.putUser({ id: `a${author}` })
  for (const famous of ['a0', 'a1']) {
    for (let fan = 0; fan < 12; fan++) {
      network.putUser({ id: `${famous}-fan${fan}` })
      network.putEdge({ from: `${famous}-fan${fan}`, to: famous, kind: 'follow' })
    }
    network.putItem({ id: `${famous}-old`, authorId: famous, createdAt: '2020-01-01T00:00:00Z' })
  }
  posts.forEach(({ author, topic, mood }, number) => {
    const labels = {
      joy: 0,
      anger: 0,
      sadness: 0,
      fear: 0,
      surprise: 0,
      other: 0,
      neutral: 0,
      [mood]: 0.9,
    }
    network.putLabels(`i${number}`, labels, { authorId: `a${author}`, tags: [topic] })
  })
  return network
}

function home(network: TestNetwork, limit: number, bounds: PageBounds = defaultBounds): Page {
  const request = network.request('me', { limit, random: seededRandom(3), explain: true })
  const recommender = createRecommender({ memory: network.memory, bounds })
  return recommender.recommend({ feed: 'home', pageId: 'p', ...request })
}

/** Read from the page alone, not by the code that made it. */
function checkBounds({ items, bounds = {} }: Page, { memory }: TestNetwork): void {
  const isHeld = (name: string): boolean => bounds[name]?.isKept !== false
  const numbers = items.map(({ item }) => memory.items.numberOf(item.id))
  const authors = items.map(({ item }) => item.authorId)
  const count = <Value>(values: readonly Value[], wanted: Value): number =>
    values.filter((value) => value === wanted).length
  const share = (of: number): number => Math.max(1, Math.floor(items.length * of))
  authors.forEach((author, place) => {
    if (isHeld('author-spacing')) {
      expect(authors.slice(Math.max(0, place - 3), place)).not.toContain(author)
    }
    if (isHeld('author-number')) expect(count(authors, author)).toBeLessThanOrEqual(3)
  })
  for (const [name, emotion] of [
    ['sad', 'sadness'],
    ['angry', 'anger'],
  ] as const) {
    const moody = numbers.map((n) => (emotionsOf(memory.items.labelsOf(n))?.[emotion] ?? 0) > 0.5)
    if (isHeld(name)) expect(count(moody, true)).toBeLessThanOrEqual(share(1 / 3))
  }
  const topics = items.flatMap(({ item }) => item.tags)
  for (const topic of topics) {
    if (isHeld('topics')) expect(count(topics, topic)).toBeLessThanOrEqual(share(0.5))
  }
}

it('every bound that a page does not call given up holds, with any candidates', () => {
  fc.assert(
    fc.property(
      fc.array(post, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 14 }),
      (posts, limit) => {
        const network = networkOf(posts)
        const page = home(network, limit)
        expect(new Set(page.items.map(({ item }) => item.id)).size).toBe(page.items.length)
        expect(page.items.length).toBe(Math.min(limit, network.memory.items.liveCount))
        checkBounds(page, network)
      },
    ),
    { numRuns: 60 },
  )
})

it('no more than a third of a page is sad news while there is anything else', () => {
  const posts = Array.from({ length: 60 }, (_, n) => ({
    author: n % 7,
    topic: (['tea', 'jazz', 'bikes'] as const)[n % 3]!,
    mood: n % 2 === 0 ? ('sadness' as const) : ('neutral' as const),
  }))
  const network = networkOf(posts)

  const page = home(network, 12)

  checkBounds(page, network)
  expect(page.bounds?.['sad']).toMatchObject({ isKept: true })
  expect(page.bounds?.['sad']?.acted).toBeGreaterThan(0)
  const moved = page.items.map(({ because }) => because?.moved ?? '').join(' ')
  expect(moved).toMatch(/By score alone it would stand on place \d+; it stands on \d+, because/)
})

it('says what it had to give up when everything is sad, and keeps the rest', () => {
  const posts = Array.from({ length: 30 }, (_, n) => ({
    author: n % 7,
    topic: (['tea', 'jazz', 'bikes'] as const)[n % 3]!,
    mood: 'sadness' as const,
  }))
  const network = networkOf(posts)
  network.apply(
    { kind: 'item-removed', itemId: 'a0-old' },
    { kind: 'item-removed', itemId: 'a1-old' },
  )

  const page = home(network, 10)

  expect(page.items).toHaveLength(10)
  expect(page.bounds?.['sad']).toMatchObject({ isKept: false })
  expect(page.bounds?.['author-spacing']?.isKept ?? true).toBe(true)
  checkBounds(page, network)
})

it('small and new creators have their places among the famous', () => {
  const network = networkOf([])
  for (let n = 0; n < 60; n++) {
    // The famous are liked by everybody, so that by score alone the page would be theirs.
    const authorId = n < 50 ? `a${n % 2}` : 'a5'
    network.putItem({
      id: `i${n}`,
      authorId,
      createdAt: '2025-12-01T00:00:00Z',
      tags: [`t${n % 5}`],
    })
    for (let fan = 0; fan < 8 && n < 50; fan++) {
      network.addEvent({ type: 'like', userId: `a0-fan${fan}`, itemId: `i${n}` })
    }
  }
  const of = (smallShare: number) => {
    const bounds = { ...defaultBounds, authorApart: 1, authorMost: 100, topicShare: 1, smallShare }
    return home(network, 10, bounds).items.map(({ item }) => item.authorId)
  }

  expect(of(0)).not.toContain('a5')
  expect(of(0.1).filter((author) => author === 'a5')).toHaveLength(1)
  const three = of(0.3)
  for (const place of [4, 7, 10]) {
    const small = three.slice(0, place).filter((author) => author === 'a5')
    expect(small.length).toBeGreaterThanOrEqual(Math.floor(0.3 * place))
  }
})
