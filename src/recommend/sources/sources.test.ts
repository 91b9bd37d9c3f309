import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { createTestNetwork, sourceContract, townNetwork } from '../stage.contract.ts'
import type { FeedRequest, Source } from '../stage.ts'
import { explore } from './explore.ts'
import { following } from './following.ts'
import { fresh } from './fresh.ts'
import { similar } from './similar.ts'
import { tallied } from './tallied.ts'
import { trending } from './trending.ts'

sourceContract(following)
sourceContract(fresh)
sourceContract(similar)
sourceContract(trending)
sourceContract(explore)
sourceContract(() => tallied('alike'))
sourceContract(() => tallied('circle'))
sourceContract(() => tallied('kindred'))

const network = townNetwork()

it('following proposes the newest items of ties, newest first', () => {
  const proposed = propose(following(), network.request('ada'))

  const authors = new Set(proposed.map((id) => itemOf(id).authorId))
  expect([...authors].sort()).toEqual(['he', 'jiang', 'kofi'])
  const times = proposed.map((id) => itemOf(id).createdAt.getTime())
  expect(times).toEqual(times.toSorted((a, b) => b - a))
})

it('circle proposes what ties engaged with, and nothing that only strangers did', () => {
  const proposed = propose(tallied('circle'), network.request('ada'))

  expect(proposed).toContain('bikes-4')
  expect(proposed).not.toContain('bread-4')
})

it('circle leaves out what a muted tie engaged with', () => {
  const quiet = townNetwork()
  quiet.addEvent({ type: 'mute', userId: 'ada', targetUserId: 'jiang' })

  expect(propose(tallied('circle'), network.request('ada'))).toContain('jazz-1')
  expect(propose(tallied('circle'), quiet.request('ada'), quiet)).not.toContain('jazz-1')
})

it('kindred proposes what people with the same likes engaged with, though they are strangers', () => {
  const proposed = propose(tallied('kindred'), network.request('gus'))

  expect(proposed).toContain('tea-4')
})

it('alike proposes what goes together with recent items', () => {
  expect(propose(tallied('alike'), network.request('dara'))).toContain('bread-4')
})

it('similar proposes items of the topics a person likes', () => {
  const proposed = propose(similar(), network.request('fang'))

  expect(proposed.slice(0, 6).every((id) => /^(bread|garden)/.test(id))).toBe(true)
})

it('fresh reads on beyond what was refused', () => {
  const all = propose(fresh(), network.request('ada'))
  const refused = new Set(all.slice(0, 10))
  const taken: string[] = []
  fresh().propose(network.request('ada'), network.contextFor(network.request('ada')), (item) => {
    const { id } = network.memory.items.get(item)!
    if (refused.has(id)) return true
    return taken.push(id) < 3
  })

  expect(taken).toEqual(all.slice(10, 13))
})

it('explore is the same for the same seed and prefers what few know', () => {
  const large = createTestNetwork()
  large.putUser({ id: 'ann' })
  for (let number = 0; number < 100; number++) {
    large.putItem({ id: `i${number}`, createdAt: '2026-01-01T00:00:00Z' })
    if (number < 50) large.addEvent({ type: 'like', userId: 'ann', itemId: `i${number}` })
  }
  const request = (seed: number) => large.request('ann', { random: seededRandom(seed) })

  const proposed = propose(explore(), request(3), large)

  expect(propose(explore(), request(3), large)).toEqual(proposed)
  const known = proposed.filter((id) => Number(id.slice(1)) < 50)
  expect(known.length).toBeLessThan(proposed.length / 2)
})

function propose(source: Source, request: FeedRequest, { memory, contextFor } = network): string[] {
  const ids: string[] = []
  source.propose(request, contextFor(request), (item) => ids.push(memory.items.get(item)!.id) > 0)
  return ids
}

function itemOf(id: string) {
  return network.memory.items.get(network.item(id))!
}
