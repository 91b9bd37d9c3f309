import { expect, it } from 'vitest'
import { createTestNetwork, townNetwork } from '../recommend/stage.contract.ts'
import { createInterests } from './interests.ts'

it('stands for each taste by a real item the person liked', () => {
  const { memory, interests, person } = townNetwork()

  const { topics, recent } = interests.of(person('ada'))

  const medoids = topics.map(({ medoid }) => memory.items.get(medoid)!.id)
  expect(medoids.some((id) => id.startsWith('stars'))).toBe(true)
  expect(medoids.some((id) => id.startsWith('tea'))).toBe(true)
  const liked = new Set(recent.map(({ item }) => item))
  expect(topics.every(({ medoid }) => liked.has(medoid))).toBe(true)
  expect(topics.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
})

it('names the entries behind a topic', () => {
  const { memory, interests, person } = townNetwork()
  const ada = person('ada')

  for (const { medoid, entries } of interests.of(ada).topics) {
    const topic = memory.items.get(medoid)!.tags[0]
    expect(entries.length).toBeGreaterThan(0)
    for (const entry of entries) {
      expect(memory.items.get(memory.histories.itemAt(ada, entry))!.tags[0]).toBe(topic)
    }
  }
})

it('changes with one event, and only then', () => {
  const network = townNetwork()
  const bo = network.person('bo')
  const before = network.interests.of(bo)
  expect(network.interests.of(bo)).toBe(before)

  network.addEvent({ type: 'like', userId: 'bo', itemId: 'jazz-1' })

  const after = network.interests.of(bo)
  expect(after.recent[0]?.item).toBe(network.item('jazz-1'))
  expect(after.topics.some(({ medoid }) => medoid === network.item('jazz-1'))).toBe(true)
})

it('forgets an item that is removed', () => {
  const network = townNetwork()
  const ada = network.person('ada')
  const gone = network.interests.of(ada).topics[0]!.medoid

  network.apply({ kind: 'item-removed', itemId: network.memory.items.get(gone)!.id })

  const { topics, recent } = network.interests.of(ada)
  expect(topics.map(({ medoid }) => medoid)).not.toContain(gone)
  expect(recent.map(({ item }) => item)).not.toContain(gone)
})

it('takes in a vector that arrives after the event', () => {
  const network = createTestNetwork()
  network.putUser({ id: 'ann' })
  const post = { id: 'post', createdAt: '2026-01-01T00:00:00Z' }
  network.putItem(post)
  network.addEvent({ type: 'like', userId: 'ann', itemId: 'post' })
  expect(network.interests.of(0).topics).toEqual([])

  network.putItem({ ...post, tags: ['tea'] })

  expect(network.interests.of(0).topics.map(({ medoid }) => medoid)).toEqual([0])
})

it('hears hide and less against an item and its author, and a later like as pardon', () => {
  const network = townNetwork()
  const kofi = network.interests.of(network.person('kofi'))
  expect(kofi.hidden).toEqual(new Set([network.item('council-1'), network.item('council-2')]))
  expect(kofi.authors.get(network.person('gus'))).toBeLessThan(-0.3)

  network.addEvent({ type: 'view', userId: 'kofi', itemId: 'council-1' })
  expect(network.interests.of(network.person('kofi')).hidden).toHaveLength(2)
  network.addEvent({ type: 'like', userId: 'kofi', itemId: 'council-1' })

  const { hidden, recent } = network.interests.of(network.person('kofi'))
  expect(hidden).toEqual(new Set([network.item('council-2')]))
  expect(recent.map(({ item }) => item)).toContain(network.item('council-1'))
})

it('one less shows even for an author liked many times', () => {
  const network = townNetwork()
  const fang = network.person('fang')
  const bo = network.person('bo')
  const before = network.interests.of(fang).authors.get(bo)!
  const [unwanted] = network.memory.items.byAuthor(bo).values
  const itemId = network.memory.items.get(unwanted!)!.id

  network.addEvent({ type: 'less', userId: 'fang', itemId })

  expect(network.interests.of(fang).authors.get(bo)).toBeLessThan(before - 0.3)
})

it('measures age from the last thing a person did, so archives keep their shape', () => {
  const network = createTestNetwork()
  network.putUser({ id: 'ann' })
  for (const [id, at] of [
    ['old', '2009-01-01T00:00:00Z'],
    ['newer', '2009-02-28T00:00:00Z'],
    ['newest', '2009-03-01T00:00:00Z'],
  ] as const) {
    network.putItem({ id, createdAt: '2008-01-01T00:00:00Z' })
    network.addEvent({ type: 'like', userId: 'ann', itemId: id, at })
  }

  const weights = network.interests.of(0).recent.map(({ weight }) => weight)

  expect(weights[0]).toBeCloseTo(1)
  expect(weights[1]).toBeLessThan(0.8)
  expect(weights[2]).toBeLessThan(weights[1]! / 4)
})

it('keeps only so many people', () => {
  const { memory, person } = townNetwork()
  const interests = createInterests(memory, { capacity: 2 })
  const first = interests.of(person('ada'))
  interests.of(person('bo'))
  interests.of(person('chen'))

  expect(interests.of(person('ada'))).not.toBe(first)
  expect(interests.of(person('ada'))).toEqual({ ...first, rhythmAt: expect.any(Function) })
})

it('knows the usual hours of a day', () => {
  const network = createTestNetwork()
  network.putUser({ id: 'owl' })
  network.putItem({ id: 'post', createdAt: '2026-01-01T00:00:00Z' })
  network.addEvent({ type: 'view', userId: 'owl', itemId: 'post', at: '2026-01-01T23:10:00Z' })

  const { rhythmAt } = network.interests.of(0)

  expect(rhythmAt(new Date('2026-01-05T23:59:00Z'))).toBe(1)
  expect(rhythmAt(new Date('2026-01-05T12:00:00Z'))).toBe(0)
})

it('knows nothing of nobody', () => {
  const { interests, person } = townNetwork()
  expect(interests.of(-1).confidence).toBe(0)
  expect(interests.of(person('lin'))).toMatchObject({ topics: [], recent: [], confidence: 0 })
})
