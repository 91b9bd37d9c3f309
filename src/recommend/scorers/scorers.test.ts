import { expect, it } from 'vitest'
import { createCandidates } from '../candidates.ts'
import { createTestNetwork, scorerContract, townNetwork } from '../stage.contract.ts'
import type { FeedRequest, Scorer } from '../stage.ts'
import { author } from './author.ts'
import { dislike } from './dislike.ts'
import { freshness } from './freshness.ts'
import { mood } from './mood.ts'
import { popularity, trend } from './popularity.ts'
import { quality } from './quality.ts'
import { tallied } from './tallied.ts'
import { taste } from './taste.ts'

scorerContract(author)
scorerContract(dislike)
scorerContract(() => freshness({ halfAgeHours: 24 }))
scorerContract(popularity)
scorerContract(trend)
scorerContract(quality)
scorerContract(() => tallied('alike'))
scorerContract(() => tallied('circle'))
scorerContract(() => tallied('kindred'))
scorerContract(taste)
scorerContract(mood)

const network = townNetwork()

it('taste is high for topics the person likes and 0 for others', () => {
  const scores = scoresOf(taste(), network.request('fang'))

  expect(scores.get('bread-5')).toBeGreaterThan(0.4)
  expect(scores.get('garden-1')).toBeGreaterThan(0.2)
  expect(scores.get('council-2')).toBe(0)
})

it('dislike is high near what was hidden', () => {
  const scores = scoresOf(dislike(), network.request('kofi'))

  expect(scores.get('council-3')).toBeGreaterThan(0.3)
  expect(scores.get('stars-1')).toBe(0)
})

it('author is positive for ties, negative for whom less was asked', () => {
  const scores = scoresOf(author(), network.request('kofi'))

  expect(scores.get('bikes-5')).toBeGreaterThan(0.5)
  expect(scores.get('council-2')).toBeLessThan(-0.3)
  expect(scores.get('jazz-5')).toBe(0)
})

it('freshness halves at its half age, and orders old items too', () => {
  const small = createTestNetwork(new Date('2026-01-03T00:00:00Z'))
  for (const [id, createdAt] of [
    ['new', '2026-01-03T00:00:00Z'],
    ['day', '2026-01-02T00:00:00Z'],
    ['old', '2006-01-02T00:00:00Z'],
    ['older', '2006-01-01T00:00:00Z'],
  ] as const) {
    small.putItem({ id, createdAt })
  }
  const scores = scoresOf(freshness({ halfAgeHours: 24 }), small.request(undefined), small)

  expect(scores.get('new')).toBe(1)
  expect(scores.get('day')).toBeCloseTo(0.5)
  expect(scores.get('old')).toBeGreaterThan(scores.get('older') ?? 1)
})

it('an archive is judged as of its own newest item, not of today', () => {
  const archive = createTestNetwork()
  archive.putItem({ id: 'last', createdAt: '2011-05-01T00:00:00Z' })

  const scores = scoresOf(freshness({ halfAgeHours: 24 }), archive.request(undefined), archive)

  expect(scores.get('last')).toBe(1)
})

it('popularity is 1 for the most engaged with and 0 for what nobody touched', () => {
  const scores = scoresOf(popularity(), network.request(undefined))

  expect(Math.max(...scores.values())).toBeGreaterThan(0.8)
  expect(scores.get('council-3')).toBe(0)
})

it('a slow network is judged by the present, not by its newest item', () => {
  const slow = createTestNetwork(new Date('2026-01-10T00:00:00Z'))
  for (const id of ['then', 'now']) slow.putItem({ id, createdAt: '2026-01-01T00:00:00Z' })
  slow.putUser({ id: 'ann' })
  slow.addEvent({ type: 'like', userId: 'ann', itemId: 'then', at: '2026-01-02T00:00:00Z' })
  slow.addEvent({ type: 'like', userId: 'ann', itemId: 'now', at: '2026-01-09T23:00:00Z' })

  const scores = scoresOf(trend(), slow.request(undefined), slow)

  expect(scores.get('now')).toBe(1)
  expect(scores.get('then')).toBeLessThan(0.1)
})

it('circle and kindred are 1 for the item most spoken for', () => {
  const circle = scoresOf(tallied('circle'), network.request('ada'))
  expect(Math.max(...circle.values())).toBeCloseTo(1)
  const { confidence } = network.interests.of(network.person('ada'))
  const kindred = scoresOf(tallied('kindred'), network.request('ada'))
  expect(Math.max(...kindred.values())).toBeCloseTo(confidence)
})

function scoresOf(
  scorer: Scorer,
  request: FeedRequest,
  { memory, contextFor } = network,
): Map<string, number> {
  const candidates = createCandidates()
  candidates.reset(['all'])
  for (let item = 0; item < memory.items.count; item++) candidates.add(item, 0)
  const out = new Float32Array(candidates.count)
  scorer.score(candidates, request, contextFor(request), out)
  return new Map(Array.from(out, (score, row) => [memory.items.get(row)!.id, score]))
}
