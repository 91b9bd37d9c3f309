/** What every store must do. Each test gets an empty one. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../domain/change.ts'
import { embeddingOf } from '../domain/embedding.ts'
import type { DatedEvent } from '../domain/event.ts'
import { type Item, type ItemInput, itemSchema } from '../domain/item.ts'
import { type User, userSchema } from '../domain/user.ts'
import type { Store } from './store.ts'

export interface StoreOpener {
  /** A store without a row. */
  openEmpty(): Promise<Store>
  /** The same rows again, after the store was closed. */
  openAgain(): Promise<Store>
  /** After all tests. */
  close(): Promise<void>
}

const noon = new Date('2026-11-22T12:00:00.000Z')

function person(id: string, more: Partial<User> = {}): User {
  return { ...userSchema.parse({ id }), ...more }
}

function post(id: string, more: Partial<ItemInput> = {}): Item {
  return itemSchema.parse({ id, text: `about ${id}`, createdAt: noon.toISOString(), ...more })
}

function event(userId: string, itemId: string, minute = 0, more: Partial<DatedEvent> = {}) {
  const at = new Date(noon.getTime() + minute * 60_000)
  return { type: 'like', userId, itemId, at, ...more } satisfies DatedEvent
}

export async function allChanges(store: Store, clock = 0): Promise<Change[]> {
  const all: Change[] = []
  for await (const batch of store.changesSince(clock)) all.push(...batch)
  return all
}

