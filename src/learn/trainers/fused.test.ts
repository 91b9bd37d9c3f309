import { expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { catalogueOf, type Dataset, datasetOf, type Interaction, subset } from '../data/dataset.ts'
import type { Checkpoint, EncodeTexts, FitContext, Model, SavedModel, Trainer } from '../trainer.ts'
import { contentTrainer } from './content.ts'
import { fusedTrainer } from './fused.ts'
import { allScores } from './random-data.fixture.ts'

const genres = ['jazz', 'folk', 'noise']
const people = 60
const items = 45
/** Nobody has it. */
const coldItem = 'noise 44'
/** Has nothing; knows two people who like noise. */
const stranger = 'stranger'

/** Everybody likes one genre; an item's text says its genre in a coordinate, beside chance. */
function network(): Dataset {
  const random = seededRandom(5)
  const itemIds = Array.from({ length: items }, (_, n) => `${genres[n % 3]} ${n}`)
  const interactions: Interaction[] = []
  for (let user = 0; user < people; user++) {
    for (const itemId of itemIds) {
      const isOwn = itemId.startsWith(genres[user % 3]!) && itemId !== coldItem
      if (random() < (isOwn ? 0.6 : 0.03) && itemId !== coldItem) {
        interactions.push({ userId: `p${user}`, itemId, value: 1 })
      }
    }
  }
  const lonely = { userId: stranger, itemId: itemIds[0]!, value: 1 }
  const catalogue = catalogueOf({
    interactions: [...interactions, lonely],
    ties: [
      { userId: stranger, friendId: 'p2' },
      { userId: stranger, friendId: 'p5' },
    ],
    items: itemIds.map((id) => ({ id, text: id })),
  })
  return datasetOf(interactions, catalogue)
}

const encode: EncodeTexts = async (texts) => {
  const random = seededRandom(9)
  const width = 6
  const data = new Float32Array(texts.length * width)
  for (const [n, text] of texts.entries()) {
    const genre = genres.findIndex((name) => text.startsWith(name))
    for (let d = 0; d < width; d++) data[n * width + d] = (d === genre ? 1 : 0) + 0.4 * random()
  }
  return { width, data }
}

const small = { textWidth: 8, batch: 64, drawn: 32, epochs: 8, components: 6 }

function context(more: Partial<FitContext> = {}): FitContext {
  return { random: seededRandom(1), encode, ...more }
}

/** How much better the genre's own items are liked than the others, in the mean. */
async function preference(model: Model, train: Dataset, user: string, genre: string) {
  const row = (await allScores(model, train))[train.users.number(user)!]!
  const mean = (own: boolean): number => {
    const values = [...row].filter((_, n) => train.items.id(n).startsWith(genre) === own)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return mean(true) - mean(false)
}

const both: [string, Trainer][] = [
  ['content', contentTrainer(small)],
  ['fused', fusedTrainer(small)],
]

it.each(both)(
  '%s finds what a person likes, and an item that nobody has by its text',
  async (_, trainer) => {
    const train = network()
    const model = await trainer.fit(train, context())
    const scores = await allScores(model, train)
    await model.close?.()
    const cold = train.items.number(coldItem)!
    const likers = [2, 5, 8].map((n) => scores[train.users.number(`p${n}`)!]![cold]!)
    const others = [0, 1, 3].map((n) => scores[train.users.number(`p${n}`)!]![cold]!)
    expect(Math.min(...likers)).toBeGreaterThan(Math.max(...others))
  },
)

it.each(both)(
  '%s fits the same from the same seed, and is the same after it was saved',
  async (_, trainer) => {
    const train = network()
    const first = await trainer.fit(train, context())
    const again = await trainer.fit(train, context())
    const loaded = await trainer.load!(first.save!(), train)
    const expected = await allScores(first, train)
    expect(await allScores(again, train)).toEqual(expected)
    expect(await allScores(loaded, train)).toEqual(expected)
    for (const model of [first, again, loaded]) await model.close?.()
  },
)

it('a fit that was killed goes on and ends as an unbroken one', async () => {
  const train = network()
  const valid = subset(train, (entry) => entry % 5 === 0)
  const trainer = fusedTrainer(small)
  const unbroken = await trainer.fit(train, context({ valid }))
  let kept: SavedModel | undefined
  let saves = 0
  const checkpoint: Checkpoint = {
    load: async () => kept,
    async save(state) {
      kept = state
      saves += 1
      if (saves === 3) throw new Error('killed')
    },
  }
  await expect(trainer.fit(train, context({ valid, checkpoint }))).rejects.toThrow('killed')
  const resumed = await trainer.fit(train, context({ valid, checkpoint }))
  expect(saves).toBeGreaterThan(3)
  expect(await allScores(resumed, train)).toEqual(await allScores(unbroken, train))
  for (const model of [unbroken, resumed]) await model.close?.()
})

it('fused scores a person without a past by their circle', async () => {
  const train = network()
  const model = await fusedTrainer(small).fit(train, context())
  expect(model.knowsStrangers).toBe(true)
  expect(await preference(model, train, stranger, 'noise')).toBeGreaterThan(
    await preference(model, train, stranger, 'jazz'),
  )
  await model.close?.()
})

it('fused does with what there is: no texts, no ties; content says what it lacks', async () => {
  const { ties: _, facts: __, ...bare } = network()
  const model = await fusedTrainer(small).fit(bare, { random: seededRandom(1) })
  expect(await preference(model, bare, 'p1', 'folk')).toBeGreaterThan(0)
  await model.close?.()
  await expect(contentTrainer().fit(bare, context())).rejects.toThrow('--items')
})

it.each(['bce', 'bpr', 'softmax'] as const)('learns by %s', async (loss) => {
  const train = network()
  const losses: number[] = []
  const report = (name: string, _: number, value: number): void => {
    if (name === 'loss') losses.push(value)
  }
  const model = await fusedTrainer({ ...small, loss }).fit(train, context({ report }))
  expect(losses.map(Number.isFinite)).toEqual(Array(small.epochs).fill(true))
  expect(await preference(model, train, 'p0', 'jazz')).toBeGreaterThan(0)
  await model.close?.()
})

it('stops when it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fusedTrainer(small).fit(network(), context({ signal }))).rejects.toThrow('enough')
})

it('data smaller than a batch is one batch, and nothing at all is still a model', async () => {
  const random = seededRandom(3)
  const few: Interaction[] = Array.from({ length: 6 }, (_, n) => ({
    userId: `u${n % 3}`,
    itemId: `i${integer(random, 0, 4)}`,
    value: 1,
  }))
  const train = datasetOf(few, catalogueOf({ interactions: few }))
  for (const data of [train, subset(train, () => false)]) {
    const model = await fusedTrainer(small).fit(data, { random: seededRandom(1) })
    for (const row of await allScores(model, data)) {
      for (const score of row) expect(Number.isFinite(score)).toBe(true)
    }
    await model.close?.()
  }
})
