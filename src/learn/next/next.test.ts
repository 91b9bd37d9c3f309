import { expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { idsOf } from '../data/ids.ts'
import type { Checkpoint, SavedModel } from '../trainer.ts'
import { addFollows, followsOf } from './follow.ts'
import { type NextModel, type NextTrainer, refitted } from './next-trainer.ts'
import { rankTargets } from './rank-targets.ts'
import { wordsOf } from './read-sequences.ts'
import { leaveLastOut, type Sequences } from './sequences.ts'
import { alikeTrainer } from './trainers/alike.ts'
import { type AttentionOptions, attentionTrainer } from './trainers/attention.ts'
import { markovTrainer, sequenceKnnDefaults, sequenceKnnTrainer } from './trainers/follow.ts'
import { nextPopularTrainer } from './trainers/popular.ts'

const stations = 12

/** People who ride a circle line: after station s comes s + 1, whatever came before. */
function rides(people: number, seed: number): Sequences {
  const random = seededRandom(seed)
  const lines = Array.from({ length: people }, () => {
    const from = integer(random, 0, stations)
    const length = integer(random, 4, 9)
    return Int32Array.from({ length }, (_, step) => (from + step) % stations)
  })
  return { items: idsOf(Array.from({ length: stations }, (_, n) => `station ${n}`)), lines }
}

async function hitsOfFirst(trainer: NextTrainer, sequences: Sequences): Promise<number> {
  const { train, valid, test } = leaveLastOut(sequences)
  const model = await trainer.fit(train, { random: seededRandom(1), valid })
  const ranks = await rankTargets(model, test, { items: stations, random: seededRandom(2) })
  await model.close?.()
  return ranks.filter((rank) => rank === 0).length / ranks.length
}

const small: Partial<AttentionOptions> = {
  width: 16,
  blocks: 1,
  heads: 2,
  length: 6,
  dropout: 0.1,
  rate: 0.01,
  batch: 32,
  drawn: 100,
  epochs: 12,
}

it('cuts the last item for test, the one before for validation, and short lines not at all', () => {
  const lines = [Int32Array.of(0, 1, 2, 3), Int32Array.of(4, 5)]
  const parts = leaveLastOut({ items: idsOf('abcdef'), lines })
  expect(parts.train.lines).toEqual([Int32Array.of(0, 1), Int32Array.of(4, 5)])
  expect(parts.known.lines).toEqual([Int32Array.of(0, 1, 2), Int32Array.of(4, 5)])
  expect(parts.valid).toEqual({ histories: [Int32Array.of(0, 1)], targets: Int32Array.of(2) })
  expect(parts.test).toEqual({ histories: [Int32Array.of(0, 1, 2)], targets: Int32Array.of(3) })
})

it('ranks the target among all, or among candidates, with what was had before masked', async () => {
  const items = 5
  const model: NextModel = {
    score: (histories, scores) => {
      for (const row of histories.keys()) scores.set([5, 4, 3, 2, Number.NaN], row * items)
    },
  }
  const histories = [Int32Array.of(0), Int32Array.of(0), Int32Array.of(3)]
  const targets = Int32Array.of(2, 4, 3)
  const options = { items, random: seededRandom(1) }
  expect([...(await rankTargets(model, { histories, targets }, options))]).toEqual([1, 4, 3])
  const unmasked = { ...options, keepsKnown: true }
  expect([...(await rankTargets(model, { histories, targets }, unmasked))]).toEqual([2, 4, 3])
  const candidates = [Int32Array.of(2, 3), Int32Array.of(0, 4), Int32Array.of(1, 3, 0)]
  const among = { histories, targets, candidates }
  expect([...(await rankTargets(model, among, options))]).toEqual([0, 1, 2])
})

it('orders equal scores by lot, so that a model without an opinion is no better than chance', async () => {
  const flat: NextModel = { score: (_, scores) => void scores.fill(0) }
  const targets = new Int32Array(2_000).fill(0)
  const histories = Array.from(targets, () => new Int32Array(0))
  const ranks: number[] = []
  for (let seed = 1; seed <= 40; seed++) {
    const cases = { histories: histories.slice(0, 1), targets: targets.slice(0, 1) }
    const [rank] = await rankTargets(flat, cases, { items: 100, random: seededRandom(seed) })
    ranks.push(rank!)
  }
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length
  expect(Math.abs(mean - 49.5)).toBeLessThan(15)
})

it('counts pairs the less the further apart they stand, and backwards as much as told', async () => {
  const sequences = { items: idsOf('abcd'), lines: [Int32Array.of(0, 1, 2), Int32Array.of(0, 2)] }
  const options = {
    ...sequenceKnnDefaults,
    pairPower: 1,
    backward: 0.5,
    fromPower: 0,
    toPower: 0,
    linePower: 0,
    historyPower: 1,
    historyFade: 0.5,
  }
  const follows = await followsOf(sequences, options, {})
  const scores = (...history: number[]): number[] => {
    const row = new Float32Array(4)
    addFollows(follows, Int32Array.from(history), row)
    return [...row]
  }
  expect(scores(0)).toEqual([0, 1, 1.5, 0])
  expect(scores(2)).toEqual([0.75, 0.5, 0, 0])
  // The older one counts 1/2 by its power and 1/2 by its fading.
  expect(scores(2, 0)).toEqual([0.75 / 4, 1 + 0.5 / 4, 1.5, 0])
})

it('learns which station comes next', async () => {
  const sequences = rides(300, 7)
  expect(await hitsOfFirst(markovTrainer(), sequences)).toBe(1)
  expect(await hitsOfFirst(sequenceKnnTrainer(), sequences)).toBeGreaterThan(0.9)
  expect(await hitsOfFirst(nextPopularTrainer(), sequences)).toBeLessThan(0.6)
})

it('finds items nobody had by what they say of themselves', async () => {
  const items = idsOf(['red wine', 'red beet', 'green tea', 'green hat'])
  const known = ['red wine', 'red beet', 'green tea', 'green hat'].map((itemId) => ({
    itemId,
    words: itemId.split(' '),
  }))
  const words = wordsOf(known, items, () => {})
  const trainer = alikeTrainer()
  const model = await trainer.fit({ items, lines: [], words }, { random: seededRandom(1) })
  const scores = new Float32Array(4)
  await model.score([Int32Array.of(0)], scores)
  expect(scores[1]).toBeGreaterThan(0)
  expect([scores[2], scores[3]]).toEqual([0, 0])
  const nothing = trainer.fit({ items, lines: [] }, { random: seededRandom(1) })
  await expect(nothing).rejects.toThrow(/give a file with --items/)
})

it('attention learns the line, with all items and with drawn ones, with and without words', async () => {
  const sequences = rides(300, 8)
  expect(await hitsOfFirst(attentionTrainer(small), sequences)).toBeGreaterThan(0.95)
  const known = Array.from({ length: stations }, (_, n) => ({
    itemId: `station ${n}`,
    words: [n < 6 ? 'north' : 'south', n % 2 ? 'odd' : 'even'],
  }))
  const words = wordsOf(known, sequences.items, () => {})
  const drawn = attentionTrainer({ ...small, drawn: 3, batch: 8 })
  expect(await hitsOfFirst(drawn, { ...sequences, words })).toBeGreaterThan(0.95)
}, 60_000)

it('attention taken up after a kill ends where an unbroken fit ends', async () => {
  const { train, known, valid } = leaveLastOut(rides(60, 9))
  const trainer = attentionTrainer({ ...small, epochs: 4, patience: 9 })
  const learn = async (checkpoint?: Checkpoint, stopAfter = Number.POSITIVE_INFINITY) => {
    const stop = new AbortController()
    const context = { random: seededRandom(3), valid, checkpoint, signal: stop.signal }
    let losses = 0
    const report = (name: string): void => {
      if (name.endsWith('loss') && ++losses === stopAfter) stop.abort(new Error('killed'))
    }
    const model = await trainer.fit(train, { ...context, report })
    const whole = await refitted(trainer, model, known, { ...context, report })
    const saved = whole.save!()
    await whole.close!()
    return saved
  }
  const expected = await learn()
  for (const stopAfter of [3, 6]) {
    let kept: SavedModel | undefined
    const checkpoint: Checkpoint = {
      load: async () => kept,
      save: async (state) => {
        kept = state
      },
    }
    await expect(learn(checkpoint, stopAfter)).rejects.toThrow('killed')
    expect(kept).toBeDefined()
    expect(await learn(checkpoint)).toEqual(expected)
  }
}, 60_000)
