import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { rowColumns, rowLength, rowOfEntries } from './csr.ts'
import { catalogueOf, type Dataset, datasetOf, type Interaction, join, size } from './dataset.ts'
import {
  countsOf,
  leaveOneOut,
  randomSplit,
  randomSplitOfAll,
  type Split,
  timeSplit,
} from './split.ts'

function data(interactions: readonly Interaction[]): Dataset {
  return datasetOf(interactions, catalogueOf({ interactions }))
}

/** Person p has the items 0 … 4p, each a minute after the one before. */
const people = data(
  Array.from({ length: 6 }, (_, person) =>
    Array.from({ length: 4 * person + 1 }, (_, item) => ({
      userId: `person ${person}`,
      itemId: `item ${item}`,
      value: item + 1,
      at: item * 60_000,
    })),
  ).flat(),
)

function pairsOf({ interactions }: Dataset): string[] {
  const rowOf = rowOfEntries(interactions)
  return [...interactions.columnOf].map((item, entry) => `${rowOf[entry]} ${item}`)
}

function expectPartition({ train, valid, test }: Split): void {
  const parts = [train, valid, test].flatMap(pairsOf)
  expect(parts.toSorted()).toEqual(pairsOf(people).toSorted())
  expect(new Set(parts).size).toBe(parts.length)
}

it.each([
  [1, [1, 0, 0]],
  [2, [1, 0, 1]],
  [3, [1, 1, 1]],
  [9, [7, 1, 1]],
  [10, [8, 1, 1]],
  [19, [17, 1, 1]],
  [50, [40, 5, 5]],
])('cuts %d interactions of a person as RecBole does', (total, counts) => {
  expect(countsOf(total, [0.8, 0.1, 0.1])).toEqual(counts)
})

it('splits each person at random, the same for the same seed', () => {
  const ratios = [0.8, 0.1, 0.1] as const
  const split = randomSplit(people, ratios, seededRandom(1))
  expectPartition(split)
  for (let user = 0; user < people.users.size; user++) {
    const counts = [split.train, split.valid, split.test].map(({ interactions }) =>
      rowLength(interactions, user),
    )
    expect(counts).toEqual(countsOf(rowLength(people.interactions, user), ratios))
  }
  expect(pairsOf(randomSplit(people, ratios, seededRandom(1)).test)).toEqual(pairsOf(split.test))
  expect(pairsOf(randomSplit(people, ratios, seededRandom(2)).test)).not.toEqual(
    pairsOf(split.test),
  )
})

it('keeps values and times with their pair', () => {
  const { test } = randomSplit(people, [0.5, 0, 0.5], seededRandom(3))
  for (const [entry, item] of test.interactions.columnOf.entries()) {
    expect(test.interactions.values[entry]).toBe(item + 1)
    expect(test.times![entry]).toBe(item * 60_000)
  }
})

it('leaves the last one out, and the one before for validation', () => {
  const split = leaveOneOut(people, seededRandom(1))
  expectPartition(split)
  expect([...rowColumns(split.test.interactions, 3)]).toEqual([12])
  expect([...rowColumns(split.valid.interactions, 3)]).toEqual([11])
  expect(rowLength(split.test.interactions, 0)).toBe(0)
})

it('cuts by time so that no instant lies on both sides', () => {
  const split = timeSplit(people, [0.6, 0.2, 0.2])
  expectPartition(split)
  expect(Math.max(...split.train.times!)).toBeLessThan(split.trainUntil)
  expect(Math.max(...split.valid.times!)).toBeLessThan(split.testFrom)
  expect(Math.min(...split.test.times!)).toBe(split.testFrom)
})

it('says what to do when there are no times', () => {
  const timeless = data([
    { userId: 'a', itemId: 'x', value: 1 },
    { userId: 'b', itemId: 'y', value: 1 },
  ])
  expect(() => timeSplit(timeless, [0.7, 0.1, 0.2])).toThrow(/choose the split "random"/)
})

it('joins two parts back into the whole', () => {
  const { train, test } = randomSplit(people, [0.7, 0, 0.3], seededRandom(4))
  const whole = join(train, test)
  expect(size(whole)).toBe(size(people))
  expect(whole.interactions).toEqual(people.interactions)
  expect(whole.times).toEqual(people.times)
})

it('cuts all interactions together by the shares, whoever has them', () => {
  const split = randomSplitOfAll(people, [0.75, 0, 0.25], seededRandom(1))
  expectPartition(split)
  expect(size(split.train)).toBe(Math.round(0.75 * size(people)))
  expect(size(split.valid)).toBe(0)
  expect(randomSplitOfAll(people, [0.75, 0, 0.25], seededRandom(1))).toEqual(split)
  expect(randomSplitOfAll(people, [0.75, 0, 0.25], seededRandom(2))).not.toEqual(split)
})
