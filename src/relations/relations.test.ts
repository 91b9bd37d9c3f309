import { expect, it } from 'vitest'
import type { Relation } from '../domain/relation.ts'
import { createTestNetwork, townNetwork } from '../recommend/stage.contract.ts'
import { town } from '../testing/town.ts'
import { createRelations } from './relations.ts'
import { createToneOf } from './tone.ts'

const day = 86_400_000
const before = (days: number): string => new Date(town.now.getTime() - days * day).toISOString()
const createdAt = before(500)

/** Ann and Bea answer each other; Cat only follows Ann. */
function square() {
  const network = createTestNetwork()
  for (const id of ['ann', 'bea', 'cat', 'dan', 'eve']) {
    network.putUser({ id })
    network.putItem({ id: `by-${id}`, authorId: id, text: id, createdAt })
  }
  network.putEdge({ from: 'cat', to: 'ann' })
  network.addEvent({ type: 'reply', userId: 'ann', itemId: 'by-bea', at: before(2) })
  network.addEvent({ type: 'reply', userId: 'bea', itemId: 'by-ann', at: before(1) })
  return network
}

const between = (network: ReturnType<typeof square>, from: string, to: string): Relation =>
  createRelations(network.memory).between(from, to, town.now)
const sum = (parts: Relation['closenessParts'] | Relation['trustParts']): number =>
  Object.values(parts).reduce((total, part) => total + part, 0)

it('says how close two people are in parts that sum up, with the events behind it', () => {
  const relation = between(square(), 'ann', 'bea')

  expect(relation.closeness).toBeGreaterThan(0.15)
  expect(sum(relation.closenessParts)).toBeCloseTo(relation.closeness, 9)
  expect(relation.closenessParts.reciprocity).toBeGreaterThan(0)
  expect(relation.evidence).toMatchObject([
    { by: 'bea', type: 'reply', itemId: 'by-ann' },
    { by: 'ann', type: 'reply', itemId: 'by-bea' },
  ])
})

it('counts what is frequent, late, mutual and of a strong kind for more', () => {
  const network = square()
  const onlyOnce = between(network, 'ann', 'bea').closeness
  network.addEvent({ type: 'like', userId: 'ann', itemId: 'by-dan', at: before(2) })
  network.addEvent({ type: 'reply', userId: 'ann', itemId: 'by-eve', at: before(400) })

  expect(between(network, 'ann', 'dan').closeness).toBeLessThan(onlyOnce)
  expect(between(network, 'ann', 'dan').closenessParts.reciprocity).toBe(0)
  expect(between(network, 'ann', 'eve').closeness).toBeLessThan(0.01)

  network.addEvent({ type: 'reply', userId: 'ann', itemId: 'by-bea', at: before(0.5) })
  const relation = between(network, 'ann', 'bea')
  expect(relation.closeness).toBeGreaterThan(onlyOnce)
  expect(relation.confidence).toBeGreaterThan(between(network, 'ann', 'dan').confidence)
})

it('forgets evidence that is gone', () => {
  const network = square()
  network.apply(
    { kind: 'item-removed', itemId: 'by-bea' },
    { kind: 'item-removed', itemId: 'by-ann' },
  )

  const relation = between(network, 'ann', 'bea')

  expect(relation.closeness).toBe(0)
  expect(relation.evidence).toEqual([])
})

it('does not call hostile words closeness', () => {
  const { memory, person } = square()
  const hostile = createRelations(memory, { toneOf: (by) => (by === person('ann') ? -1 : 0) })
  const warm = createRelations(memory, { toneOf: () => 1 })
  const plain = createRelations(memory)

  const to = (relations: typeof plain) => relations.between('ann', 'bea', town.now).closeness

  expect(to(warm)).toBeGreaterThan(to(plain))
  expect(to(hostile)).toBeLessThan(to(plain) / 2)
  expect(hostile.between('ann', 'bea', town.now).closenessParts.hostility).toBeLessThan(0)
})

