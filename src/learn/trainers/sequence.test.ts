import { expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { catalogueOf, datasetOf, type Interaction } from '../data/dataset.ts'
import { sequenceTrainer } from './sequence.ts'

const stations = 10
const options = { width: 16, blocks: 1, length: 6, dropout: 0.1, rate: 0.02, batch: 16, epochs: 20 }

/** Rides on a circle line, written down in no order; `last` is the station after each. */
function rides(): { interactions: Interaction[]; last: Interaction[] } {
  const random = seededRandom(4)
  const all = Array.from({ length: 200 }, (_, person) => {
    const from = integer(random, 0, stations)
    return Array.from({ length: 6 }, (_, step) => ({
      userId: `p${person}`,
      itemId: `station ${(from + step) % stations}`,
      value: 1,
      at: 1_000 * step,
    }))
  })
  return {
    interactions: all.flatMap((ride) => ride.slice(0, 5).reverse()),
    last: all.map((ride) => ride[5]!),
  }
}

it('learns from times what comes next, and is the same after a save', async () => {
  const { interactions, last } = rides()
  const facts = Array.from({ length: stations }, (_, n) => ({ id: `station ${n}`, text: 'stop' }))
  const catalogue = catalogueOf({ interactions: [...interactions, ...last], items: facts })
  const train = datasetOf(interactions, catalogue)
  const trainer = sequenceTrainer(options)
  const model = await trainer.fit(train, {
    random: seededRandom(1),
    valid: datasetOf(last.slice(0, 50), catalogue),
  })
  const users = Int32Array.from({ length: 200 }, (_, user) => user)
  const scores = new Float32Array(users.length * stations)
  await model.score(users, scores)
  const right = last.filter(({ userId, itemId }) => {
    const row = train.users.number(userId)! * stations
    const own = scores[row + train.items.number(itemId)!]!
    return scores.subarray(row, row + stations).every((score) => score <= own)
  })
  expect(right.length / last.length).toBeGreaterThan(0.95)
  const loaded = await trainer.load!(model.save!(), train)
  const again = new Float32Array(scores.length)
  await loaded.score(users, again)
  expect(again).toEqual(scores)
  await model.close!()
  await loaded.close!()
}, 30_000)

it('says what it needs when there are no times', async () => {
  const interactions = [
    { userId: 'ann', itemId: 'a', value: 1 },
    { userId: 'bob', itemId: 'b', value: 1 },
  ]
  const train = datasetOf(interactions, catalogueOf({ interactions }))
  const fit = sequenceTrainer().fit(train, { random: seededRandom(1) })
  await expect(fit).rejects.toThrow(/needs a time for every interaction/)
})
