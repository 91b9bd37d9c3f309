import { expect, it } from 'vitest'
import { itemSchema } from '../../domain/item.ts'
import { labelWidth, writeSign } from '../../domain/labels.ts'
import { createTestNetwork, filterContract, townNetwork } from '../stage.contract.ts'
import type { FeedRequest, Filter } from '../stage.ts'
import { blocked } from './blocked.ts'
import { duplicate } from './duplicate.ts'
import { excluded } from './excluded.ts'
import { hidden } from './hidden.ts'
import { language } from './language.ts'
import { muted } from './muted.ts'
import { own } from './own.ts'
import { privateItems } from './private.ts'
import { removed } from './removed.ts'
import { seen } from './seen.ts'
import { spam } from './spam.ts'
import { unsafe } from './unsafe.ts'

const filters = [
  blocked,
  duplicate,
  excluded,
  hidden,
  language,
  muted,
  own,
  privateItems,
  removed,
  seen,
  () => spam(),
  () => unsafe(),
]
filters.forEach(filterContract)

const network = townNetwork()

it('blocked drops both ways', () => {
  expect(dropped(blocked(), network.request('gus')).every((id) => authorOf(id) === 'emil')).toBe(
    true,
  )
  expect(dropped(blocked(), network.request('emil'))).toContain('council-1')
  expect(dropped(blocked(), network.request('ada'))).toEqual([])
})

it('muted drops one way', () => {
  expect(dropped(muted(), network.request('ada'))).toContain('council-1')
  expect(dropped(muted(), network.request('gus'))).toEqual([])
})

it('private shows a private person only to ties, whose tie it is', () => {
  expect(dropped(privateItems(), network.request('ada'))).toContain('garden-1')
  expect(dropped(privateItems(), network.request('bo'))).not.toContain('garden-1')
  expect(dropped(privateItems(), network.request('dara'))).toEqual([])
  expect(dropped(privateItems(), network.request(undefined))).toContain('garden-1')
})

it('private keeps private items for the author and followers items for ties', () => {
  const small = createTestNetwork()
  for (const id of ['ann', 'ben', 'cas']) small.putUser({ id })
  small.putEdge({ from: 'ben', to: 'ann' })
  const at = { authorId: 'ann', createdAt: '2026-01-01T00:00:00Z' }
  small.putItem({ id: 'diary', visibility: 'private', ...at })
  small.putItem({ id: 'letter', visibility: 'followers', ...at })

  expect(dropped(privateItems(), small.request('ann'), small)).toEqual([])
  expect(dropped(privateItems(), small.request('ben'), small)).toEqual(['diary'])
  expect(dropped(privateItems(), small.request('cas'), small)).toEqual(['diary', 'letter'])
})

it('seen, own, hidden, excluded and removed each drop their own', () => {
  expect(dropped(seen(), network.request('ada'))).toContain('stars-2')
  expect(dropped(own(), network.request('ada'))).toContain('stars-1')
  expect(dropped(hidden(), network.request('ada'))).toEqual(['council-1'])
  const exclude = new Set([network.item('tea-1')])
  expect(dropped(excluded(), network.request('ada', { exclude }))).toEqual(['tea-1'])
  const item = network.item('tea-2')
  expect(dropped(excluded(), network.request('ada', { item }))).toEqual(['tea-2'])
  const poorer = townNetwork()
  poorer.apply({ kind: 'item-removed', itemId: 'tea-1' })
  const keep = removed().keep(poorer.request('ada'), poorer.contextFor(poorer.request('ada')))
  expect(keep(network.item('tea-1'))).toBe(false)
})

it('language keeps what the request names, else what the person reads', () => {
  expect(dropped(language(), network.request('ada')).every((id) => languageOf(id) === 'zh')).toBe(
    true,
  )
  expect(dropped(language(), network.request('bo'))).toEqual([])
  const chinese = network.request('ada', { languages: ['zh'] })
  expect(dropped(language(), chinese).every((id) => languageOf(id) === 'en')).toBe(true)
})

it('unsafe drops marked items unless the person asked for them', () => {
  const small = createTestNetwork()
  small.putUser({ id: 'ann' })
  small.putUser({ id: 'ben', allowsUnsafe: true })
  small.putItem({ id: 'bare', isUnsafe: true, createdAt: '2026-01-01T00:00:00Z' })

  expect(dropped(unsafe(), small.request('ann'), small)).toEqual(['bare'])
  expect(dropped(unsafe(), small.request('ben'), small)).toEqual([])
})

it('duplicate keeps the first of those that say the same, none when one was met', () => {
  const small = createTestNetwork()
  small.putUser({ id: 'ann' })
  small.putUser({ id: 'ben' })
  for (const id of ['one', 'two']) {
    small.putItem({ id, text: 'The very same words.', createdAt: '2026-01-01T00:00:00Z' })
  }
  small.putItem({ id: 'other', text: 'Different words.', createdAt: '2026-01-01T00:00:00Z' })
  small.addEvent({ type: 'view', userId: 'ben', itemId: 'two' })

  expect(dropped(duplicate(), small.request('ann'), small)).toEqual(['two'])
  expect(dropped(duplicate(), small.request('ben'), small)).toEqual(['one', 'two'])
})

function dropped(filter: Filter, request: FeedRequest, { memory, contextFor } = network): string[] {
  const keep = filter.keep(request, contextFor(request))
  const ids: string[] = []
  for (let item = 0; item < memory.items.count; item++) {
    if (!keep(item)) ids.push(memory.items.get(item)!.id)
  }
  return ids
}

function authorOf(id: string) {
  return network.memory.items.get(network.item(id))?.authorId
}

function languageOf(id: string) {
  return network.memory.items.get(network.item(id))?.language
}

it('unsafe and spam drop what was understood so beyond the operator’s threshold', () => {
  const understood = createTestNetwork()
  understood.putUser({ id: 'ada' })
  understood.putUser({ id: 'bold', allowsUnsafe: true })
  understood.putItem({ id: 'fine', createdAt: '2026-11-20T00:00:00Z' })
  understood.putLabels('rude', { toxic: 0.93, spam: 0.1 })
  understood.putLabels('advert', { toxic: 0.02, spam: 0.99 })
  const droppedFor = (filter: Filter, userId: string) => {
    const request = understood.request(userId)
    const keep = filter.keep(request, understood.contextFor(request))
    return ['fine', 'rude', 'advert'].filter((id) => !keep(understood.item(id)))
  }
  expect(droppedFor(unsafe(), 'ada')).toEqual(['rude'])
  expect(droppedFor(unsafe(0.95), 'ada')).toEqual([])
  expect(droppedFor(unsafe(1), 'ada')).toEqual([])
  expect(droppedFor(unsafe(), 'bold')).toEqual([])
  expect(droppedFor(spam(), 'ada')).toEqual(['advert'])
  expect(droppedFor(spam(1), 'ada')).toEqual([])
})

it('duplicate drops near copies by their signs, the better one stays', () => {
  const copies = createTestNetwork()
  const put = (id: string, sign?: readonly [number, number]) => {
    const values = new Uint8Array(labelWidth)
    if (sign) writeSign(values, sign)
    const item = itemSchema.parse({ id, text: id, createdAt: '2026-11-20T00:00:00Z' })
    copies.apply({ kind: 'item', item, labels: { by: 'heads@1', values } })
  }
  put('first', [0b1111, 7])
  put('near', [0b1000, 7])
  put('far', [0x0f0f0f0f, 7])
  put('short')
  put('shorter')
  expect(dropped(duplicate(), copies.request(undefined), copies)).toEqual(['near'])
})