export function storeContract(name: string, opener: StoreOpener): void {
  describe(`${name} keeps the store contract`, () => {
    let store: Store

    beforeEach(async () => {
      store = await opener.openEmpty()
    })
    afterEach(() => store.close())
    afterAll(() => opener.close())

    async function putPeople(...ids: string[]): Promise<void> {
      await store.users.put(ids.map((id) => person(id)))
    }

    describe('people', () => {
      it('are given back as they were put, in the order they were first put', async () => {
        const ada = person('ada', { name: 'Ada 李', createdAt: noon, languages: ['en', 'zh'] })
        await store.users.put([person('zoe'), ada])
        await store.users.put([person('bob'), person('zoe', { name: 'Zoë' })])
        expect(await store.users.get('ada')).toEqual(ada)
        expect(await store.users.get('nobody')).toBeUndefined()
        const names = (await store.users.list({ limit: 10 })).map(({ id }) => id)
        expect(names).toEqual(['zoe', 'ada', 'bob'])
        const rest = await store.users.list({ limit: 1, after: 'zoe' })
        expect(rest.map(({ id }) => id)).toEqual(['ada'])
        expect((await store.counts()).users).toBe(3)
      })

      it('put twice in one call stay as they were put last', async () => {
        const changes = await store.users.put([
          person('ada', { name: 'first' }),
          person('ada', { name: 'last' }),
        ])
        expect(changes).toHaveLength(1)
        expect((await store.users.get('ada'))?.name).toBe('last')
        expect((await store.counts()).users).toBe(1)
      })

      it('cannot be listed after somebody unknown', async () => {
        await expect(store.users.list({ limit: 1, after: 'ghost' })).rejects.toMatchObject({
          code: 'not-found',
        })
      })
    })

    describe('items', () => {
      const first = embeddingOf('space@1', [1, -2, 3])
      const second = embeddingOf('space@2', [4, 5])

      it('are given back as they were put', async () => {
        await putPeople('ada')
        const item = post('one', {
          authorId: 'ada',
          tags: ['猫'],
          text: 'hello 你好',
          isUnsafe: true,
        })
        await store.items.put([{ item, embedding: first }, { item: post('two') }])
        expect(await store.items.get('one')).toEqual(item)
        expect(await store.items.get('three')).toBeUndefined()
        const ids = (await store.items.list({ limit: 5 })).map(({ id }) => id)
        expect(ids).toEqual(['one', 'two'])
        expect(await store.items.list({ limit: 5, after: 'one' })).toEqual([post('two')])
        expect((await store.counts()).items).toBe(2)
      })

      it('of an unknown author are refused, and nothing of the call is kept', async () => {
        const items = [{ item: post('one') }, { item: post('two', { authorId: 'ghost' }) }]
        await expect(store.items.put(items)).rejects.toMatchObject({
          code: 'not-found',
          details: { userId: 'ghost', index: 1 },
        })
        expect(await store.items.get('one')).toBeUndefined()
      })

      it('put again keep their embedding until the text changes or a new one is given', async () => {
        await store.items.put([{ item: post('one'), embedding: first }])
        const embeddingAfter = async (item: Item, embedding?: typeof first) => {
          const [change] = await store.items.put([{ item, embedding }])
          const [again] = await allChanges(store)
          expect(again).toEqual(change)
          return change?.kind === 'item' ? change.embedding : 'no change'
        }
        expect(await embeddingAfter(post('one', { tags: ['new'] }))).toEqual(first)
        expect(await embeddingAfter(post('one'), second)).toEqual(second)
        expect(await embeddingAfter(post('one', { text: 'else' }))).toBeUndefined()
      })

      it('not yet in a space are found, newest first, without those that say nothing', async () => {
        const at = (day: number) => ({ createdAt: `2026-11-0${day}T00:00:00Z` })
        await store.items.put([
          { item: post('old', at(1)) },
          { item: post('new', at(3)) },
          { item: post('silent', { ...at(2), text: '  ' }) },
          { item: post('done', at(2)), embedding: first },
        ])
        const missing = async (...spaces: string[]) => {
          const items = await store.items.listNotIn(spaces, 10)
          expect(await store.items.countNotIn(spaces)).toBe(items.length)
          return items.map(({ id }) => id)
        }
        expect(await missing('space@1')).toEqual(['new', 'old'])
        expect(await missing('space@2')).toEqual(['new', 'done', 'old'])
        expect(await missing('space@1', 'never heard of')).toEqual(['new', 'old'])
      })

      it('are embedded in the background, unless they were rewritten or removed meanwhile', async () => {
        await putPeople('ada')
        for (const id of ['same', 'rewritten', 'removed', 'odd']) {
          await store.items.put([{ item: post(id, { authorId: 'ada' }) }])
        }
        await store.items.put([{ item: post('rewritten', { authorId: 'ada', text: 'new words' }) }])
        await store.items.remove('removed')
        const ids = ['same', 'rewritten', 'removed', 'odd', 'never there']
        const changes = await store.items.embed(
          ids.map((id) => ({
            id,
            text: `about ${id}`,
            embedding: id === 'odd' ? undefined : first,
          })),
        )
        const embedded = changes.map((change) => change.kind === 'item' && change.item.id)
        expect(embedded).toEqual(['same', 'odd'])
        const missing = await store.items.listNotIn(['space@1'], 10)
        expect(missing.map(({ id }) => id)).toEqual(['rewritten'])
        await store.items.put([{ item: post('odd', { authorId: 'ada', tags: ['x'] }) }])
        expect(await store.items.countNotIn(['space@1'])).toBe(1)
      })

      it('removed take the events on them along', async () => {
        await putPeople('ada')
        await store.items.put([{ item: post('one') }, { item: post('two') }])
        await store.events.add([event('ada', 'one'), event('ada', 'two')])
        const changes = await store.items.remove('one')
        expect(changes).toMatchObject([{ kind: 'item-removed', itemId: 'one' }])
        expect(await store.items.remove('one')).toEqual([])
        expect(await store.items.get('one')).toBeUndefined()
        expect(await store.events.list('ada', { limit: 9 })).toEqual([event('ada', 'two')])
        expect(await store.counts()).toMatchObject({ items: 1, events: 1 })
      })
    })

    describe('edges', () => {
      it('are put, changed and removed', async () => {
        await putPeople('ada', 'bob')
        const tie = { from: 'bob', to: 'ada', kind: 'follow', weight: 0.123456789 } as const
        await store.edges.put([{ ...tie, weight: 1 }, tie])
        await store.edges.put([{ ...tie, at: noon }])
        expect(await store.counts()).toMatchObject({ edges: 1 })
        const known = await allChanges(store)
        expect(known.at(-1)).toMatchObject({ kind: 'edge', edge: { ...tie, at: noon } })

        expect(await store.edges.remove(tie)).toMatchObject([
          { kind: 'edge-removed', ...ends(tie) },
        ])
        expect(await store.edges.remove(tie)).toEqual([])
        expect(await store.edges.remove({ ...tie, to: 'ghost' })).toEqual([])
        expect((await allChanges(store)).map(({ kind }) => kind)).toEqual(['user', 'user'])
        expect(await store.counts()).toMatchObject({ edges: 0 })

        await store.edges.put([tie])
        expect(await store.counts()).toMatchObject({ edges: 1 })
      })

      it('with an unknown end are refused whole', async () => {
        await putPeople('ada', 'bob')
        const edges = [
          { from: 'ada', to: 'bob', kind: 'follow', weight: 1 },
          { from: 'ada', to: 'ghost', kind: 'follow', weight: 1 },
        ] as const
        await expect(store.edges.put(edges)).rejects.toMatchObject({
          code: 'not-found',
          details: { userId: 'ghost', index: 1 },
        })
        expect(await store.counts()).toMatchObject({ edges: 0 })
      })

      it('of friends are one edge, whichever way round it is named', async () => {
        await putPeople('ada', 'bob')
        await store.edges.put([{ from: 'bob', to: 'ada', kind: 'friend', weight: 1 }])
        await store.edges.put([{ from: 'ada', to: 'bob', kind: 'friend', weight: 1 }])
        expect(await store.counts()).toMatchObject({ edges: 1 })
        await store.edges.remove({ from: 'bob', to: 'ada', kind: 'friend' })
        expect(await store.counts()).toMatchObject({ edges: 0 })
      })
    })

    describe('events', () => {
      beforeEach(async () => {
        await putPeople('ada', 'bob')
        await store.items.put([{ item: post('one') }, { item: post('two') }])
      })

      it('are listed newest first, with all that was given', async () => {
        const reply = event('ada', 'two', 5, {
          id: 'my-1',
          type: 'reply',
          text: 'I see 好',
          pageId: 'page-7',
          network: 'home',
          value: 0.1,
        })
        const { itemId: _, ...rest } = event('ada', 'one', 9)
        const follow: DatedEvent = { ...rest, type: 'follow', targetUserId: 'bob' }
        await store.events.add([event('ada', 'one'), reply, follow])
        const listed = await store.events.list('ada', { limit: 2 })
        expect(listed).toEqual([follow, reply])
        expect(await store.events.list('bob', { limit: 2 })).toEqual([])
        await expect(store.events.list('ghost', { limit: 2 })).rejects.toMatchObject({
          code: 'not-found',
        })
      })

      it('are duplicates with the same id, or the same type, target and time', async () => {
        const once = [event('ada', 'one'), event('ada', 'one', 1, { id: 'mine' })]
        const first = await store.events.add([...once, event('ada', 'one')])
        expect(first).toMatchObject({ duplicates: 1 })
        expect(first.changes).toHaveLength(2)
        const again = await store.events.add([
          ...once,
          event('ada', 'two', 7, { id: 'mine' }),
          event('bob', 'one', 1, { id: 'mine' }),
          event('ada', 'one', 0, { type: 'share' }),
        ])
        expect(again).toMatchObject({ duplicates: 3 })
        expect(again.changes.map((change) => change.kind === 'event' && change.event)).toEqual([
          event('bob', 'one', 1),
          event('ada', 'one', 0, { type: 'share' }),
        ])
        expect(await store.counts()).toMatchObject({ events: 4 })
      })

      it('about somebody unknown fail their own call alone, though calls share a commit', async () => {
        const calls = await Promise.allSettled([
          store.events.add([event('ada', 'one')]),
          store.events.add([event('ada', 'two'), event('ghost', 'one')]),
          store.events.add([event('bob', 'ghost item')]),
          store.events.add([event('ada', 'one')]),
          store.events.add([event('bob', 'two')]),
        ])
        expect(calls.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'rejected',
          'fulfilled',
          'fulfilled',
        ])
        expect(calls[1]).toMatchObject({
          reason: { code: 'not-found', details: { userId: 'ghost', index: 1 } },
        })
        expect(calls[2]).toMatchObject({
          reason: { code: 'not-found', details: { itemId: 'ghost item', index: 0 } },
        })
        expect(calls[3]).toMatchObject({ value: { duplicates: 1, changes: [] } })
        expect(await store.counts()).toMatchObject({ events: 2 })
      })

      it('in great numbers are all kept once', async () => {
        const many = Array.from({ length: 12_000 }, (_, i) =>
          event(i % 2 ? 'ada' : 'bob', i % 3 ? 'one' : 'two', i),
        )
        const [one, other] = await Promise.all([
          store.events.add(many),
          store.events.add(many.slice(6_000)),
        ])
        expect([one.duplicates, other.duplicates]).toEqual([0, 6_000])
        expect(await store.counts()).toMatchObject({ events: 12_000 })
        const changes = await allChanges(store)
        expect(changes.filter(({ kind }) => kind === 'event')).toHaveLength(12_000)
      })
    })

    describe('changes', () => {
      async function makeNetwork(): Promise<void> {
        await putPeople('ada', 'bob')
        await store.edges.put([{ from: 'ada', to: 'bob', kind: 'follow', weight: 0.5 }])
        await store.items.put([
          { item: post('one', { authorId: 'bob' }), embedding: embeddingOf('space@1', [1, 2]) },
        ])
        await store.events.add([event('ada', 'one', 1, { value: 3 })])
        await store.edges.put([{ from: 'bob', to: 'ada', kind: 'mute', weight: 1 }])
        await putPeople('cleo')
      }

      it('tell a follower what a rebuild gives, in clock order, before the write resolves', async () => {
        const followed: Change[] = []
        store.subscribe((changes) => followed.push(...changes))
        await makeNetwork()
        const [last] = await store.users.put([person('cleo', { name: 'Cleo' })])
        expect(followed.at(-1)).toEqual(last)
        const clocks = followed.map(({ clock }) => clock)
        expect(clocks).toEqual([...clocks].sort((a, b) => a - b))
        expect(new Set(clocks).size).toBe(clocks.length)
        const withoutOldCleo = followed.filter(({ clock }) => clock !== clocks.at(-2))
        const rebuilt = await allChanges(store)
        expect([...rebuilt].sort((a, b) => a.clock - b.clock)).toEqual(withoutOldCleo)
        expect(await store.clock()).toBe(clocks.at(-1))
      })

      it('come people first, then items, then ties and events in clock order', async () => {
        await makeNetwork()
        const kinds = (await allChanges(store)).map(({ kind }) => kind)
        expect(kinds).toEqual(['user', 'user', 'user', 'item', 'edge', 'event', 'edge'])
      })

      it('since a clock are only the later ones, removals first', async () => {
        await makeNetwork()
        const clock = await store.clock()
        expect(await allChanges(store, clock)).toEqual([])
        await store.items.remove('one')
        await store.items.put([{ item: post('one', { authorId: 'ada' }) }, { item: post('two') }])
        await store.items.remove('two')
        await store.events.add([event('bob', 'one', 3)])
        await store.edges.remove({ from: 'ada', to: 'bob', kind: 'follow' })
        const later = await allChanges(store, clock)
        expect(later).toMatchObject([
          { kind: 'item-removed', itemId: 'one' },
          { kind: 'item-removed', itemId: 'two' },
          { kind: 'item', item: { id: 'one', authorId: 'ada' } },
          { kind: 'event', event: event('bob', 'one', 3) },
          { kind: 'edge-removed', from: 'ada', to: 'bob', edgeKind: 'follow' },
        ])
        const everything = (await allChanges(store)).map(({ kind }) => kind)
        expect(everything).toEqual(['user', 'user', 'user', 'item', 'edge', 'event'])
      })

      it('are still there after closing and opening', async () => {
        await makeNetwork()
        const before = await allChanges(store)
        await store.close()
        store = await opener.openAgain()
        expect(await allChanges(store)).toEqual(before)
      })
    })

    describe('pages', () => {
      const page = (id: string, itemIds: string[], after?: string) => ({
        id,
        feed: 'home',
        userId: 'ada',
        at: noon,
        itemIds,
        after,
      })

      it('of a session are given newest first, kept or still waiting', async () => {
        await putPeople('ada')
        await store.items.put(['one', 'two', 'three'].map((id) => ({ item: post(id) })))
        const first = page('p1', ['two', 'one'])
        const second = page('p2', ['three'], 'p1')
        const nobodys = { ...page('p3', ['one']), userId: '' }
        for (const one of [first, second, nobodys]) store.pages.keep(one)
        expect(await store.pages.session('p2')).toEqual([second, first])
        await store.close()
        store = await opener.openAgain()
        const third = page('p4', [], 'p2')
        store.pages.keep(third)
        expect(await store.pages.session('p4')).toEqual([third, second, first])
        expect(await store.pages.session('p3')).toEqual([nobodys])
        expect(await store.pages.session('unknown')).toEqual([])
      })

      it('are kept soon without being asked for', async () => {
        await putPeople('ada')
        store.pages.keep(page('p1', []))
        await new Promise((resolve) => setTimeout(resolve, 800))
        const other = await opener.openAgain()
        expect(await other.pages.session('p1')).toEqual([page('p1', [])])
        await other.close()
      })
    })

    describe('keys and progress', () => {
      it('find a key by its secret, list and remove it', async () => {
        await putPeople('ada')
        const admin = { id: 'k1', name: 'Console', scopes: ['admin'], createdAt: noon } as const
        const own = { id: 'k2', name: 'Phone', scopes: ['as-user'], createdAt: noon } as const
        await store.apiKeys.put(admin, 'secret one')
        await store.apiKeys.put({ ...own, userId: 'ada' }, 'secret two')
        expect(await store.apiKeys.find('secret one')).toEqual(admin)
        expect(await store.apiKeys.find('secret two')).toEqual({ ...own, userId: 'ada' })
        expect(await store.apiKeys.find('secret three')).toBeUndefined()
        expect(await store.apiKeys.list()).toHaveLength(2)
        expect(await store.apiKeys.remove('k1')).toBe(true)
        expect(await store.apiKeys.remove('k1')).toBe(false)
        expect(await store.apiKeys.find('secret one')).toBeUndefined()
        const ghost = { ...own, id: 'k3', userId: 'ghost' }
        await expect(store.apiKeys.put(ghost, 'x')).rejects.toMatchObject({ code: 'not-found' })
      })

      it('remember where a task stands', async () => {
        expect(await store.progress.get('import')).toBeUndefined()
        await store.progress.put('import', { line: 1 })
        await store.progress.put('import', { line: 2, files: ['甲.csv'] })
        expect(await store.progress.get('import')).toEqual({ line: 2, files: ['甲.csv'] })
        await store.progress.remove('import')
        expect(await store.progress.get('import')).toBeUndefined()
      })
    })

    describe('a person', () => {
      beforeEach(async () => {
        await putPeople('ada', 'bob')
        await store.items.put([
          { item: post('of ada', { authorId: 'ada' }) },
          { item: post('of bob', { authorId: 'bob' }) },
        ])
        await store.edges.put([
          { from: 'ada', to: 'bob', kind: 'follow', weight: 1 },
          { from: 'bob', to: 'ada', kind: 'follow', weight: 1 },
        ])
        const { itemId: _, ...about } = event('bob', '', 2)
        await store.events.add([
          event('ada', 'of bob', 1, { text: 'mine' }),
          event('bob', 'of ada'),
          event('bob', 'of bob'),
          { ...about, type: 'profile', targetUserId: 'ada' },
        ])
        const page = { feed: 'home', at: noon, itemIds: ['of ada', 'of bob'] }
        store.pages.keep({ ...page, id: 'page of ada', userId: 'ada' })
        store.pages.keep({ ...page, id: 'page of bob', userId: 'bob' })
      })

      it('is exported with everything', async () => {
        const all = await store.exportUser('ada')
        expect(all.user).toEqual(person('ada'))
        expect(all.items).toEqual([post('of ada', { authorId: 'ada' })])
        expect(all.edges).toHaveLength(2)
        expect(all.events).toEqual([event('ada', 'of bob', 1, { text: 'mine' })])
        await expect(store.exportUser('ghost')).rejects.toMatchObject({ code: 'not-found' })
      })

      it('is erased with everything of theirs and about them', async () => {
        await store.apiKeys.put(
          { id: 'k', name: 'n', scopes: ['as-user'], userId: 'ada', createdAt: noon },
          'secret',
        )
        await store.close()
        store = await opener.openAgain()
        const followed: Change[] = []
        store.subscribe((changes) => followed.push(...changes))
        const { changes, removed } = await store.eraseUser('ada')
        expect(removed).toEqual({ items: 1, edges: 2, events: 3, pages: 1 })
        expect(changes).toMatchObject([
          { kind: 'item-removed', itemId: 'of ada' },
          { kind: 'user-removed', userId: 'ada' },
        ])
        expect(followed).toEqual(changes)
        expect(await store.users.get('ada')).toBeUndefined()
        expect(await store.items.get('of ada')).toBeUndefined()
        expect(await store.apiKeys.find('secret')).toBeUndefined()
        expect(await store.pages.session('page of ada')).toEqual([])
        expect(await store.pages.session('page of bob')).toMatchObject([{ itemIds: ['of bob'] }])
        expect(await store.counts()).toEqual({ users: 1, items: 1, edges: 0, events: 1 })
        expect((await allChanges(store)).map(({ kind }) => kind)).toEqual(['user', 'item', 'event'])
        await expect(store.eraseUser('ada')).rejects.toMatchObject({ code: 'not-found' })
      })

      it('can be put again after being erased, as somebody new', async () => {
        await store.eraseUser('ada')
        await store.users.put([person('ada', { name: 'another' })])
        expect(await store.users.get('ada')).toMatchObject({ name: 'another' })
        expect(await store.events.list('ada', { limit: 9 })).toEqual([])
        const names = (await store.users.list({ limit: 9 })).map(({ id }) => id)
        expect(names).toEqual(['bob', 'ada'])
      })

      it('erased makes a memory from before start anew', async () => {
        const before = await store.clock()
        expect(await store.oldestClock()).toBe(0)
        await store.eraseUser('ada')
        expect(await store.oldestClock()).toBe(await store.clock())
        await expect(allChanges(store, before)).rejects.toMatchObject({ code: 'conflict' })
        expect(await allChanges(store, await store.clock())).toEqual([])
      })
    })
  })
}

function ends({ from, to, kind }: { from: string; to: string; kind: string }) {
  return { from, to, edgeKind: kind }
}
