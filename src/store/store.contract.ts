/** What every store must do. Each test gets an empty one. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { embeddingOf } from '../domain/embedding.ts'
import type { DatedEvent } from '../domain/event.ts'
import type { Item } from '../domain/item.ts'
import { moodContract } from './moods.contract.ts'
import type { Store } from './store.ts'
import { storeLifeContract } from './store-life.contract.ts'
import { allChanges, event, noon, person, post } from './store-samples.ts'

export interface StoreOpener {
  /** A store without a row. */
  openEmpty(): Promise<Store>
  /** The same rows again, after the store was closed. */
  openAgain(): Promise<Store>
  /** After all tests. */
  close(): Promise<void>
}

export function storeContract(name: string, opener: StoreOpener): void {
  describe(`${name} keeps the store contract`, () => {
    let store: Store

    beforeEach(async () => {
      store = await opener.openEmpty()
    })
    afterEach(() => store.close())

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

    describe('moods', () => moodContract(() => store))

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
          const items = await store.items.listUnread({ spaces }, 10)
          expect(await store.items.countUnread({ spaces })).toBe(items.length)
          return items.map(({ item }) => item.id)
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
        const changes = await store.items.keepRead(
          ids.map((id) => ({
            id,
            text: `about ${id}`,
            embedding: id === 'odd' ? undefined : first,
          })),
        )
        const embedded = changes.map((change) => change.kind === 'item' && change.item.id)
        expect(embedded).toEqual(['same', 'odd'])
        const reader = { spaces: ['space@1'] }
        const missing = await store.items.listUnread(reader, 10)
        expect(missing.map(({ item }) => item.id)).toEqual(['rewritten'])
        await store.items.put([{ item: post('odd', { authorId: 'ada', tags: ['x'] }) }])
        expect(await store.items.countUnread(reader)).toBe(1)
      })

      it('keep their labels until the text changes, and are due again for another labeller', async () => {
        const labels = { by: 'heads@1', values: Uint8Array.of(0, 7, 255) }
        const reader = { spaces: ['space@1'], labeller: 'heads@1' }
        await store.items.put([
          { item: post('one'), embedding: first },
          { item: post('odd', { text: ' ' }) },
        ])
        const due = await store.items.listUnread(reader, 10)
        expect(due.map(({ item }) => item.id)).toEqual(['odd', 'one'])
        expect(due[1]?.embedding).toEqual(first)
        await store.items.keepRead([
          { id: 'one', text: 'about one', embedding: first, labels },
          { id: 'odd', text: ' ', embedding: undefined, labels },
        ])
        expect(await store.items.countUnread(reader)).toBe(0)
        const kept = (await allChanges(store)).map((change) => change.kind === 'item' && change)
        expect(kept).toMatchObject([
          { item: { id: 'one' }, labels, embedding: first },
          { item: { id: 'odd' }, labels, embedding: undefined },
        ])
        const [again] = await store.items.put([{ item: post('one', { tags: ['new'] }) }])
        expect(again).toMatchObject({ labels, embedding: first })
        expect(await store.items.countUnread({ ...reader, labeller: 'heads@2' })).toBe(2)
        const [rewritten] = await store.items.put([{ item: post('one', { text: 'else' }) }])
        expect(rewritten).toMatchObject({ labels: undefined, embedding: undefined })
        expect(await store.items.countUnread(reader)).toBe(1)
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
  })

  storeLifeContract(name, opener)
  afterAll(() => opener.close())
}

function ends({ from, to, kind }: { from: string; to: string; kind: string }) {
  return { from, to, edgeKind: kind }
}
