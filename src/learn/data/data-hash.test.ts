import { expect, it } from 'vitest'
import { dataHash, runData } from './data-hash.ts'
import { catalogueOf, type Dataset, datasetOf, type Interaction, type Tie } from './dataset.ts'

function data(pairs: string, ties?: Tie[], text = ''): Dataset {
  const interactions: Interaction[] = pairs.split(', ').map((pair) => {
    const [userId = '', itemId = '', value = '1', at] = pair.split(' ')
    return { userId, itemId, value: Number(value), at: at === undefined ? undefined : Number(at) }
  })
  const items = text ? [{ id: 'a', text }] : []
  return datasetOf(interactions, catalogueOf({ interactions, ties, items }))
}

it('is the same for the same data, and another for any change', () => {
  const hash = dataHash(data('ann a, bob b'))
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(dataHash(data('ann a, bob b'))).toBe(hash)
  const others = [
    data('ann a, bob c'),
    data('ann b, bob a'),
    data('anna a, bob b'),
    data('ann a, bob b, bob a'),
    data('ann a 2, bob b'),
    data('ann a 1 5, bob b 1 6'),
    data('ann a 1 5, bob b 1 7'),
    data('ann a, bob b', [{ userId: 'ann', friendId: 'bob' }]),
    data('ann a, bob b', undefined, 'a text'),
  ].map((other) => dataHash(other))
  expect(new Set([hash, ...others]).size).toBe(others.length + 1)
})

it('tells parts from one another', () => {
  const train = data('ann a, bob b')
  expect(dataHash(train, train)).not.toBe(dataHash(train))
  expect(runData('two', train, train)).toEqual({
    ...{ name: 'two', users: 2, items: 2, interactions: 4 },
    hash: dataHash(train, train),
  })
})
