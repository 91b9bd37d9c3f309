/** The second half of the store's contract: what it tells its followers, keeps and forgets. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../domain/change.ts'
import { embeddingOf } from '../domain/embedding.ts'
import type { StoreOpener } from './store.contract.ts'
import type { PageRecord, Store } from './store.ts'
import { allChanges, event, noon, person, post } from './store-samples.ts'

export function storeLifeContract(name: string, opener: StoreOpener): void {
  describe(`${name} tells, keeps and forgets as the store contract says`, () => {
    let store: Store

    beforeEach(async () => {
      store = await opener.openEmpty()
    })
    afterEach(() => store.close())

    async function putPeople(...ids: string[]): Promise<void> {
      await store.users.put(ids.map((id) => person(id)))
    }

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

    describe('two stores over the same rows', () => {
      it('see what the other one put and took away, in one order of clocks', async () => {
        const other = await opener.openAgain()
        const noonPlusOne = noon.getTime() + 60_000
        const followed: Change[] = []
        store.subscribe((changes) => followed.push(...changes))
        await putPeople('ada', 'bob')
        await store.items.put([{ item: post('one') }, { item: post('two') }])
        await store.events.add([event('ada', 'one'), event('bob', 'two')])
        await Promise.all([
          other.events.add([event('ada', 'two', 1)]),
          store.events.add([event('ada', 'two', 2)]),
          other.items.remove('one'),
        ])
        await other.eraseUser('bob')
        await expect(store.events.add([event('ada', 'one', 3)])).rejects.toMatchObject({
          details: { itemId: 'one' },
        })
        await expect(store.events.add([event('bob', 'two', 3)])).rejects.toMatchObject({
          details: { userId: 'bob' },
        })
        await store.users.put([person('bob', { name: 'another' })])
        await store.events.add([event('bob', 'two', 3)])
        expect(await other.events.list('bob', { limit: 9 })).toEqual([event('bob', 'two', 3)])
        const fromOther = followed.filter(
          (change) => change.kind === 'event' && change.event.at.getTime() === noonPlusOne,
        )
        expect(fromOther).toHaveLength(1)
        expect(await store.counts()).toEqual({ users: 2, items: 1, edges: 0, events: 3 })
        await other.close()
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

      it('are given to learning with what was known, and go with the person or the item', async () => {
        await putPeople('ada', 'bob')
        await store.items.put([
          { item: post('one', { authorId: 'bob' }) },
          { item: post('two', { authorId: 'ada' }) },
        ])
        const shown = {
          ...{ parts: ['taste', 'mood'], context: ['hour:9', 'device:phone'] },
          ...{ said: Float32Array.of(0.5, -0.25, 1, 0), chances: Float32Array.of(1, 0.125) },
          draws: [{ place: 1, taken: 1, said: Float32Array.of(0.75, 0, 1, 0) }],
        }
        const early = { ...page('p0', ['one']), at: new Date(noon.getTime() - 1000) }
        for (const one of [{ ...page('p1', ['two', 'one']), shown }, page('p2', ['one']), early]) {
          store.pages.keep(one)
        }
        store.pages.keep({ ...page('p3', ['one', 'two', 'gone']), userId: 'bob', shown })
        const known = await pagesShown(store)
        expect(known.map(({ id }) => id)).toEqual(['p1', 'p3'])
        expect(known[0]).toMatchObject({ userId: 'ada', itemIds: ['two', 'one'] })
        expect(known[0]?.shown?.parts).toEqual(shown.parts)
        expect(known[0]?.shown?.context).toEqual(shown.context)
        for (const [n, value] of shown.said.entries()) {
          expect(known[0]?.shown?.said[n]).toBeCloseTo(value, 4)
        }
        expect(known[0]?.shown?.chances[1]).toBeCloseTo(0.125, 4)
        const [draw] = known[0]?.shown?.draws ?? []
        expect(draw).toMatchObject({ place: 1, taken: 1 })
        expect([...(draw?.said ?? [])]).toEqual(
          [0.75, 0, 1, 0].map((value) => expect.closeTo(value, 4)),
        )
        expect(known[1]?.shown?.said).toHaveLength(4)
        expect(known[1]?.itemIds).toEqual(['one', 'two'])
        await store.eraseUser('ada')
        const left = await pagesShown(store)
        expect(left.map(({ id, itemIds }) => ({ id, itemIds }))).toEqual([
          { id: 'p3', itemIds: ['one', ''] },
        ])
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
        const shown = {
          parts: ['taste', 'freshness'],
          context: ['hour:12'],
          said: Float32Array.of(0.5, 1, 0, -0.25),
          chances: Float32Array.of(1, 0.5),
          draws: [{ place: 1, taken: 0, said: Float32Array.of(0, -0.25, 0.125, 0) }],
        }
        const page = { feed: 'home', at: noon, itemIds: ['of ada', 'of bob'], shown }
        store.pages.keep({ ...page, id: 'page of ada', userId: 'ada' })
        store.pages.keep({ ...page, id: 'page of bob', userId: 'bob' })
      })

      it('is exported with everything', async () => {
        const all = await store.exportUser('ada')
        expect(all.user).toEqual(person('ada'))
        expect(all.items).toEqual([post('of ada', { authorId: 'ada' })])
        expect(all.edges).toHaveLength(2)
        expect(all.events).toEqual([event('ada', 'of bob', 1, { text: 'mine' })])
        expect(all.pages).toMatchObject([
          { id: 'page of ada', feed: 'home', at: noon, context: ['hour:12'] },
        ])
        const [own, other] = all.pages[0]?.items ?? []
        expect(own?.id).toBe('of ada')
        expect(own?.said['taste']).toBeCloseTo(0.5, 3)
        expect(other?.said['freshness']).toBeCloseTo(-0.25, 3)
        const [draw] = all.pages[0]?.draws ?? []
        expect([draw?.place, draw?.among.length]).toEqual([1, 2])
        expect(draw?.among[1]?.['taste']).toBeCloseTo(0.125, 3)
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

async function pagesShown(store: Store): Promise<PageRecord[]> {
  const pages: PageRecord[] = []
  for await (const batch of store.pages.shown({ feed: 'home', limit: 10 })) pages.push(...batch)
  return pages
}
