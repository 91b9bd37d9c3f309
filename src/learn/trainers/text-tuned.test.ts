/** Unseen items, by their text: an encoder that learned what goes together must find them better. */
import { expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { catalogueOf, datasetOf, type Interaction } from '../data/dataset.ts'
import type { Tuning } from '../text/layers.ts'
import { tinyNetwork, tinyWords } from '../text/tiny-network.fixture.ts'
import { tunedTextTrainers } from './text-tuned.ts'

const [seen, unseen, people] = [60, 20, 40]
const random = seededRandom(1)
/** Even things speak of the first words, odd ones of the others; people want one kind. */
const items = Array.from({ length: seen + unseen }, (_, n) => {
  const words = Array.from({ length: 3 }, () => tinyWords[4 * (n % 2) + integer(random, 0, 4)])
  return { id: `i${n}`, text: words.join(' ') }
})
const had: Interaction[] = Array.from({ length: 10 * people }, (_, n) => {
  const user = n % people
  const item = 2 * integer(random, 0, seen / 2) + (user % 2)
  return { userId: `u${user}`, itemId: `i${item}`, value: 1 }
})
const train = datasetOf(had, catalogueOf({ interactions: had, items }))

const tuning: Tuning = {
  ...{ kind: 'lora', rank: 4, alpha: 8, dropout: 0, from: 0 },
  on: ['query', 'key', 'value', 'output', 'wide', 'narrow'],
}
const [textFrozen, , textTuned] = tunedTextTrainers(() => tinyNetwork(seededRandom(2)), {
  ...{ tuning, rate: 0.02, epochs: 4, batch: 16, pairsPerEpoch: 160, temperature: 0.2 },
})

/** Share of pairs of unseen items, one of each kind, that are in the right order. */
async function rightShare(trainer: typeof textFrozen): Promise<number> {
  const model = await trainer!.fit(train, { random: seededRandom(3) })
  const scores = new Float32Array(people * items.length)
  await model.score(
    Int32Array.from({ length: people }, (_, user) => user),
    scores,
  )
  await model.close?.()
  let [right, all] = [0, 0]
  for (let user = 0; user < people; user++) {
    const kind = Number(train.users.id(user).slice(1)) % 2
    const score = (n: number): number => scores[user * items.length + train.items.number(`i${n}`)!]!
    for (let n = seen; n < seen + unseen; n += 2) {
      for (let m = seen + 1; m < seen + unseen; m += 2) {
        const [wanted, other] = kind === 0 ? [n, m] : [m, n]
        if (score(wanted) > score(other)) right += 1
        all += 1
      }
    }
  }
  return right / all
}

it('is named for what it does', () => {
  expect([textFrozen?.name, textTuned?.name]).toEqual(['text-frozen', 'text-tuned'])
})

it('ranks unseen items better than the encoder as it came', async () => {
  const [frozen, tuned] = [await rightShare(textFrozen), await rightShare(textTuned)]
  expect(tuned).toBeGreaterThan(0.95)
  expect(tuned).toBeGreaterThan(frozen)
})

it('reads and learns once for both rows of an encoder, and anew with another seed', async () => {
  let opened = 0
  const rows = tunedTextTrainers(
    () => {
      opened += 1
      return tinyNetwork(seededRandom(2))
    },
    { tuning, epochs: 1, batch: 16, pairsPerEpoch: 32 },
  )
  const fitAll = async (seed: number): Promise<void> => {
    for (const row of rows) await (await row.fit(train, { random: seededRandom(seed) })).close?.()
  }
  await fitAll(3)
  expect(opened).toBe(2)
  await fitAll(4)
  expect(opened).toBe(3)
})
