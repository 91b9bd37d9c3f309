import { expect, it } from 'vitest'
import { actionWeight } from '../memory/action-weights.ts'
import { town } from './town.ts'

const userIds = new Set(town.users.map(({ id }) => id))
const items = new Map(town.items.map((item) => [item.id, item]))

it('has twelve people and forty posts in two languages', () => {
  expect(town.users).toHaveLength(12)
  expect(userIds.size).toBe(12)
  expect(items.size).toBe(40)
  const chinese = town.items.filter(({ language }) => language === 'zh')
  expect(chinese.length).toBeGreaterThan(14)
  expect(chinese.length).toBeLessThan(24)
})

it('names only people and posts that exist, in order of time, before now', () => {
  for (const { authorId } of town.items) expect(userIds).toContain(authorId)
  for (const { from, to } of town.edges) {
    expect(userIds).toContain(from)
    expect(userIds).toContain(to)
  }
  for (const { userId, itemId, at } of town.events) {
    expect(userIds).toContain(userId)
    const item = items.get(itemId ?? '')
    expect(item).toBeDefined()
    expect(at > (item?.createdAt ?? at), `${userId} on ${itemId} comes after the post`).toBe(true)
    expect(at < town.now).toBe(true)
  }
  const times = town.events.map(({ at }) => at.getTime())
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

it('shows the tastes it tells: nearly all praise is for a topic of the person', () => {
  const praised = town.events.filter(({ type }) => actionWeight(type) >= 1)
  const fitting = praised.filter(({ userId, itemId }) =>
    town.tastes[userId]?.some((topic) => items.get(itemId ?? '')?.tags.includes(topic)),
  )
  expect(fitting.length / praised.length).toBeGreaterThan(0.85)
  for (const { userId, itemId } of praised)
    expect(items.get(itemId ?? '')?.authorId).not.toBe(userId)
})

it('keeps one newcomer who has done nothing', () => {
  const active = new Set(town.events.map(({ userId }) => userId))
  expect(town.users.filter(({ id }) => !active.has(id)).map(({ id }) => id)).toEqual(['lin'])
})
