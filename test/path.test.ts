/** The whole path, on a real engine with the town in it: what somebody does changes the next page. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../src/domain/event.ts'
import type { FeedQuery } from '../src/domain/feed-query.ts'
import type { Page } from '../src/domain/page.ts'
import type { Engine } from '../src/engine.ts'
import { openTestEngine, type TestEngine } from '../src/testing/test-engine.ts'
import { town } from '../src/testing/town.ts'

const usual = { limit: 20, exclude: [], languages: [], explain: true, locale: 'en' } as const
let test: TestEngine
let engine: Engine

beforeEach(async () => {
  test = await openTestEngine()
  engine = test.engine
  return () => test.close()
})

describe('effects in the very next page', () => {
  it('a hidden item is gone', async () => {
    const [first] = await homeIds('kofi')
    await act({ type: 'hide', userId: 'kofi', itemId: first ?? '' })
    expect(await homeIds('kofi')).not.toContain(first)
  })

  it('a liked item has been met, and what is like it gains', async () => {
    const before = await engine.feed({ ...usual, feed: 'home', userId: 'lin' })
    const liked = before.items.find(({ item }) => item.id.startsWith('bread-'))?.item.id ?? ''
    await act({ type: 'like', userId: 'lin', itemId: liked })
    const after = await engine.feed({ ...usual, feed: 'home', userId: 'lin' })
    expect(after.items.map(({ item }) => item.id)).not.toContain(liked)
    expect(tasteOf(before, 'bread-')).toBe(0)
    expect(tasteOf(after, 'bread-')).toBeGreaterThan(0)
  })

  it('an item of somebody just followed is told so, with the follow as evidence', async () => {
    const author = await firstAuthor('kofi', isStranger)
    await act({ type: 'follow', userId: 'kofi', targetUserId: author })
    const { items } = await engine.feed({ ...usual, feed: 'home', userId: 'kofi' })
    const told = items.filter(({ item }) => item.authorId === author)
    const evidence = told.flatMap(({ because }) => because?.evidence ?? [])
    expect(evidence).toContainEqual(expect.objectContaining({ type: 'follow', userId: author }))
  })

  it.each(['mute', 'block'] as const)(
    'after "%s" no item of that person is shown',
    async (type) => {
      const author = await firstAuthor('kofi')
      await act({ type, userId: 'kofi', targetUserId: author })
      expect(await authors('kofi')).not.toContain(author)
    },
  )

  it('a block hides in the other direction too', async () => {
    const author = await firstAuthor('ivy')
    await act({ type: 'block', userId: author, targetUserId: 'ivy' })
    expect(await authors('ivy')).not.toContain(author)
  })

  it('who goes private leaves every page but those of their ties', async () => {
    const shown = await authors('jiang', { feed: 'latest', limit: 100 })
    const loud = town.users.find(({ id }) => shown.includes(id) && !isTied('jiang', id))?.id ?? ''
    expect(loud).not.toBe('')
    await engine.putUsers(
      town.users.filter(({ id }) => id === loud).map((user) => ({ ...user, isPrivate: true })),
    )
    expect(await authors('jiang', { feed: 'latest', limit: 100 })).not.toContain(loud)
  })

  it('a removed item and an erased person are gone', async () => {
    const [first] = await homeIds('he')
    await engine.removeItem(first ?? '')
    expect(await homeIds('he')).not.toContain(first)
    const author = await firstAuthor('he')
    await engine.eraseUser(author)
    expect(await authors('he')).not.toContain(author)
    await expect(engine.feed({ ...usual, feed: 'home', userId: author })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('pages', () => {
  it('split every score exactly into its parts, and say where each item came from', async () => {
    const { items } = await engine.feed({ ...usual, feed: 'home', userId: 'bo' })
    expect(items.length).toBeGreaterThan(5)
    for (const { score, parts, from, because } of items) {
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 6)
      expect(from.length).toBeGreaterThan(0)
      expect(because?.text).toBeTruthy()
    }
  })

  it('never repeat an item in a session, not even across a restart', async () => {
    const first = await engine.feed({ ...usual, limit: 5, feed: 'home', userId: 'fang' })
    engine = await test.reopen()
    const seen = new Set(first.items.map(({ item }) => item.id))
    for (let after = first.next; after !== undefined; ) {
      const page = await engine.feed({ ...usual, limit: 5, feed: 'home', userId: 'fang', after })
      for (const { item } of page.items) {
        expect(seen).not.toContain(item.id)
        seen.add(item.id)
      }
      after = page.next
    }
    expect(seen.size).toBeGreaterThan(10)
  })

  it('suggest people, never a muted, blocked or private one, or somebody known', async () => {
    const { items } = await engine.feed({ ...usual, feed: 'people', userId: 'kofi' })
    expect(items.length).toBeGreaterThan(0)
    const suggested = items.map(({ item }) => item.id)
    expect(suggested).not.toContain('dara')
    for (const id of suggested) expect(isTied('kofi', id)).toBe(false)
  })

  it('explain in Chinese as well', async () => {
    const { items } = await engine.feed({ ...usual, locale: 'zh', feed: 'home', userId: 'chen' })
    expect(items[0]?.because?.text).toMatch(/\p{Script=Han}/u)
  })

  it('say why an item is not there', async () => {
    await act({ type: 'mute', userId: 'kofi', targetUserId: 'bo' })
    const answer = await engine.explain({
      feed: 'home',
      userId: 'kofi',
      itemId: 'bread-1',
      locale: 'en',
    })
    expect(answer).toMatchObject({ outcome: 'dropped', by: 'muted' })
  })
})

describe('a restart', () => {
  it('brings back the same pages from the snapshot and from the store alike', async () => {
    const before = await homeIds('ada')
    engine = await test.reopen()
    expect(await homeIds('ada')).toEqual(before)
  })
})

function act(event: Event): Promise<unknown> {
  return engine.addEvents([event])
}

async function homeIds(userId: string): Promise<string[]> {
  const { items } = await engine.feed({ ...usual, feed: 'home', userId })
  return items.map(({ item }) => item.id)
}

async function authors(userId: string, query: Partial<FeedQuery> = {}): Promise<string[]> {
  const { items } = await engine.feed({ ...usual, feed: 'home', userId, ...query })
  return items.flatMap(({ item }) => item.authorId ?? [])
}

async function firstAuthor(userId: string, suits = (_: string) => true): Promise<string> {
  return (await authors(userId)).find(suits) ?? ''
}

function isStranger(author: string): boolean {
  return !isTied('kofi', author)
}

function tasteOf({ items }: Page, prefix: string): number {
  return items
    .filter(({ item }) => item.id.startsWith(prefix))
    .reduce((sum, { parts }) => sum + (parts['taste'] ?? 0), 0)
}

function isTied(a: string, b: string): boolean {
  return town.edges.some(({ from, to }) => (from === a && to === b) || (from === b && to === a))
}
