import { describe, expect, it } from 'vitest'
import { createSampleImporter } from '../importers/sample.ts'
import { importInto } from '../ingest.ts'
import { makeCity } from './city.ts'
import { moods } from './moods.ts'
import { topics } from './topics.ts'

const now = new Date('2026-01-01T12:00:00Z')
const city = makeCity({ seed: 7, now })
const { truth } = city
const personOf = new Map(city.users.map(({ id }, index) => [id, index]))
const postOf = new Map(city.items.map(({ id }, index) => [id, index]))
const small = { seed: 7, now, people: 60, posts: 200 }

describe('the words of the city', () => {
  it('cover forty topics with twelve different things in each language', () => {
    expect(topics).toHaveLength(40)
    for (const { name, en, zh } of topics) {
      for (const { things, good, bad, ask } of [en, zh]) {
        expect(new Set(things).size, name).toBeGreaterThanOrEqual(12)
        expect(new Set([...good, ...bad, ...ask]).size, name).toBeGreaterThanOrEqual(14)
      }
      expect([...en.good, ...en.things].join(' '), name).not.toMatch(/\p{Script=Han}/u)
      expect([...zh.good, ...zh.bad, ...zh.ask, ...zh.things].join('。'), name).not.toMatch(
        /[a-z]{4,}(?![a-z]*\})/,
      )
    }
  })

  it('leave no slot open and no English sentence without a capital', () => {
    const faulty = city.items.filter(
      ({ text, language }) =>
        /[{}]|undefined|\s{2}/.test(text) || (language === 'en' && !/^\p{Lu}/u.test(text)),
    )
    expect(faulty.map(({ text }) => text)).toEqual([])
  })

  it('sound like the mood they are written in', () => {
    const annoyed = moods.findIndex(({ name }) => name === 'annoyed')
    const texts = city.items.filter((_, index) => truth.moodOf[index] === annoyed)
    const said = topics.flatMap(({ en, zh }) => [...en.bad, ...zh.bad])
    const cores = said.map(
      (line) => line.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0] ?? '',
    )
    const fitting = texts.filter(({ text }) => cores.some((core) => text.includes(core.trim())))
    expect(fitting.length / texts.length).toBeGreaterThan(0.95)
  })
})

describe('the sample city', () => {
  it('has as many people and posts as were asked for, half of the posts in each language', () => {
    expect(city.users).toHaveLength(2_000)
    expect(city.items).toHaveLength(12_000)
    const chinese = city.items.filter(({ language }) => language === 'zh').length
    expect(chinese / city.items.length).toBeGreaterThan(0.4)
    expect(chinese / city.items.length).toBeLessThan(0.6)
    const bilingual = city.users.filter(({ languages }) => languages.length === 2).length
    expect(bilingual).toBeGreaterThan(120)
  })

  it('marks every person and every post as a sample', () => {
    expect(city.users.every(({ isSample }) => isSample)).toBe(true)
    expect(city.items.every(({ tags }) => tags.includes('sample'))).toBe(true)
  })

  it('hardly ever says the same twice', () => {
    const texts = new Set(city.items.map(({ text }) => text.toLowerCase()))
    expect(texts.size / city.items.length).toBeGreaterThan(0.99)
  })

  it('is the same for the same seed, and another for another', () => {
    expect(makeCity(small)).toEqual(makeCity(small))
    expect(makeCity({ ...small, seed: 8 }).items[0]?.text).not.toBe(makeCity(small).items[0]?.text)
  })

  it('lies in the four weeks before now, each event after its post', () => {
    const start = now.getTime() - 29 * 86_400_000
    const misplaced = city.items.filter(
      ({ createdAt }) => createdAt.getTime() < start || createdAt >= now,
    )
    expect(misplaced).toHaveLength(0)
    const early = city.events.filter(({ itemId, at }) => {
      const post = city.items[postOf.get(itemId ?? '') ?? -1]
      return at >= now || (post && at <= post.createdAt)
    })
    expect(early).toHaveLength(0)
  })

  it('shows taste in likes, clearly and not perfectly', () => {
    const counts = { in: { view: 0, like: 0 }, out: { view: 0, like: 0 } }
    for (const { userId, itemId = '', type } of city.events) {
      if (type !== 'view' && type !== 'like') continue
      const taste = truth.tastes[personOf.get(userId) ?? -1]
      const topic = truth.topicOf[postOf.get(itemId) ?? -1] ?? -1
      counts[(taste?.[topic] ?? 0) > 0.1 ? 'in' : 'out'][type] += 1
    }
    const within = counts.in.like / counts.in.view
    const without = counts.out.like / counts.out.view
    expect(within / without).toBeGreaterThan(3)
    expect(within).toBeLessThan(0.6)
    expect(counts.out.like).toBeGreaterThan(0.1 * (counts.in.like + counts.out.like))
  })

  it('has communities: ties stay in the district far more often than chance, some are bridges', () => {
    const community = (id: string) => truth.communityOf[personOf.get(id) ?? -1]
    const inside = city.edges.filter(({ from, to }) => community(from) === community(to)).length
    const share = inside / city.edges.length
    expect(share).toBeGreaterThan(4 / truth.communities.length)
    expect(share).toBeLessThan(0.8)
    const ties = new Set(city.edges.map(({ from, to }) => `${from} ${to}`))
    const mutual = city.edges.filter(({ from, to }) => ties.has(`${to} ${from}`)).length
    expect(mutual / city.edges.length).toBeGreaterThan(0.2)
  })

  it('has a power law of activity and a rhythm of the day', () => {
    const events = new Map<string, number>()
    const hours = new Array<number>(24).fill(0)
    for (const { userId, at } of city.events) {
      events.set(userId, (events.get(userId) ?? 0) + 1)
      hours[at.getUTCHours()] = (hours[at.getUTCHours()] ?? 0) + 1
    }
    const sorted = [...events.values()].sort((a, b) => a - b)
    expect(sorted.length).toBe(2_000)
    expect(sorted.at(-1)).toBeGreaterThan(8 * (sorted[1_000] ?? 0))
    expect(Math.max(...hours)).toBeGreaterThan(4 * Math.min(...hours))
  })

  it('comes in by the door of every import, whole', async () => {
    const expected = makeCity(small)
    const kept = { users: 0, items: 0, edges: 0, events: new Set<string>() }
    const accept = (kind: 'users' | 'items' | 'edges') => async (some: readonly unknown[]) => {
      kept[kind] += some.length
      return { accepted: some.length }
    }
    const { rejected } = await importInto(
      {
        putUsers: accept('users'),
        putItems: accept('items'),
        putEdges: accept('edges'),
        addEvents: async (some) => {
          for (const { userId, type, itemId, targetUserId, at } of some) {
            kept.events.add([userId, type, itemId, targetUserId, at?.getTime()].join(' '))
          }
          return { accepted: some.length, duplicates: 0 }
        },
      },
      createSampleImporter(small),
      'sample',
    )
    expect(rejected).toBe(0)
    expect({ ...kept, events: kept.events.size }).toEqual({
      users: 60,
      items: 200,
      edges: expected.edges.length,
      events: expected.events.length,
    })
  })
})
