import { expect, it } from 'vitest'
import { createExactVectors } from '../vectors/exact.ts'
import { idsOf, scene } from './changes.fixture.ts'

const town = () => scene({ createVectors: createExactVectors }).users('ann', 'bob')
const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`

it('knows an item by its id and says what it is', () => {
  const { memory } = town().item({
    id: 'one',
    authorId: 'ann',
    language: 'zh-Hans',
    visibility: 'followers',
    isUnsafe: true,
  })
  const one = memory.items.numberOf('one')
  expect(memory.items.get(one)?.id).toBe('one')
  expect(memory.items.authorOf(one)).toBe(memory.people.numberOf('ann'))
  expect(memory.items.languageOf(one)).toBe(memory.items.languageCode('zh-TW'))
  expect(memory.items.languageCode('xx')).toBe(-1)
  expect(memory.items.visibilityOf(one)).toBe('followers')
  expect(memory.items.isUnsafe(one)).toBe(true)
  expect(memory.items.numberOf('two')).toBe(-1)
  expect(memory.items.isLive(-1)).toBe(false)
  expect(memory.items.authorOf(-1)).toBe(-1)
})

it('lists the newest first, and pages through them', () => {
  const { memory } = town()
    .item({ id: 'second', createdAt: day(2) })
    .item({ id: 'fourth', createdAt: day(4) })
    .item({ id: 'first', createdAt: day(1) })
    .item({ id: 'third', createdAt: day(3) })
  expect(idsOf(memory, memory.items.newest(3))).toEqual(['fourth', 'third', 'second'])
  expect(idsOf(memory, memory.items.newest(3, 3))).toEqual(['first'])
})

it('moves an item that gets another time or author', () => {
  const { memory } = town()
    .item({ id: 'one', authorId: 'ann', createdAt: day(1) })
    .item({ id: 'two', authorId: 'ann', createdAt: day(2) })
    .item({ id: 'one', authorId: 'bob', createdAt: day(3) })
  const byAuthor = (id: string) => {
    const { values, length } = memory.items.byAuthor(memory.people.numberOf(id))
    return idsOf(memory, values.subarray(0, length))
  }
  expect(idsOf(memory, memory.items.newest(9))).toEqual(['one', 'two'])
  expect(byAuthor('ann')).toEqual(['two'])
  expect(byAuthor('bob')).toEqual(['one'])
  expect(memory.items.liveCount).toBe(2)
})

it('lists what an author made, oldest first, in whatever order it came', () => {
  const filled = town()
  for (const number of [5, 3, 9, 1]) {
    filled.item({ id: `day ${number}`, authorId: 'ann', createdAt: day(number) })
  }
  const { values, length } = filled.memory.items.byAuthor(0)
  const ids = idsOf(filled.memory, values.subarray(0, length))
  expect(ids).toEqual(['day 1', 'day 3', 'day 5', 'day 9'])
  expect(filled.memory.items.byAuthor(1).length).toBe(0)
})

it('groups items that say the same, and none that say nothing', () => {
  const { memory } = town()
    .item({ id: 'one', text: 'Good morning!' })
    .item({ id: 'two', text: 'good  MORNING https://a.example' })
    .item({ id: 'three', text: '' })
    .item({ id: 'four', text: '' })
  const groups = ['one', 'two', 'three', 'four'].map((id) =>
    memory.items.duplicateGroupOf(memory.items.numberOf(id)),
  )
  expect(groups[0]).toBe(groups[1])
  expect(new Set(groups).size).toBe(3)
})

it('forgets a removed item everywhere, and gives its id a new number', () => {
  const filled = town()
    .item({ id: 'one', authorId: 'ann' }, [1, 2, 3])
    .item({ id: 'two', authorId: 'ann' }, [1, 2, 4])
    .does('bob', 'like', 'one')
    .does('bob', 'like', 'two')
    .removeItem('one')
  const { items, histories, engagement, vectors, people } = filled.memory
  expect(items.numberOf('one')).toBe(-1)
  expect(items.get(0)).toBeUndefined()
  expect(idsOf(filled.memory, items.newest(9))).toEqual(['two'])
  expect(items.byAuthor(people.numberOf('ann')).length).toBe(1)
  const bob = people.numberOf('bob')
  expect(histories.length(bob)).toBe(1)
  expect(histories.seen(bob).length).toBe(1)
  expect(engagement.engagers(0).length).toBe(0)
  expect(engagement.count(0, 'like')).toBe(0)
  expect([...engagement.trending(9, 0)]).toEqual([1])
  expect([...vectors.near(1, 5).items]).toEqual([])
  expect([...engagement.alike(1).items]).toEqual([])
  filled.item({ id: 'one' })
  expect(items.numberOf('one')).toBe(2)
  expect(engagement.total(2)).toBe(0)
})
