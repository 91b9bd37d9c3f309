/** What both factor trainers must do; the closed form of `als` besides. */
import { describe, expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { catalogueOf, type Dataset, datasetOf, type Interaction } from '../data/dataset.ts'
import type { Checkpoint, FitContext, Model, SavedModel, Trainer } from '../trainer.ts'
import { alsTrainer } from './als.ts'
import { bprTrainer } from './bpr.ts'

/** 60 people and 40 items in two circles that hardly mix; each has about half of their circle's. */
function twoCircles(): Dataset {
  const random = seededRandom(21)
  const interactions: Interaction[] = []
  for (let user = 0; user < 60; user++) {
    for (let item = 0; item < 40; item++) {
      const chance = user % 2 === item % 2 ? 0.5 : 0.03
      if (random() < chance) {
        interactions.push({
          userId: `u${user}`,
          itemId: `i${item}`,
          value: 1 + integer(random, 0, 9),
        })
      }
    }
  }
  return datasetOf(interactions, catalogueOf({ interactions }))
}

const train = twoCircles()
const everybody = Int32Array.from({ length: train.users.size }, (_, user) => user)

async function modelOf(trainer: Trainer, more: Partial<FitContext> = {}): Promise<Model> {
  return trainer.fit(train, { random: seededRandom(1), ...more })
}

async function scoresOf(model: Model): Promise<Float32Array> {
  const scores = new Float32Array(train.users.size * train.items.size)
  await model.score(everybody, scores)
  await model.close?.()
  return scores
}

/** How often something of the own circle, not had, stands above something of the other. */
function shareInOrder(scores: Float32Array): number {
  const { interactions, users, items } = train
  let right = 0
  let all = 0
  const circleOf = (id: string): number => Number(id.slice(1)) % 2
  for (const user of everybody) {
    const had = interactions.columnOf.subarray(
      interactions.starts[user],
      interactions.starts[user + 1],
    )
    const row = [...scores.subarray(user * items.size, (user + 1) * items.size)]
    const isOwn = (item: number): boolean => circleOf(items.id(item)) === circleOf(users.id(user))
    const open = [...row.keys()].filter((item) => !had.includes(item))
    const [own, other] = [open.filter(isOwn), open.filter((item) => !isOwn(item))]
    for (const one of own) for (const item of other) right += row[one]! > row[item]! ? 1 : 0
    all += own.length * other.length
  }
  return right / all
}

const small = { width: 8, checkpointEvery: 2 }
const makers = [
  ['als', (more = {}) => alsTrainer({ ...small, iterations: 7, ...more })],
  ['bpr', (more = {}) => bprTrainer({ ...small, epochs: 60, ...more })],
] satisfies [string, (more?: { valuePower?: number }) => Trainer][]

describe.each(makers)('%s', (_, make) => {
  it('puts what the own circle likes above what the other likes', async () => {
    expect(shareInOrder(await scoresOf(await modelOf(make())))).toBeGreaterThan(0.85)
  })

  it('gives the same for the same seed, whatever the threads, and other things for another', async () => {
    const one = await scoresOf(await modelOf(make(), { machine: { threads: 1 } }))
    const same = await scoresOf(await modelOf(make(), { machine: { threads: 2, niceness: 5 } }))
    const other = await scoresOf(await modelOf(make(), { random: seededRandom(2) }))
    expect(same).toEqual(one)
    expect(other).not.toEqual(one)
  })

  it('goes on after a kill to the same result', async () => {
    const whole = await scoresOf(await modelOf(make()))
    const { checkpoint, saved } = keeping()
    const kill = new AbortController()
    const progress = (done: number): void => {
      if (done === 5) kill.abort(new Error('killed'))
    }
    await expect(
      modelOf(make(), { checkpoint, progress, signal: kill.signal }).then(scoresOf),
    ).rejects.toThrow('killed')
    expect(saved).toHaveLength(2)
    const resumed = await modelOf(make(), { checkpoint, random: seededRandom(99) })
    expect(await scoresOf(resumed)).toEqual(whole)
  })

  it('is the same model after saving and loading', async () => {
    const model = await modelOf(make())
    const saved = structuredClone(model.save!())
    const loaded = await make().load!(saved, train)
    expect(await scoresOf(loaded)).toEqual(await scoresOf(model))
  })

  it('reports a curve that falls, and how far it is', async () => {
    const curve: number[] = []
    const steps: number[] = []
    await modelOf(make(), {
      report: (_name, _step, value) => curve.push(value),
      progress: (done, total) => steps.push(done / total),
    })
    expect(curve.at(-1)).toBeLessThan(curve[0]!)
    expect(steps[0]).toBe(0)
    expect(steps.at(-1)).toBe(1)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  })

  it('scores a single pair of one person and one item, and nobody at all', async () => {
    const interactions = [{ userId: 'ann', itemId: 'x', value: 1 }]
    const catalogue = catalogueOf({ interactions })
    for (const data of [interactions, []]) {
      const dataset = datasetOf(data, catalogue)
      const model = await make().fit(dataset, { random: seededRandom(1) })
      const scores = new Float32Array(1)
      await model.score(Int32Array.of(0), scores)
      await model.close?.()
      expect(scores[0]).not.toBeNaN()
    }
  })
})

/** Keeps every saved state as bytes would be kept. */
function keeping(): { checkpoint: Checkpoint; saved: SavedModel[] } {
  const saved: SavedModel[] = []
  const checkpoint: Checkpoint = {
    load: async () => saved.at(-1),
    save: async (state) => {
      saved.push(structuredClone(state))
    },
  }
  return { checkpoint, saved }
}
