import { expect, it } from 'vitest'
import { seededRandom } from '../math/random.ts'
import { catalogueOf, type Dataset, datasetOf, type Interaction, type Tie } from './data/dataset.ts'
import type { EncodeTexts, Trainer } from './trainer.ts'
import { itemKnnTrainer } from './trainers/item-knn.ts'
import { trainerOfSpec, trainers } from './trainers.ts'

const day = 86_400_000

/** Each line is a person and what they have. @param days when, by line and item */
function data(
  lines: readonly string[],
  ties: readonly Tie[] = [],
  days?: readonly (readonly number[])[],
): Dataset {
  const interactions = lines.flatMap((line, row): Interaction[] => {
    const [userId = '', ...itemIds] = line.split(' ')
    return itemIds.map((itemId, place) => ({
      userId,
      itemId,
      value: 1,
      at: days && days[row]![place]! * day,
    }))
  })
  return datasetOf(interactions, catalogueOf({ interactions, ties }))
}

async function scores(
  trainer: Trainer,
  train: Dataset,
  userId: string,
): Promise<Map<string, number>> {
  const model = await trainer.fit(train, { random: seededRandom(1), encode: lengths })
  const row = new Float32Array(train.items.size).fill(99)
  await model.score(Int32Array.of(train.users.number(userId)!), row)
  return new Map([...row].map((score, item) => [train.items.id(item), score]))
}

/** Stands for an encoder: a text's vector is [its length, 1]. */
async function lengths(texts: readonly string[]): ReturnType<EncodeTexts> {
  return { width: 2, data: Float32Array.from(texts.flatMap((text) => [text.length, 1])) }
}

function trainer(name: string): Trainer {
  return trainers.find((one) => one.name === name)!
}

it('popular counts the people who have an item', async () => {
  const train = data(['ann x y', 'bob x', 'cleo x z'])
  expect(await scores(trainer('popular'), train, 'bob')).toEqual(
    new Map([
      ['x', 3],
      ['y', 1],
      ['z', 1],
    ]),
  )
})

it('friends counts only what ties have, more for more', async () => {
  const ties = [
    { userId: 'ann', friendId: 'bob' },
    { userId: 'ann', friendId: 'cleo' },
  ]
  const found = await scores(
    trainer('friends'),
    data(['ann w', 'bob x y', 'cleo x', 'dan z'], ties),
    'ann',
  )
  expect(found.get('x')).toBeCloseTo(2 * Math.log(2), 6)
  expect(found.get('y')).toBeCloseTo(Math.log(2), 6)
  expect(found.get('z')).toBe(0)
})

it('friends says what is missing when there are no ties', async () => {
  const { ties: _, ...lonely } = data(['ann x', 'bob y'])
  await expect(trainer('friends').fit(lonely, { random: seededRandom(1) })).rejects.toThrow(
    /"user friend" lines/,
  )
})

it('item-knn is the cosine of the columns, with shrinkage', async () => {
  // x is had by 3, y by 2, both together by 2: cosine 2 / √6.
  const train = data(['ann x y', 'bob x y', 'cleo x', 'dan z', 'eve x'])
  const plain = { neighbours: 10, userPower: 0, valuePower: 0 }
  const cosine = await scores(itemKnnTrainer({ ...plain, shrinkage: 0 }), train, 'cleo')
  expect(cosine.get('y')).toBeCloseTo(2 / Math.sqrt(4 * 2), 6)
  expect(cosine.get('z')).toBe(0)
  const shrunk = await scores(itemKnnTrainer({ ...plain, shrinkage: 3 }), train, 'cleo')
  expect(shrunk.get('y')).toBeCloseTo(2 / (Math.sqrt(4 * 2) + 3), 6)
})

it('item-knn keeps only the nearest', async () => {
  const train = data(['ann x y', 'bob x y', 'cleo x z', 'dan x'])
  const found = await scores(itemKnnTrainer({ neighbours: 1, shrinkage: 0 }), train, 'dan')
  expect(found.get('y')).toBeGreaterThan(0)
  expect(found.get('z')).toBe(0)
})

it('item-knn lets what is long ago count less', async () => {
  // ann had "old" ten half-lives before "new"; both go with one further item each.
  const train = data(
    ['ann old new', 'bob old a', 'cleo new b'],
    [],
    [
      [0, 10],
      [10, 10],
      [10, 10],
    ],
  )
  const found = await scores(itemKnnTrainer({ halfLifeDays: 1, shrinkage: 0 }), train, 'ann')
  expect(found.get('b')).toBeGreaterThan(100 * found.get('a')!)
})

it.each(trainers)(
  '$name gives the same scores for the same seed and leaves none unset',
  async (one) => {
    const days = [[1, 2], [1]]
    const plain = data(['ann x y', 'bob x'], [{ userId: 'ann', friendId: 'bob' }], days)
    const facts = ['x', 'y'].map((id) => ({ id, text: `about ${id}` }))
    const train = { ...plain, facts }
    const first = await scores(one, train, 'ann')
    expect(await scores(one, train, 'ann')).toEqual(first)
    for (const score of first.values()) expect(score).toBeLessThan(99)
  },
)

it('item-knn stops when it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  const train = data(['ann x y', 'bob x'])
  await expect(trainer('item-knn').fit(train, { random: seededRandom(1), signal })).rejects.toThrow(
    'enough',
  )
})

it('names trainers with options and blends of some of them', async () => {
  const spec = 'blend:gf-cf:components=8+popular'
  expect(trainerOfSpec(spec).name).toBe(spec)
  expect(trainerOfSpec('ease:ridge=9').name).toBe('ease:ridge=9')
  expect(() => trainerOfSpec('blend:gf-cf+nobody')).toThrow(/"nobody" has no options/)
})
