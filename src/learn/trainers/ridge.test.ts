import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { easeTrainer } from './ease.ts'
import { allScores, denseOf, randomData } from './random-data.fixture.ts'
import { ridgeTrainer } from './ridge.ts'

const context = { random: seededRandom(1) }
const options = { ridge: 6, itemPower: 0.3, userPower: 0.4, valuePower: 0.5 }

it.each([
  ['people than items', randomData(40, 150)],
  ['items than people', randomData(300, 40)],
])('gives what the inverse gives, with fewer %s', async (_, train) => {
  const exact = await easeTrainer({ ...options, diagonalPower: 0 }).fit(train, context)
  const model = await ridgeTrainer({ ...options, steps: 60 }).fit(train, context)
  const expected = await allScores(exact, train)
  const known = denseOf(train)
  for (const [user, row] of (await allScores(model, train)).entries()) {
    for (const [item, score] of row.entries()) {
      if (known[user]![item] === 0) expect(score).toBeCloseTo(expected[user]![item]!, 3)
    }
  }
  await model.close?.()
})

it('comes near in the twelve steps it takes by default, and rests as its options', async () => {
  const train = randomData(60, 80)
  const exact = await ridgeTrainer({ steps: 60 }).fit(train, context)
  const model = await ridgeTrainer().fit(train, context)
  const loaded = await ridgeTrainer().load!(model.save!(), train)
  const expected = await allScores(exact, train)
  const found = await allScores(model, train)
  const largest = Math.max(...expected.flatMap((row) => [...row]).map(Math.abs))
  for (const [user, row] of found.entries()) {
    for (const [item, score] of row.entries()) {
      expect(Math.abs(score - expected[user]![item]!)).toBeLessThan(0.01 * largest)
    }
  }
  expect(await allScores(loaded, train)).toEqual(found)
  await Promise.all([exact, model, loaded].map((one) => one.close?.()))
})