it('reads the tone from the moods of what people wrote', () => {
  const network = square()
  const { memory } = network
  const toneOf = createToneOf(memory)
  expect(toneOf(network.person('ann'), 0)).toBeUndefined()
  const emotions = [0, 0.9, 0, 0, 0, 0, 0.1]

  network.apply({ kind: 'mood', userId: 'ann', readings: [{ at: new Date(before(2)), emotions }] })

  expect(toneOf(network.person('ann'), 0)).toBeCloseTo(-0.9)
  const { closeness } = createRelations(memory, { toneOf }).between('ann', 'bea', town.now)
  expect(closeness).toBeLessThan(between(network, 'ann', 'bea').closeness / 2)
})

it('ends closeness and trust at a block, and halves closeness at a mute', () => {
  const network = square()
  const { closeness } = between(network, 'cat', 'ann')
  network.addEvent({ type: 'mute', userId: 'cat', targetUserId: 'ann' })
  expect(between(network, 'cat', 'ann').closeness).toBeCloseTo(closeness / 2)
  network.addEvent({ type: 'block', userId: 'ann', targetUserId: 'bea' })

  const relation = between(network, 'ann', 'bea')

  expect(relation.closeness).toBe(0)
  expect(relation.trust).toBe(0)
  expect(between(network, 'bea', 'ann').closeness).toBe(0)
})

it('carries trust over two and three ties, each less, and names through whom', () => {
  const network = createTestNetwork()
  for (const id of ['a', 'b', 'c', 'd', 'e']) network.putUser({ id })
  for (const [from, to] of ['ab', 'bc', 'cd', 'de']) network.putEdge({ from: from!, to: to! })
  const trust = (to: string) => between(network, 'a', to)

  expect(trust('b').trust).toBeGreaterThan(trust('c').trust)
  expect(trust('c').trust).toBeGreaterThan(trust('d').trust)
  expect(trust('d').trust).toBeGreaterThan(0)
  expect(trust('e').trust).toBe(0)
  expect(trust('c').through).toEqual(['b'])
  expect(sum(trust('c').trustParts)).toBeCloseTo(trust('c').trust, 9)
})

it('lets the block or report of somebody trusted count, that of strangers hardly', () => {
  const network = createTestNetwork()
  for (const id of ['a', 'b', 'c', 'far', 'spam']) network.putUser({ id })
  network.putItem({ id: 'ad', authorId: 'spam', text: 'ad', createdAt })
  for (const [from, to] of ['ab', 'ac', 'bc']) network.putEdge({ from: from!, to: to! })
  network.putEdge({ from: 'c', to: 'spam' })
  const trusted = () => between(network, 'a', 'spam').trust
  const whole = trusted()

  network.addEvent({ type: 'block', userId: 'far', targetUserId: 'spam' })
  const afterStranger = trusted()
  network.addEvent({ type: 'report', userId: 'b', itemId: 'ad' })
  const afterTie = trusted()
  network.addEvent({ type: 'report', userId: 'a', itemId: 'ad' })

  expect(afterStranger).toBeLessThan(whole)
  expect(afterStranger).toBeGreaterThan(0.9 * whole)
  expect(afterTie).toBeLessThan(0.8 * afterStranger)
  expect(trusted()).toBe(0)
})

it('knows ties of the town from strangers', () => {
  const { memory, person } = townNetwork()
  const relations = createRelations(memory)
  const nowMs = town.now.getTime()

  expect(relations.closeness(person('chen'), person('jiang'), nowMs).value).toBeGreaterThan(
    relations.closeness(person('chen'), person('kofi'), nowMs).value,
  )
  expect(relations.closeness(person('emil'), person('gus'), nowMs).value).toBe(0)
})

it('refuses people who are not there, gone, or the same', () => {
  const network = square()

  expect(() => between(network, 'ann', 'zed')).toThrow(/no user "zed"/)
  expect(() => between(network, 'ann', 'ann')).toThrow(/themselves/)
  network.apply({ kind: 'user-removed', userId: 'bea' })
  expect(() => between(network, 'ann', 'bea')).toThrow(/no user "bea"/)
})
