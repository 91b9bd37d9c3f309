import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { createTestNetwork, townNetwork } from '../../recommend/stage.contract.ts'
import { town } from '../../testing/town.ts'
import { createNetworkAnalysis } from './network.ts'
import { stableIds } from './stable-ids.ts'

const createdAt = '2025-12-01T00:00:00Z'

/** Two villages of six where everybody knows everybody, one bridge, one hermit. */
function villages() {
  const network = createTestNetwork()
  const names = Array.from({ length: 12 }, (_, n) => `${n < 6 ? 'north' : 'south'}-${n % 6}`)
  for (const id of [...names, 'hermit']) {
    network.putUser({ id, languages: [id.startsWith('north') ? 'en' : 'zh'] })
  }
  const isNear = (a: string, b: string): boolean => a !== b && a.slice(0, 5) === b.slice(0, 5)
  for (const id of names) {
    const tags = [id.startsWith('north') ? 'stars' : 'bread', 'daily']
    network.putItem({ id: `by-${id}`, authorId: id, text: id, tags, createdAt })
  }
  for (const from of names) {
    for (const to of names.filter((other) => isNear(from, other))) {
      if (from < to) network.putEdge({ from, to, kind: 'friend' })
      network.addEvent({ type: 'like', userId: from, itemId: `by-${to}` })
    }
  }
  network.putEdge({ from: 'north-0', to: 'south-0' })
  return network
}

const analysisOf = ({ memory, interests }: ReturnType<typeof villages>) =>
  createNetworkAnalysis({ memory, interests, random: seededRandom(1) })

it('sees communities with their words, who bridges them, and who stands alone', async () => {
  const report = await analysisOf(villages()).report(town.now)

  expect(report.communities.map(({ people }) => people)).toEqual([6, 6])
  expect(report.communities.map(({ keywords }) => keywords[0]).sort()).toEqual(['bread', 'stars'])
  for (const { echo, inside } of report.communities) {
    expect(echo).toBe(1)
    expect(inside).toBeGreaterThan(0.95)
  }
  expect(
    report.bridges
      .slice(0, 2)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['north-0', 'south-0'])
  expect(report.between).toEqual([{ from: 0, to: 1, ties: 1 }])
  expect(report.homophily).toBeGreaterThan(0.9)
  expect(report.reciprocity).toBeGreaterThan(0.9)
  expect(report.cores[5]).toBe(12)
  expect(report.islands.people).toBe(1)
  expect(report.islands.some[0]).toMatchObject({ id: 'hermit' })
  expect(report.islands.some[0]!.couldMeet.length).toBeGreaterThan(0)
})

it('keeps the ids of communities while people come and go', async () => {
  const network = villages()
  const analysis = analysisOf(network)
  const before = await analysis.report(town.now)
  network.putUser({ id: 'north-new', languages: ['en'] })
  network.putEdge({ from: 'north-new', to: 'north-1' })
  network.putEdge({ from: 'north-new', to: 'north-2' })
  network.apply({ kind: 'user-removed', userId: 'south-3' })

  const after = await analysis.report(town.now)

  const idOf = (report: typeof before, keyword: string) =>
    report.communities.find(({ keywords }) => keywords.includes(keyword))!.id
  expect(idOf(after, 'stars')).toBe(idOf(before, 'stars'))
  expect(idOf(after, 'bread')).toBe(idOf(before, 'bread'))
  expect(after.people).toBe(13)
})

it('names nobody who is gone and crosses no block', async () => {
  const network = villages()
  network.apply({ kind: 'user-removed', userId: 'north-0' })
  network.addEvent({ type: 'block', userId: 'south-1', targetUserId: 'south-2' })

  const report = await analysisOf(network).report(town.now)

  expect(JSON.stringify(report)).not.toContain('"north-0"')
  expect(report.between).toEqual([])
})

it('reads the mood of a community from the posts of its people', async () => {
  const network = villages()
  for (let n = 0; n < 6; n++) {
    network.putLabels(`glad-${n}`, { joy: 0.8, neutral: 0.2 }, { authorId: `north-${n}` })
  }

  const report = await analysisOf(network).report(town.now)

  const [north, south] = ['stars', 'bread'].map((word) =>
    report.communities.find(({ keywords }) => keywords.includes(word)),
  )
  expect(north!.mood!.posts).toBe(6)
  expect(north!.mood!.shares.joy).toBeCloseTo(0.8, 2)
  expect(south!.mood).toBeUndefined()
})

it('draws the communities, but nobody private', async () => {
  const network = villages()
  network.putUser({ id: 'south-2', isPrivate: true })

  const { drawing, communities } = await analysisOf(network).report(town.now)

  expect(drawing.people.map(({ id }) => id)).not.toContain('south-2')
  expect(drawing.people).toHaveLength(11)
  expect(new Set(drawing.people.map(({ community }) => community))).toEqual(
    new Set(communities.map(({ id }) => id)),
  )
  expect(drawing.ties.length).toBeGreaterThan(20)
  for (const [from, to] of drawing.ties) expect(from).toBeLessThan(to)
})

it('has nothing to say about an empty network, and something about the town', async () => {
  const empty = await analysisOf(createTestNetwork()).report(town.now)
  expect(empty).toMatchObject({ people: 0, ties: 0, communities: [], cores: [] })

  const report = await analysisOf(townNetwork()).report(town.now)
  expect(report.people).toBe(12)
  expect(report.influence.length).toBeGreaterThan(5)
})

it('gives an id to the community that kept most of its people', () => {
  const before = Int32Array.of(7, 7, 7, 4, 4, -1)
  const found = Int32Array.of(0, 0, 1, 1, 1, 2, 2)

  expect([...stableIds(found, before)]).toEqual([7, 7, 4, 4, 4, 8, 8])
})
