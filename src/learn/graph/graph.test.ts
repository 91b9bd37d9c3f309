import { afterEach, describe, expect, it } from 'vitest'
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { seededRandom } from '../../math/random.ts'
import {
  catalogueOf,
  type Dataset,
  datasetOf,
  type Interaction,
  subset,
  type Tie,
} from '../data/dataset.ts'
import type { Checkpoint, FitContext, Model, SavedModel, Trainer } from '../trainer.ts'
import { type ContrastiveOptions, contrastiveTrainer } from '../trainers/contrastive.ts'
import { lightgcnTrainer } from '../trainers/lightgcn.ts'
import { type SocialOptions, socialTrainer } from '../trainers/social.ts'
import { adjacencyOf } from './adjacency.ts'
import type { GraphOptions } from './fit-graph.ts'
import { withFriends } from './friends-rows.ts'
import { createPropagation } from './propagation.ts'

const closing: (() => Promise<void> | undefined)[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const groups = 3
const people = 30
const items = 24

/** Three circles of people who have eight items each in common, five of them known of each person. */
function circles(ties: readonly Tie[] = []): Dataset {
  const random = seededRandom(5)
  const interactions = Array.from({ length: people }, (_, person): Interaction[] => {
    const own = Array.from({ length: items / groups }, (_, n) => n * groups + (person % groups))
    const had = own.sort(() => random() - 0.5).slice(0, 5)
    return had.map((item) => ({ userId: `p${person}`, itemId: `i${item}`, value: 1 }))
  }).flat()
  const all = Array.from({ length: items }, (_, item) => ({ id: `i${item}`, text: '' }))
  return datasetOf(interactions, catalogueOf({ interactions, ties, items: all }))
}

const ring = Array.from({ length: people }, (_, person): Tie => {
  return { userId: `p${person}`, friendId: `p${(person + groups) % people}` }
})

const small = { width: 8, stepsPerEpoch: 5, leastBatch: 8, epochs: 12 }
const makers = {
  lightgcn: (options?: Partial<GraphOptions>) =>
    lightgcnTrainer({ ...small, rate: 0.05, ...options }),
  contrastive: (options?: Partial<ContrastiveOptions>) =>
    contrastiveTrainer({ ...small, group: 16, negatives: 16, rate: 0.05, ...options }),
  social: (options?: Partial<SocialOptions>) =>
    socialTrainer({ ...small, group: 16, negatives: 16, rate: 0.05, ...options }),
}

async function fitted(trainer: Trainer, train: Dataset, context: Partial<FitContext> = {}) {
  const model = await trainer.fit(train, { random: seededRandom(1), ...context })
  closing.push(() => model.close?.())
  return model
}

async function scoresOf(
  model: Model,
  train: Dataset,
  ids: readonly string[],
): Promise<Float32Array> {
  const users = Int32Array.from(ids, (id) => train.users.number(id)!)
  const scores = new Float32Array(users.length * train.items.size)
  await model.score(users, scores)
  return scores
}

/** How far the own circle's items are above the others', on average over all people. */
async function margin(model: Model, train: Dataset): Promise<number> {
  const ids = Array.from({ length: people }, (_, person) => `p${person}`)
  const scores = await scoresOf(model, train, ids)
  let sum = 0
  for (const [at, score] of scores.entries()) {
    const item = Number(train.items.id(at % items).slice(1))
    const person = Math.floor(at / items)
    sum += item % groups === person % groups ? score / 8 : -score / 16
  }
  return sum / people
}

function memoryCheckpoint(failsAfter = Infinity): Checkpoint & { saves: number } {
  let state: SavedModel | undefined
  return {
    saves: 0,
    async load() {
      return state
    },
    async save(next) {
      this.saves += 1
      state = structuredClone(next)
      if (this.saves === failsAfter) throw new Error('killed')
    },
  }
}

describe.each(Object.entries(makers))('%s', (_name, makeTrainer) => {
  const trainer = makeTrainer()
  const train = circles(ring)

  it('learns whose items are whose, and the loss falls', async () => {
    const losses: number[] = []
    const report = (curve: string, _: number, value: number): void => {
      if (curve === 'loss') losses.push(value)
    }
    const model = await fitted(trainer, train, { report })
    expect(await margin(model, train)).toBeGreaterThan(0.3)
    expect(losses).toHaveLength(small.epochs)
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!)
  })

  it('gives the same for the same seed, with any number of threads, and after loading', async () => {
    const model = await fitted(trainer, train)
    const scores = await scoresOf(model, train, ['p0', 'p7'])
    const again = await fitted(makeTrainer({ threads: 2 }), train)
    expect(await scoresOf(again, train, ['p0', 'p7'])).toEqual(scores)
    const loaded = await trainer.load!(structuredClone(model.save!()), train)
    closing.push(() => loaded.close?.())
    expect(await scoresOf(loaded, train, ['p0', 'p7'])).toEqual(scores)
    const other = await fitted(trainer, train, { random: seededRandom(2) })
    expect(await scoresOf(other, train, ['p0', 'p7'])).not.toEqual(scores)
  })

  it('goes on after a kill to the same model', async () => {
    const valid = subset(train, (entry) => entry % 7 === 0)
    const whole = await fitted(trainer, train, { valid })
    const checkpoint = memoryCheckpoint(5)
    await expect(fitted(trainer, train, { valid, checkpoint })).rejects.toThrow('killed')
    const resumed = await fitted(trainer, train, { valid, checkpoint, random: seededRandom(1) })
    expect(await scoresOf(resumed, train, ['p3'])).toEqual(await scoresOf(whole, train, ['p3']))
    expect(checkpoint.saves).toBeLessThanOrEqual(small.epochs)
  })

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(fitted(trainer, train, { signal })).rejects.toThrow('enough')
  })

  it('refuses an empty training part', async () => {
    const nothing = subset(train, () => false)
    await expect(fitted(trainer, nothing)).rejects.toThrow('no interaction to learn from')
  })
})

