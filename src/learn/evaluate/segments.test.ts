import { expect, it } from 'vitest'
import { catalogueOf, datasetOf, type Interaction } from '../data/dataset.ts'
import type { Split } from '../data/split.ts'
import { languagesOf, segmentsOf, segmentValues } from './segments.ts'

const pairs = (text: string): Interaction[] =>
  text.split(', ').map((pair) => {
    const [userId = '', itemId = ''] = pair.split(' ')
    return { userId, itemId, value: 1 }
  })

/** hit is had by all but eve, who is new; a to d by few, z by nobody in training. */
function split(): Split {
  const parts = {
    train: pairs('ann hit, bob hit, cleo hit, ann a, bob b, bob c, bob d, bob e, bob f'),
    valid: [],
    test: pairs('ann b, ann z, eve hit, cleo a'),
  }
  const items = ['hit', 'a', 'b', 'c', 'd', 'e', 'f', 'z'].map((id) => ({
    id,
    text: id === 'b' || id === 'z' ? 'zh' : 'en',
  }))
  const catalogue = catalogueOf({ interactions: [...parts.train, ...parts.test], items })
  const dataset = (name: keyof typeof parts) => datasetOf(parts[name], catalogue)
  return { train: dataset('train'), valid: dataset('valid'), test: dataset('test') }
}

it('splits people by what they did and items by who has them, and measures each', () => {
  const parts = split()
  const number = (id: string): number => parts.train.items.number(id)!
  const users = Int32Array.of(0, 2, 3)
  const ids = Array.from(users, (user) => parts.train.users.id(user))
  expect(ids).toEqual(['ann', 'cleo', 'eve'])
  const lists = {
    users,
    length: 2,
    items: Int32Array.from(['b', 'c', 'b', 'c', 'hit', 'c'].map(number)),
  }
  const values = segmentValues(lists, parts, segmentsOf(parts), 2)
  const recalls = [...values].map(([name, { people, metrics }]) => [
    name,
    people,
    metrics.get('recall@2'),
  ])
  expect(recalls).toEqual([
    ['people unseen in training', 1, 1],
    ['people with 1–5', 2, 0.25],
    ['least active quarter (≤ 0)', 1, 1],
    ['head items', 2, 0.5],
    ['tail items', 1, 1],
    ['items unseen in training', 1, 0],
  ])
})

it('knows items by the language of their text, where there are enough of them', () => {
  const parts = split()
  const languages = languagesOf(parts.train.facts!, (text) => (text === 'zh' ? 'zh' : undefined))
  expect(segmentsOf(parts, languages).map(({ name }) => name)).not.toContain('language zh')
  const many = { ...parts, test: repeated(parts) }
  const names = segmentsOf(many, languages).map(({ name }) => name)
  expect(names.slice(-2)).toEqual(['language unknown', 'language zh'])
})

/** The same items as pairs of 30 people each. */
function repeated({ test }: Split): Split['test'] {
  const lines = ['b', 'z', 'hit', 'a', 'c'].flatMap((itemId) =>
    Array.from({ length: 30 }, (_, n) => ({ userId: `p${n}`, itemId, value: 1 })),
  )
  const catalogue = catalogueOf({ interactions: lines, items: test.facts })
  const { items } = test
  const users = catalogue.users
  return datasetOf(lines, { users, items })
}
