import { expect, it } from 'vitest'
import { seededRandom } from '../math/random.ts'
import { createRecommender } from './recommend.ts'
import { type TestNetwork, townNetwork } from './stage.contract.ts'

function pagesOf(
  network: TestNetwork,
  userId: string,
  between: (shown: readonly string[]) => void,
) {
  const recommender = createRecommender({ memory: network.memory })
  const page = (shown: readonly string[]) =>
    recommender.recommend({
      ...network.request(userId, {
        limit: 8,
        random: seededRandom(2),
        exclude: new Set(shown.map(network.item)),
      }),
      ...{ feed: 'home', pageId: 'p' },
    }).items
  const first = page([])
  const shown = first.map(({ item }) => item.id)
  between(shown)
  return { first, second: page(shown) }
}

it('a block between two pages of a session holds from the second on, whoever blocked', () => {
  for (const [userId, targetUserId] of [
    ['lin', 'ivy'],
    ['ivy', 'lin'],
  ] as const) {
    const network = townNetwork()
    const plain = pagesOf(network, 'lin', () => undefined)
    const authors = [...plain.first, ...plain.second].map(({ item }) => item.authorId)
    expect(authors).toContain('ivy')

    const { second } = pagesOf(network, 'lin', () =>
      network.addEvent({ type: 'block', userId, targetUserId }),
    )

    expect(second.length).toBeGreaterThan(0)
    expect(second.map(({ item }) => item.authorId)).not.toContain('ivy')
  }
})

it('a person deleted between two pages is gone from the second, with all their items', () => {
  const network = townNetwork()

  const { second } = pagesOf(network, 'lin', () =>
    network.apply({ kind: 'user-removed', userId: 'ivy' }),
  )

  expect(second.length).toBeGreaterThan(0)
  expect(second.map(({ item }) => item.authorId)).not.toContain('ivy')
})

it('the same tie put again and again, and dissolved once, changes no page', () => {
  const once = townNetwork()
  const often = townNetwork()
  for (let time = 0; time < 20; time++) {
    for (const edge of [
      { from: 'lin', to: 'bo', kind: 'follow' as const },
      { from: 'lin', to: 'kofi', kind: 'follow' as const },
    ]) {
      often.putEdge(edge)
      if (time === 0) once.putEdge(edge)
    }
  }
  const idsOf = (network: TestNetwork) =>
    pagesOf(network, 'lin', () => undefined).first.map(({ item, score }) => [item.id, score])

  expect(idsOf(often)).toEqual(idsOf(once))
  for (const network of [once, often]) {
    network.apply({ kind: 'edge-removed', from: 'lin', to: 'kofi', edgeKind: 'follow' })
  }
  expect(often.memory.ties.weight(often.person('lin'), often.person('kofi'))).toBe(0)
  expect(idsOf(often)).toEqual(idsOf(once))
})

it('somebody with twenty thousand followers is no small creator, and their followers get pages', () => {
  const network = townNetwork()
  const followers = Array.from({ length: 20_000 }, (_, n) => `fan${n}`)
  network.apply(
    ...followers.map((id) => ({
      kind: 'user' as const,
      user: { ...network.memory.people.get(network.person('lin'))!, id },
    })),
    ...followers.map((from) => ({
      kind: 'edge' as const,
      edge: { from, to: 'gus', kind: 'follow' as const, weight: 1 },
    })),
  )
  expect(network.memory.ties.in(network.person('gus')).length).toBeGreaterThanOrEqual(20_000)

  const { first } = pagesOf(network, 'fan19999', () => undefined)

  expect(first.length).toBe(8)
  expect(first.filter(({ item }) => item.authorId === 'gus').length).toBeLessThanOrEqual(3)
})
