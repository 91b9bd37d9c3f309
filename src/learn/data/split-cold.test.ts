import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { trainedRanker } from '../evaluate/trained-ranker.ts'
import { rowModel, type Trainer } from '../trainer.ts'
import { friendsTrainer } from '../trainers/friends.ts'
import { popularTrainer } from '../trainers/popular.ts'
import { catalogueOf, type Dataset, datasetOf, size } from './dataset.ts'
import { coldItemsSplit, coldPeopleSplit } from './split-cold.ts'

/** Two circles of twenty, each with items of its own kind; friends are of one's own circle. */
function circles(): Dataset {
  const random = seededRandom(5)
  const kinds = ['tea', 'jazz']
  const people = Array.from({ length: 40 }, (_, n) => ({ id: `p${n}`, kind: kinds[n % 2]! }))
  const interactions = people.flatMap(({ id, kind }) =>
    Array.from({ length: 40 }, (_, n) => ({ userId: id, itemId: `${kind} ${n}`, value: 1 })).filter(
      () => random() < 0.3,
    ),
  )
  const ties = people.flatMap(({ id, kind }) =>
    people
      .filter((other) => other.kind === kind && other.id !== id)
      .map((other) => ({ userId: id, friendId: other.id })),
  )
  const items = kinds.flatMap((kind) =>
    Array.from({ length: 40 }, (_, n) => ({ id: `${kind} ${n}`, text: kind })),
  )
  return datasetOf(interactions, catalogueOf({ interactions, ties, items }))
}

/** Likes what has the text that the person's items have. */
const byText: Trainer = {
  name: 'by text',
  usesChance: false,
  async fit({ interactions, facts = [] }) {
    return rowModel(interactions.columns, (user, row) => {
      const from = interactions.starts[user]!
      const to = interactions.starts[user + 1]!
      const texts = new Set(
        [...interactions.columnOf.subarray(from, to)].map((i) => facts[i]?.text),
      )
      for (const [item, fact] of facts.entries()) row[item] = texts.has(fact.text) ? 1 : 0
    })
  },
}

const table = (split: (seed: number) => ReturnType<typeof coldItemsSplit>, trainers: Trainer[]) =>
  evaluate({
    rankers: trainers.map(trainedRanker),
    split,
    splitUsesChance: true,
    at: [5],
    seeds: 3,
    clock: () => 0,
  })

it('holds out whole items, ranks them alone, and text finds their people', async () => {
  const whole = circles()
  const split = coldItemsSplit(whole, [0.6, 0.2, 0.2], seededRandom(1))
  const items = (part: Dataset): Set<number> => new Set(part.interactions.columnOf)
  const [train, valid, test] = [items(split.train), items(split.valid), items(split.test)]
  expect([...train].filter((item) => test.has(item) || valid.has(item))).toEqual([])
  expect(size(split.train) + size(split.valid) + size(split.test)).toBe(size(whole))
  expect(split.allowed!.reduce((sum, one) => sum + one, 0)).toBe(16)
  for (const item of test) expect(split.allowed![item]).toBe(1)

  const splitOf = (seed: number) => coldItemsSplit(whole, [0.6, 0.2, 0.2], seededRandom(seed))
  const { rows } = await table(splitOf, [popularTrainer(), byText])
  const [popular, text] = rows.map(({ metrics }) => metrics['ndcg@5']!.mean)
  expect(text).toBeGreaterThan(popular! + 0.1)
})

it('holds out whole people, and their circle says what they like', async () => {
  const whole = circles()
  const split = coldPeopleSplit(whole, [0.8, 0, 0.2], seededRandom(1))
  const counts = [split.train, split.test].map(
    ({ interactions: { starts, rows } }) =>
      Array.from({ length: rows }, (_, n) => starts[n + 1]! - starts[n]!).filter(Boolean).length,
  )
  expect(counts).toEqual([32, 8])
  const splitOf = (seed: number) => coldPeopleSplit(whole, [0.8, 0, 0.2], seededRandom(seed))
  const { rows } = await table(splitOf, [popularTrainer(), friendsTrainer(), byText])
  const [popular, friends, text] = rows
  const ndcg = rows.map(({ metrics }) => metrics['ndcg@5']!.mean)
  expect(ndcg[1]).toBeGreaterThan(ndcg[0]! + 0.1)
  expect(friends!.servedByPopularity).toBe(0)
  expect(popular!.segments!['people unseen in training']!.people).toBe(8)
  // It cannot tell anything of strangers, so it lists what is popular.
  expect(text!.servedByPopularity).toBe(8)
  expect(text!.metrics['coverage@5']!.mean).toBeCloseTo(popular!.metrics['coverage@5']!.mean, 1)
})
