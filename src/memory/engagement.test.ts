import { expect, it } from 'vitest'
import { createExactVectors } from '../vectors/exact.ts'
import { hourMs, idsOf, peopleOf, scene, start } from './changes.fixture.ts'

const options = { createVectors: createExactVectors }
const town = (more = {}) =>
  scene({ ...options, ...more })
    .users('ann', 'bob', 'cem')
    .item({ id: 'one' })
    .item({ id: 'two' })
    .item({ id: 'three' })
const at = (hour: number): number => start + hour * hourMs

it('counts by action and adds up weights, bad ones as nothing', () => {
  const { memory } = town()
    .does('ann', 'like', 'one')
    .does('bob', 'like', 'one')
    .does('bob', 'repost', 'one')
    .does('cem', 'report', 'one')
  expect(memory.engagement.count(0, 'like')).toBe(2)
  expect(memory.engagement.count(0, 'report')).toBe(1)
  expect(memory.engagement.count(0, 'follow')).toBe(0)
  expect(memory.engagement.total(0)).toBe(3.5)
  expect(memory.engagement.total(1)).toBe(0)
})

it('halves a trend in a day, whatever the order of events', () => {
  const { memory } = town()
    .does('ann', 'like', 'one', 24)
    .does('bob', 'like', 'one', 0)
    .does('bob', 'like', 'two', 0)
    .does('ann', 'like', 'two', 24)
  expect(memory.engagement.trend(0, at(24))).toBeCloseTo(1.5, 6)
  expect(memory.engagement.trend(1, at(24))).toBeCloseTo(1.5, 6)
  expect(memory.engagement.trend(0, at(48))).toBeCloseTo(0.75, 6)
  expect(memory.engagement.trend(2, at(24))).toBe(0)
})

it('never trends more than it was engaged with, even when a clock was ahead', () => {
  const { memory } = town().does('ann', 'like', 'one', 10_000)
  expect(memory.engagement.trend(0, at(0))).toBe(1)
})

it('has a half-life of its own when asked', () => {
  const { memory } = town({ trendHalfLifeHours: 1 }).does('ann', 'like', 'one', 0)
  expect(memory.engagement.trend(0, at(2))).toBeCloseTo(0.25, 6)
})

it('orders by trend even what is many years old', () => {
  const { memory } = town()
    .does('ann', 'like', 'one', 0)
    .does('ann', 'like', 'two', 24 * 365 * 20)
    .does('ann', 'like', 'three', 12)
    .does('bob', 'like', 'three', 0)
  const later = at(24 * 365 * 60)
  expect(idsOf(memory, memory.engagement.trending(9, later))).toEqual(['two', 'three', 'one'])
  expect(memory.engagement.trend(0, later)).toBe(0)
})

it('keeps each person who engaged once, by when they did last, and the newest of them', () => {
  const scene = town({ engagersLimit: 2 })
    .does('ann', 'like', 'one', 1)
    .does('bob', 'click', 'one', 2)
    .does('ann', 'repost', 'one', 3)
    .does('cem', 'view', 'one', 4)
    .does('cem', 'hide', 'one', 4)
  const engagers = () => peopleOf(scene.memory, scene.memory.engagement.engagers(0))
  expect(engagers()).toEqual(['bob', 'ann'])
  scene.does('cem', 'reply', 'one', 5)
  expect(engagers()).toEqual(['ann', 'cem'])
})

it('finds items that the same people like, nearest in time and rarest first', () => {
  const scene = town().item({ id: 'star' }).item({ id: 'old' })
  const fans = ['ann', 'bob', 'cem']
  for (const fan of fans) {
    scene.does(fan, 'like', 'one', 0).does(fan, 'like', 'two', 1)
    scene.does(fan, 'like', 'old', -24 * 400).does(fan, 'like', 'star', 1)
  }
  for (let number = 0; number < 50; number++) {
    scene.users(`other ${number}`).does(`other ${number}`, 'like', 'star', 1)
  }
  scene.does('ann', 'view', 'three', 1)
  const { items, scores } = scene.memory.engagement.alike(0)
  expect(idsOf(scene.memory, items)).toEqual(['two', 'star', 'old'])
  expect([...scores]).toEqual([...scores].sort((a, b) => b - a))
  expect(scores[0]).toBeGreaterThan(2 * scores[1]!)
  expect(scores[0]).toBeLessThanOrEqual(1)
})

it('finds alike items anew when people come, and leaves out what is removed', () => {
  const scene = town().does('ann', 'like', 'one').does('ann', 'like', 'two')
  const alike = () => idsOf(scene.memory, scene.memory.engagement.alike(0).items)
  expect(alike()).toEqual(['two'])
  scene.does('bob', 'like', 'three').does('bob', 'like', 'one')
  expect(alike().sort()).toEqual(['three', 'two'])
  scene.removeItem('two')
  expect(alike()).toEqual(['three'])
})

it('keeps no more alike items than it was told to', () => {
  const scene = town({ alikeLimit: 2 })
  for (const item of ['one', 'two', 'three']) scene.does('ann', 'like', item)
  scene.item({ id: 'four' }).does('ann', 'like', 'four')
  expect(scene.memory.engagement.alike(0).items).toHaveLength(2)
})
