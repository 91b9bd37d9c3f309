import { expect, it } from 'vitest'
import { townNetwork } from '../recommend/stage.contract.ts'
import { suggestPeople } from './people.ts'

const nobody = new Set<number>()

it('suggests people whom ties know, or who like the same, with the reasons', () => {
  const network = townNetwork()
  const { people } = suggest(network, 'jiang')

  const bo = people.find(({ id }) => id === 'bo')!
  expect(bo.from).toContain('ties-of-ties')
  expect(bo.mutual.map((tie) => network.memory.people.get(tie)!.id)).toEqual(['chen'])
  const ada = people.find(({ id }) => id === 'ada')!
  expect(ada.from).toContain('followers')
  expect(ada.parts['follows-you']).toBeGreaterThan(0)
  expect(ada.shared.length).toBeGreaterThan(0)
})

it('never suggests oneself, ties, private people, or across a block or a mute', () => {
  const network = townNetwork()
  for (const asker of ['ada', 'bo', 'chen', 'emil', 'gus', 'kofi', 'lin']) {
    const ids = suggest(network, asker).people.map(({ id }) => id)
    expect(ids).not.toContain(asker)
    expect(ids).not.toContain('dara')
    const person = network.person(asker)
    for (const id of ids) expect(network.memory.ties.weight(person, network.person(id))).toBe(0)
  }
  expect(suggest(network, 'ada').people.map(({ id }) => id)).not.toContain('gus')
  expect(suggest(network, 'emil').people.map(({ id }) => id)).not.toContain('gus')
  expect(suggest(network, 'gus').people.map(({ id }) => id)).not.toContain('emil')
})

it('leaves out a person of whom less was asked', () => {
  const network = townNetwork()
  const ids = () => suggest(network, 'jiang').people.map(({ id }) => id)
  expect(ids()).toContain('bo')

  network.addEvent({ type: 'less', userId: 'jiang', targetUserId: 'bo' })

  expect(ids()).not.toContain('bo')
})

it('drops a person with the very next request after they block or go private', () => {
  const network = townNetwork()
  const ids = () => suggest(network, 'jiang').people.map(({ id }) => id)
  expect(ids()).toEqual(expect.arrayContaining(['bo', 'emil']))

  network.addEvent({ type: 'block', userId: 'bo', targetUserId: 'jiang' })
  network.putUser({ id: 'emil', name: 'Emil', isPrivate: true })

  expect(ids()).not.toContain('bo')
  expect(ids()).not.toContain('emil')
  expect(suggest(network, 'jiang').dropped.get('blocked')).toBe(1)
})

it('honours an opt-out with the very next request', () => {
  const network = townNetwork()
  const ids = () => suggest(network, 'jiang').people.map(({ id }) => id)
  expect(ids()).toContain('emil')

  network.putUser({ id: 'emil', name: 'Emil', isSuggested: false })

  expect(ids()).not.toContain('emil')
  expect(suggest(network, 'jiang').dropped.get('opted-out')).toBe(1)
})

it('says what both write about, and counts it', () => {
  const he = suggest(townNetwork(), 'emil').people.find(({ id }) => id === 'he')!

  expect(he.subjects).toEqual(['bikes'])
  expect(he.parts.writing).toBeGreaterThan(0)
})

it('gives a newcomer the people of their ties, then the best known', () => {
  const { people } = suggest(townNetwork(), 'lin')

  expect(people[0]?.from).toEqual(['ties-of-ties'])
  expect(people.some(({ from }) => from.includes('well-known'))).toBe(true)
})

it('scores are the sums of their parts, best first, without repeats', () => {
  const { people } = suggest(townNetwork(), 'kofi')

  for (const { score, parts } of people) {
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 9)
  }
  expect(people.map(({ score }) => score)).toEqual(
    people.map(({ score }) => score).toSorted((a, b) => b - a),
  )
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length)
})

function suggest({ memory, interests, person }: ReturnType<typeof townNetwork>, asker: string) {
  const request = { person: person(asker), limit: 10, exclude: nobody }
  const { people, dropped } = suggestPeople(memory, interests.of(request.person), request)
  const named = people.map((found) => ({ id: memory.people.get(found.person)!.id, ...found }))
  return { people: named, dropped }
}
