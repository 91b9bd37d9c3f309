import { expect, it } from 'vitest'
import { createExactVectors } from '../vectors/exact.ts'
import { peopleOf, scene } from './changes.fixture.ts'

const town = () => scene({ createVectors: createExactVectors }).users('ann', 'bob', 'cem')
type Town = ReturnType<typeof town>

function reading({ memory }: Town) {
  const { ties, people } = memory
  const number = (id: string): number => people.numberOf(id)
  return {
    out: (id: string) => peopleOf(memory, ties.out(number(id))),
    in: (id: string) => peopleOf(memory, ties.in(number(id))),
    muted: (id: string) => peopleOf(memory, ties.muted(number(id))),
    blocked: (id: string) => peopleOf(memory, ties.blockedEitherWay(number(id))),
    weight: (from: string, to: string) => ties.weight(number(from), number(to)),
    has: (from: string, kind: 'follow' | 'friend' | 'block' | 'mute', to: string) =>
      ties.has(number(from), number(to), kind),
  }
}

it('shows a follow from one side and a friendship from both', () => {
  const ties = reading(town().edge('ann', 'follow', 'bob', 0.5).edge('ann', 'friend', 'cem', 0.75))
  expect(ties.out('ann')).toEqual(['bob', 'cem'])
  expect(ties.in('bob')).toEqual(['ann'])
  expect(ties.out('bob')).toEqual([])
  expect(ties.out('cem')).toEqual(['ann'])
  expect(ties.weight('ann', 'bob')).toBe(0.5)
  expect(ties.weight('cem', 'ann')).toBe(0.75)
  expect(ties.weight('bob', 'ann')).toBe(0)
  expect(ties.has('cem', 'friend', 'ann')).toBe(true)
})

it('keeps a tie while one kind of it is left, as strong as its strongest', () => {
  const scene = town().edge('ann', 'follow', 'bob', 0.25).edge('ann', 'repost-through', 'bob', 0.5)
  const ties = reading(scene)
  expect(ties.weight('ann', 'bob')).toBe(0.5)
  scene.unedge('ann', 'repost-through', 'bob')
  expect(ties.weight('ann', 'bob')).toBe(0.25)
  scene.unedge('ann', 'follow', 'bob')
  expect(ties.out('ann')).toEqual([])
  expect(ties.in('bob')).toEqual([])
})

it('takes events for edges', () => {
  const scene = town()
    .doesTo('ann', 'follow', 'bob')
    .doesTo('ann', 'mute', 'cem')
    .doesTo('bob', 'friend', 'cem')
    .doesTo('cem', 'block', 'ann')
  const ties = reading(scene)
  expect(ties.has('ann', 'follow', 'bob')).toBe(true)
  expect(ties.muted('ann')).toEqual(['cem'])
  expect(ties.muted('cem')).toEqual([])
  expect(ties.has('cem', 'friend', 'bob')).toBe(true)
  expect(ties.blocked('ann')).toEqual(['cem'])
  expect(ties.blocked('cem')).toEqual(['ann'])
  expect(ties.has('ann', 'block', 'cem')).toBe(false)
  scene
    .doesTo('ann', 'unfollow', 'bob')
    .doesTo('ann', 'unmute', 'cem')
    .doesTo('cem', 'unfriend', 'bob')
    .doesTo('cem', 'unblock', 'ann')
  expect(ties.out('ann')).toEqual([])
  expect(ties.muted('ann')).toEqual([])
  expect(ties.out('bob')).toEqual([])
  expect(ties.blocked('ann')).toEqual([])
})

it('keeps a block while either side wants it, and leaves ties alone', () => {
  const scene = town()
    .edge('ann', 'follow', 'bob')
    .edge('ann', 'block', 'bob')
    .edge('bob', 'block', 'ann')
    .unedge('ann', 'block', 'bob')
  const ties = reading(scene)
  expect(ties.blocked('ann')).toEqual(['bob'])
  expect(ties.has('ann', 'follow', 'bob')).toBe(true)
  scene.unedge('bob', 'block', 'ann')
  expect(ties.blocked('ann')).toEqual([])
  expect(ties.blocked('bob')).toEqual([])
})

it('forgets every tie of a person who is removed, and nobody else', () => {
  const scene = town()
    .edge('ann', 'friend', 'bob')
    .edge('cem', 'follow', 'bob')
    .edge('bob', 'mute', 'cem')
    .edge('cem', 'mute', 'bob')
    .edge('bob', 'block', 'ann')
    .edge('ann', 'follow', 'cem')
    .removeUser('bob')
  const ties = reading(scene)
  expect(ties.out('ann')).toEqual(['cem'])
  expect(ties.out('cem')).toEqual([])
  expect(ties.muted('cem')).toEqual([])
  expect(ties.blocked('ann')).toEqual([])
  scene.users('bob')
  expect(ties.out('bob')).toEqual([])
  expect(ties.in('bob')).toEqual([])
})
