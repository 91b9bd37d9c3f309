import { expect, it } from 'vitest'
import { definiteInverse } from '../../math/cholesky.ts'
import { seededRandom } from '../../math/random.ts'
import type { Dataset } from '../data/dataset.ts'
import { type EaseOptions, easeTrainer } from './ease.ts'
import { allScores, denseOf, randomData } from './random-data.fixture.ts'

const context = { random: seededRandom(1) }

/** B of Steck's equation 8, and from it X B, in plain arithmetic. */
function plainScores(train: Dataset, ridge: number, isRidgeOnly = false): Float64Array[] {
  const x = denseOf(train)
  const items = train.items.size
  const gram = new Float64Array(items * items)
  for (const row of x) {
    for (let i = 0; i < items; i++) {
      for (let j = 0; j < items; j++) gram[i * items + j]! += row[i]! * row[j]!
    }
  }
  for (let i = 0; i < items; i++) gram[i * items + i]! += ridge
  const p = definiteInverse(gram, items)
  return x.map((row) =>
    Float64Array.from(row, (_, j) => {
      const divisor = isRidgeOnly ? 1 / ridge : p[j * items + j]!
      let score = 0
      for (let i = 0; i < items; i++) if (i !== j) score -= (row[i]! * p[i * items + j]!) / divisor
      return score
    }),
  )
}

async function expectPlain(train: Dataset, options: Partial<EaseOptions>, isRidgeOnly: boolean) {
  const { interactions } = train
  const mean = interactions.columnOf.length / interactions.columns
  const plain = { ridge: 3 / Math.sqrt(mean), itemPower: 0, userPower: 0 }
  const model = await easeTrainer({ ...plain, ...options }).fit(train, context)
  const found = await allScores(model, train)
  const x = denseOf(train)
  for (const [user, row] of plainScores(train, 3, isRidgeOnly).entries()) {
    for (const [item, score] of row.entries()) {
      if (x[user]![item] === 0) expect(found[user]![item]).toBeCloseTo(score, 4)
    }
  }
}

it.each([
  ['fewer items than people', randomData(30, 12)],
  ['fewer people than items', randomData(12, 30)],
])('is the closed form of the paper with %s', async (_, train) => {
  await expectPlain(train, { diagonalPower: 1 }, false)
  await expectPlain(train, { diagonalPower: 0 }, true)
})

it('gives the same scores over people as over items whatever the weights', async () => {
  const options = { ridge: 5, itemPower: 0.4, userPower: 0.3, diagonalPower: 0.6, valuePower: 0.5 }
  const square = randomData(14, 14)
  const wide = { ...square, interactions: { ...square.interactions, columns: 15 } }
  const primal = await easeTrainer(options).fit(square, context)
  const dual = await easeTrainer(options).fit(wide, context)
  const overPeople = await allScores(dual, wide)
  for (const [user, row] of (await allScores(primal, square)).entries()) {
    for (const [item, score] of row.entries()) {
      if (denseOf(square)[user]![item] === 0) {
        expect(overPeople[user]![item]).toBeCloseTo(score, 4)
      }
    }
  }
})

it('rests as tensors and comes back the same', async () => {
  const train = randomData(9, 20)
  const model = await easeTrainer({ ridge: 7, diagonalPower: 0.2 }).fit(train, context)
  const loaded = await easeTrainer().load!(model.save!(), train)
  expect(await allScores(loaded, train)).toEqual(await allScores(model, train))
})

it('says what it needs and what to do where its matrix does not fit', async () => {
  const train = randomData(600, 700, 0.001)
  await expect(easeTrainer({ mostMegabytes: 2 }).fit(train, context)).rejects.toThrow(
    /600 × 600 here \(600 people, 700 items\), 3 MiB .* may use 2\. .*"ridge".*ease:mostMegabytes=3/,
  )
})
