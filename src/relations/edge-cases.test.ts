import { expect, it } from 'vitest'
import { seededRandom } from '../math/random.ts'
import { createTestNetwork, type TestNetwork } from '../recommend/stage.contract.ts'
import { town } from '../testing/town.ts'
import { readTies } from './graph/read-ties.ts'
import { createNetworkAnalysis } from './network/network.ts'
import { suggestPeople } from './people.ts'
import { createRelations } from './relations.ts'

const createdAt = '2025-12-01T00:00:00Z'
const never = new AbortController().signal

/** Ann knows Bea, who knows Cat and Dan; Ann likes what Dan writes. */
function square(): TestNetwork {
  const network = createTestNetwork()
  for (const id of ['ann', 'bea', 'cat', 'dan']) {
    network.putUser({ id })
    network.putItem({ id: `by-${id}`, authorId: id, text: id, tags: ['tea'], createdAt })
  }
  network.putEdge({ from: 'ann', to: 'bea' })
  network.putEdge({ from: 'bea', to: 'cat' })
  network.putEdge({ from: 'bea', to: 'dan' })
  return network
}

const suggested = ({ memory, interests, person }: TestNetwork, id: string, limit = 10): string[] =>
  suggestPeople(memory, interests.of(person(id)), {
    ...{ person: person(id), limit, exclude: new Set<number>() },
  }).people.map((found) => memory.people.get(found.person)?.id ?? '?')

const reportOf = ({ memory, interests }: TestNetwork) =>
  createNetworkAnalysis({ memory, interests, random: seededRandom(1) }).report(town.now)

it('reads ties with oneself, ties told twice and ties to nobody as if they were not there', async () => {
  const network = square()
  const before = {
    relation: createRelations(network.memory).between('ann', 'cat', town.now),
    people: suggested(network, 'ann'),
    report: await reportOf(network),
  }
  const edge = (from: string, to: string) => ({
    ...{ kind: 'edge' as const, edge: { from, to, kind: 'follow' as const, weight: 1 } },
  })

  network.apply(edge('ann', 'ann'), edge('ann', 'bea'), edge('ann', 'bea'))
  network.apply(edge('ann', 'nobody'), edge('nobody', 'ann'), edge('nobody', 'nobody'))

  expect(createRelations(network.memory).between('ann', 'cat', town.now)).toEqual(before.relation)
  expect(suggested(network, 'ann')).toEqual(before.people)
  const report = await reportOf(network)
  expect({ ...report, communities: [] }).toEqual({ ...before.report, communities: [] })
})

it('lets no block, mute, opt-out or private flag wait for another request', () => {
  const network = square()
  expect(suggested(network, 'ann')).toEqual(expect.arrayContaining(['cat', 'dan']))

  network.addEvent({ type: 'mute', userId: 'ann', targetUserId: 'cat' })
  expect(suggested(network, 'ann')).not.toContain('cat')
  network.putUser({ id: 'dan', isPrivate: true })
  expect(suggested(network, 'ann')).not.toContain('dan')
  network.putUser({ id: 'dan', isSuggested: false })
  expect(suggested(network, 'ann')).not.toContain('dan')
  network.putUser({ id: 'dan' })
  expect(suggested(network, 'ann')).toContain('dan')
  network.addEvent({ type: 'block', userId: 'dan', targetUserId: 'ann' })
  expect(suggested(network, 'ann')).not.toContain('dan')
})

it('goes through nobody who is blocked', () => {
  const network = square()
  network.addEvent({ type: 'block', userId: 'bea', targetUserId: 'ann' })
  const { memory, interests, person } = network
  const request = { person: person('ann'), limit: 10, exclude: new Set<number>() }

  const { people } = suggestPeople(memory, interests.of(request.person), request)

  expect(people.flatMap(({ mutual }) => mutual)).toEqual([])
})

it('suggests to newcomers who made what they did first, and says which', () => {
  const network = square()
  network.putUser({ id: 'eve' })
  for (const id of ['dan', 'cat', 'bea']) {
    network.addEvent({ type: 'like', userId: 'eve', itemId: `by-${id}` })
  }
  const { memory, interests, person } = network
  const request = { person: person('eve'), limit: 3, exclude: new Set<number>() }

  const { people } = suggestPeople(memory, interests.of(request.person), request)

  const dan = people.find((found) => found.person === person('dan'))!
  expect(dan.from).toContain('authors')
  expect(dan.wrote.map((entry) => memory.histories.itemAt(request.person, entry))).toEqual([
    network.item('by-dan'),
  ])
  expect(dan.parts.interest).toBeGreaterThan(0)
  expect(people.map((found) => found.person)).not.toContain(person('ann'))
})

it('suggests to those who only answered questions who writes about it, in their own words', () => {
  const network = square()
  network.putUser({ id: 'eve', interests: ['tea'] })
  const { memory, interests, person } = network
  const own = interests.of(person('eve'))
  const said = { item: network.item('by-dan'), weight: 1, entry: -1, said: 'tea' }
  const request = { person: person('eve'), limit: 3, exclude: new Set<number>() }

  const { people } = suggestPeople(memory, { ...own, recent: [said] }, request)

  const [dan] = people
  expect(dan?.person).toBe(person('dan'))
  expect(dan?.said).toEqual(['tea'])
  expect([...dan!.shared, ...dan!.wrote]).toEqual([])
})

it('knows people who went nowhere any more', async () => {
  const network = square()
  network.addEvent({ type: 'like', userId: 'ann', itemId: 'by-dan' })
  network.apply({ kind: 'user-removed', userId: 'dan' })

  expect(suggested(network, 'ann')).not.toContain('?')
  expect(suggested(network, 'ann')).not.toContain('dan')
  expect(() => createRelations(network.memory).between('ann', 'dan', town.now)).toThrow(/no user/)
  expect(JSON.stringify(await reportOf(network))).not.toContain('dan')
  const { from, to } = await readTies(network.memory, undefined, never)
  expect([...from, ...to].every((person) => network.memory.people.isLive(person))).toBe(true)
})
