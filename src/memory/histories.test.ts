import { expect, it } from 'vitest'
import { createExactVectors } from '../vectors/exact.ts'
import { hourMs, idsOf, scene, start } from './changes.fixture.ts'

const options = { createVectors: createExactVectors }
const town = (more = {}) =>
  scene({ ...options, ...more })
    .users('ann', 'bob')
    .item({ id: 'one' })
    .item({ id: 'two' })
    .item({ id: 'three' })
type Town = ReturnType<typeof town>

function entriesOf({ memory }: Town, person = 0): string[] {
  const { histories, items, people } = memory
  return Array.from({ length: histories.length(person) }, (_, entry) => {
    const item = items.get(histories.itemAt(person, entry))?.id
    const target = people.get(histories.targetAt(person, entry))?.id
    const hour = (histories.atMs(person, entry) - start) / hourMs
    return `${hour} ${histories.actionAt(person, entry)} ${item ?? target}`
  })
}

it('keeps what somebody did by time, in whatever order it arrives', () => {
  const scene = town()
    .does('ann', 'like', 'two', 5)
    .does('ann', 'dwell', 'one', 1, 12.5)
    .does('bob', 'like', 'one', 2)
    .doesTo('ann', 'less', 'bob', 3)
    .does('ann', 'hide', 'three', 3)
  expect(entriesOf(scene)).toEqual(['1 dwell one', '3 less bob', '3 hide three', '5 like two'])
  expect(scene.memory.histories.valueAt(0, 0)).toBe(12.5)
  expect(entriesOf(scene, 1)).toEqual(['2 like one'])
})

it('changes its version with every change of a history', () => {
  const scene = town()
  const versions = [scene.memory.histories.version(0)]
  const note = () => versions.push(scene.memory.histories.version(0))
  scene.does('ann', 'like', 'one')
  note()
  scene.does('ann', 'unlike', 'one')
  note()
  scene.does('ann', 'like', 'two')
  note()
  scene.removeItem('two')
  note()
  scene.does('bob', 'like', 'one')
  expect(new Set(versions).size).toBe(5)
  expect(scene.memory.histories.version(0)).toBe(versions.at(-1))
})

it('takes a like back entirely, and an unlike of nothing does nothing', () => {
  const scene = town()
    .does('ann', 'like', 'one', 1)
    .does('ann', 'like', 'one', 2)
    .does('ann', 'click', 'one', 3)
    .does('bob', 'unlike', 'one', 3)
    .does('ann', 'unlike', 'one', 4)
  expect(entriesOf(scene)).toEqual(['3 click one'])
  expect(scene.memory.engagement.count(0, 'like')).toBe(0)
  expect(scene.memory.engagement.total(0)).toBe(0.5)
  expect([...scene.memory.engagement.engagers(0).values.subarray(0, 1)]).toEqual([0])
  scene.does('ann', 'like', 'two').does('ann', 'unlike', 'two')
  expect(scene.memory.engagement.engagers(1).length).toBe(0)
  expect([...scene.memory.engagement.trending(5, start)]).toEqual([0])
})

it('keeps the newest entries, and views never push out more than a fifth', () => {
  const scene = town({ historyLimit: 10 }).does('ann', 'like', 'one', 0)
  for (let hour = 1; hour <= 30; hour++) scene.does('ann', 'view', 'two', hour)
  expect(entriesOf(scene)).toEqual(['0 like one', '29 view two', '30 view two'])
  for (let hour = 1; hour <= 30; hour++) scene.does('ann', 'click', 'three', hour)
  expect(entriesOf(scene)).toHaveLength(10)
  expect(entriesOf(scene)[0]).toBe('23 click three')
  scene.does('ann', 'like', 'one', 3)
  expect(entriesOf(scene)[0]).toBe('23 click three')
})

it('remembers each item met, once, and the newest of them', () => {
  const scene = town({ seenLimit: 2 })
    .does('ann', 'view', 'one')
    .does('ann', 'hide', 'two')
    .does('ann', 'like', 'one')
  const seen = () => {
    const { values, length } = scene.memory.histories.seen(0)
    return idsOf(scene.memory, values.subarray(0, length))
  }
  expect(seen()).toEqual(['one', 'two'])
  scene.does('ann', 'view', 'three')
  expect(seen()).toEqual(['two', 'three'])
})

it('says how a day is shared among the hours', () => {
  const scene = town().does('ann', 'view', 'one', 8).does('ann', 'like', 'one', 32)
  scene.does('ann', 'like', 'two', 21).doesTo('ann', 'profile', 'bob', 21)
  const rhythm = scene.memory.histories.rhythm(0)
  expect(rhythm[8]).toBe(0.5)
  expect(rhythm[21]).toBe(0.5)
  expect(rhythm.reduce((sum, share) => sum + share)).toBe(1)
  expect([...scene.memory.histories.rhythm(1)]).toEqual(Array(24).fill(0))
})

it('leaves nothing of a person who is removed', () => {
  const scene = town()
    .item({ id: 'hers', authorId: 'ann' })
    .does('bob', 'like', 'hers')
    .does('bob', 'like', 'one')
    .doesTo('bob', 'more', 'ann')
    .does('ann', 'like', 'one', 4)
    .does('ann', 'view', 'two')
    .removeUser('ann')
  const { memory } = scene
  expect(memory.people.numberOf('ann')).toBe(-1)
  expect(memory.people.get(0)).toBeUndefined()
  expect(memory.items.numberOf('hers')).toBe(-1)
  expect(entriesOf(scene, 0)).toEqual([])
  expect(memory.histories.seen(0).length).toBe(0)
  expect(entriesOf(scene, 1)).toEqual(['0 like one'])
  expect(memory.engagement.count(0, 'like')).toBe(1)
  expect(memory.engagement.engagers(0).length).toBe(1)
  expect(memory.engagement.total(1)).toBe(0)
  expect(
    JSON.stringify([...memory.save()].map((chunk) => Buffer.from(chunk).toString())),
  ).not.toMatch(/ann|hers/)
})

it('takes no notice of somebody or something it does not know', () => {
  const scene = town()
    .does('nobody', 'like', 'one')
    .does('ann', 'like', 'nothing')
    .doesTo('ann', 'more', 'nobody')
    .edge('ann', 'follow', 'nobody')
    .removeItem('nothing')
    .removeUser('nobody')
  expect(scene.memory.digest()).toBe(town().memory.digest())
})