it('stops early where the validation part no longer gains, and keeps the best', async () => {
  const train = circles()
  const gains: number[] = []
  const report = (curve: string, _: number, value: number): void => {
    if (curve === 'valid ndcg@10') gains.push(value)
  }
  const valid = datasetOf([{ userId: 'p0', itemId: 'i1', value: 1 }], train)
  await fitted(makers.contrastive({ epochs: 100, patience: 3 }), train, { valid, report })
  const best = gains.indexOf(Math.max(...gains))
  expect(gains).toHaveLength(best + 4)
})

it('social places a person without interactions among friends, and needs ties', async () => {
  const ties = [...ring, { userId: 'new', friendId: 'p0' }, { userId: 'new', friendId: 'p3' }]
  const { interactions, ...rest } = circles(ties)
  const known = circles()
  const all = [...Array(people).keys()].map((person) => `p${person}`)
  const catalogue = catalogueOf({
    interactions: [...all, 'new'].flatMap((userId) => [{ userId, itemId: 'i0', value: 1 }]),
    ties,
    items: rest.facts,
  })
  const lines = all.flatMap((userId): Interaction[] => {
    const row = known.users.number(userId)!
    const { starts, columnOf } = known.interactions
    return [...columnOf.subarray(starts[row], starts[row + 1])].map((item) => {
      return { userId, itemId: known.items.id(item), value: 1 }
    })
  })
  const train = datasetOf(lines, catalogue)
  const model = await fitted(makers.social(), train)
  expect(model.knowsStrangers).toBe(true)
  const scores = await scoresOf(model, train, ['new'])
  const mean = (circle: number): number =>
    [...scores]
      .filter((_, item) => Number(train.items.id(item).slice(1)) % groups === circle)
      .reduce((sum, score) => sum + score, 0) / 8
  expect(mean(0)).toBeGreaterThan(mean(1) + 0.3)
  expect(mean(0)).toBeGreaterThan(mean(2) + 0.3)
  const { ties: _, ...lonely } = train
  await expect(fitted(makers.social(), lonely)).rejects.toThrow('needs ties')
  expect(interactions.rows).toBe(people)
})

it('weighs an edge by both degrees', () => {
  const interactions = [
    { userId: 'ann', itemId: 'x', value: 5 },
    { userId: 'ann', itemId: 'y', value: 1 },
    { userId: 'bob', itemId: 'x', value: 1 },
  ]
  const train = datasetOf(interactions, catalogueOf({ interactions }))
  const { pattern, into, out } = adjacencyOf(train, { into: 1, out: 0.5 })
  const { starts, columnOf } = pattern
  const row = (node: number): [number, number][] =>
    [...columnOf.subarray(starts[node], starts[node + 1])].map((column) => [
      column,
      into[node]! * out[column]!,
    ])
  // Nodes: ann 0, bob 1, x 2, y 3. Ann has two items, x has two people.
  expect(row(0)).toEqual([
    [2, expect.closeTo(1 / 2 / Math.SQRT2, 6)],
    [3, 0.5],
  ])
  expect(row(3)).toEqual([[0, expect.closeTo(1 / Math.SQRT2, 6)]])
})

it('mixes the mean of the friends who have something into a row', () => {
  const interactions = ['ann', 'bob', 'cleo'].map((userId) => ({ userId, itemId: 'x', value: 1 }))
  const ties = [
    { userId: 'ann', friendId: 'bob' },
    { userId: 'cleo', friendId: 'ann' },
    { userId: 'dan', friendId: 'bob' },
    { userId: 'dan', friendId: 'eve' },
  ]
  const everybody = [...interactions, { userId: 'dan', itemId: 'x', value: 1 }]
  const all = [...everybody, { userId: 'eve', itemId: 'x', value: 1 }]
  const train = datasetOf(interactions, catalogueOf({ interactions: all, ties }))
  const users = Float32Array.of(1, 0, 0, 1, 1, 1, 9, 9, 9, 9)
  const items = Float32Array.of(1, 1)
  const mixed = withFriends({ users, items, width: 2 }, train, 0.5)
  expect([...mixed.users]).toEqual([1.25, 0.5, 0.5, 1, 1.5, 1, 0, 1, 0, 0])
})

it('goes back by the transpose of the way forward', async () => {
  const train = circles(ring)
  const kernel = openLearningKernel()
  closing.push(() => kernel.close())
  const adjacency = adjacencyOf(train, { into: 0.8, out: 0.3 })
  const propagation = createPropagation(kernel, adjacency, [0.4, 0, 0.5, 0.1])
  const random = seededRandom(3)
  const nodes = people + items
  const x = kernel.table(nodes, 8)
  const y = kernel.table(nodes, 8)
  const ahead = kernel.table(nodes, 8)
  const back = kernel.table(nodes, 8)
  for (const table of [x, y]) {
    for (const at of table.values.keys()) table.values[at] = random() - 0.5
  }
  await propagation.forward(x, ahead)
  await propagation.backward(y, back)
  const inner = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0)
  expect(inner(ahead.values, y.values)).toBeCloseTo(inner(x.values, back.values), 4)
})
