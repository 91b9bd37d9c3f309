import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { catalogueOf, type Dataset, datasetOf, type Interaction, subset } from '../data/dataset.ts'
import { randomSplit, type Split } from '../data/split.ts'
import { itemKnnTrainer } from '../trainers/item-knn.ts'
import { popularTrainer } from '../trainers/popular.ts'
import { randomTrainer } from '../trainers/random.ts'
import { type EvaluateOptions, evaluate } from './evaluate.ts'
import { type ExternalSource, externalRanker, type TrainingPart } from './external-ranker.ts'
import { evaluationTable } from './table.ts'
import { modelRanker, trainedRanker } from './trained-ranker.ts'

/** Two circles of people, each with its own twenty items; everybody has ten of them. */
function circles(): Dataset {
  const random = seededRandom(5)
  const interactions = Array.from({ length: 60 }, (_, person) =>
    Array.from({ length: 20 }, (_, item) => ({
      userId: `person ${person}`,
      itemId: `${person % 2 === 0 ? 'tea' : 'jazz'} ${item}`,
      value: 1,
    })).filter(() => random() < 0.5),
  ).flat()
  return datasetOf(interactions, catalogueOf({ interactions }))
}

function ticks(): () => number {
  let now = 0
  return () => (now += 500)
}

function options(
  rankers: EvaluateOptions['rankers'],
  rest: Partial<EvaluateOptions> = {},
): EvaluateOptions {
  const whole = circles()
  return {
    rankers,
    split: (seed) => randomSplit(whole, [0.8, 0.1, 0.1], seededRandom(seed)),
    splitUsesChance: true,
    at: [5, 10],
    seeds: 3,
    clock: ticks(),
    ...rest,
  }
}

const baselines = [randomTrainer(), popularTrainer(), itemKnnTrainer()].map(trainedRanker)

it('finds who is better, over several seeds, and how surely', async () => {
  const { rows } = await evaluate(options(baselines))
  const worth = rows.map(({ metrics }) => metrics['recall@10']!.mean)
  expect(worth[2]).toBeGreaterThan(worth[1]! + 0.2)
  expect(worth[1]).toBeGreaterThan(0)
  expect(rows[2]!.metrics['recall@10']!.sd).toBeGreaterThan(0)
  expect(rows[2]!.versus).toEqual({})
  expect(rows[0]!.versus['ndcg@5']).toMatchObject({ against: 'item-knn' })
  expect(rows[0]!.versus['ndcg@5']!.p).toBeLessThan(0.001)
  expect(rows.map(({ runs, fitSeconds, seconds }) => [runs, fitSeconds, seconds])).toEqual(
    rows.map(() => [3, 0.5, 1]),
  )
})

it('gives the same numbers for the same seeds', async () => {
  const numbers = async (): Promise<unknown> =>
    (await evaluate(options(baselines))).rows.map(({ metrics }) => metrics)
  expect(await numbers()).toEqual(await numbers())
})

it('runs what uses no chance once on fixed parts', async () => {
  const fixed = randomSplit(circles(), [0.8, 0.1, 0.1], seededRandom(1))
  const { rows } = await evaluate(
    options(baselines, { split: () => fixed, splitUsesChance: false }),
  )
  expect(rows.map(({ model, runs }) => [model, runs])).toEqual([
    ['random', 3],
    ['popular', 1],
    ['item-knn', 1],
  ])
})

/** ann has a; b is for validation; c and d are her test. bob has c, so that it is known. */
function annsSplit(): Split {
  const pairs = (text: string): Interaction[] =>
    text.split(', ').map((pair) => {
      const [userId = '', itemId = ''] = pair.split(' ')
      return { userId, itemId, value: 1 }
    })
  const parts = {
    train: pairs('ann a, bob c, bob e'),
    valid: pairs('ann b'),
    test: pairs('ann c, ann d'),
  }
  const catalogue = catalogueOf({ interactions: Object.values(parts).flat() })
  return {
    train: datasetOf(parts.train, catalogue),
    valid: datasetOf(parts.valid, catalogue),
    test: datasetOf(parts.test, catalogue),
  }
}

async function recallOf(list: readonly string[], seen: string[] = []): Promise<number> {
  const source: ExternalSource = {
    name: 'given',
    build: async () => ({
      async recommend(_userId, _k, exclude) {
        seen.push(...exclude)
        return list
      },
    }),
  }
  const { rows } = await evaluate(
    options([externalRanker(source)], { split: annsSplit, at: [3], seeds: 1 }),
  )
  return rows[0]!.metrics['recall@3']!.mean
}

it('counts hits of an external row by its own ids, by hand', async () => {
  expect(await recallOf(['c', 'e', 'd'])).toBe(1)
  expect(await recallOf(['e', 'c'])).toBe(0.5)
  expect(await recallOf(['e', 'c', 'x', 'd'])).toBe(0.5)
  expect(await recallOf([])).toBe(0)
})

it('gives nothing for repeated, unknown or excluded items', async () => {
  expect(await recallOf(['c', 'c', 'c'])).toBe(0.5)
  expect(await recallOf(['nowhere', 'a', 'b'])).toBe(0)
})

it('asks for what training and validation hold to be left out', async () => {
  const seen: string[] = []
  await recallOf(['c'], seen)
  expect(seen).toEqual(['a', 'b'])
})

it('shows an external row the training part and nothing of the test', async () => {
  let shown: TrainingPart | undefined
  let closed = 0
  const source: ExternalSource = {
    name: 'curious',
    async build(training) {
      shown = training
      return {
        recommend: async () => [],
        async close() {
          closed += 1
        },
      }
    },
  }
  await evaluate(options([externalRanker(source)], { split: annsSplit, seeds: 2 }))
  expect(shown?.interactions.map(({ userId, itemId }) => `${userId} ${itemId}`)).toEqual([
    ...['ann a', 'bob c', 'bob e'],
  ])
  expect(shown?.userIds).toEqual(['ann', 'bob'])
  expect(closed).toBe(2)
})

it('closes an external row also when it fails', async () => {
  let closed = 0
  const source: ExternalSource = {
    name: 'failing',
    build: async () => ({
      recommend: () => Promise.reject(new Error('no answer')),
      async close() {
        closed += 1
      },
    }),
  }
  const failing = evaluate(options([externalRanker(source)], { split: annsSplit }))
  await expect(failing).rejects.toThrow('no answer')
  expect(closed).toBe(1)
})

it('never recommends what is masked, and orders equals by lot', async () => {
  const split = annsSplit()
  const orders = new Set<string>()
  for (let seed = 1; seed <= 40; seed++) {
    const flat = {
      name: 'flat',
      usesChance: true,
      fit: async () => ({ score: (_: Int32Array, scores: Float32Array) => void scores.fill(0) }),
    }
    const built = await trainedRanker(flat).build(split.train, { random: seededRandom(seed) })
    const list = await built.rank({
      users: Int32Array.of(0),
      k: 4,
      known: split.train.interactions,
    })
    const ids = Array.from(list, (item) => split.train.items.id(item))
    expect(ids.toSorted()).toEqual(['b', 'c', 'd', 'e'])
    orders.add(ids.join(''))
  }
  expect(orders.size).toBeGreaterThan(10)
})

it('leaves out what a model gives no score: -Infinity or NaN', async () => {
  const split = annsSplit()
  const model = {
    score: (_: Int32Array, scores: Float32Array) =>
      void scores.set([1, 2, Number.NaN, -Infinity, 3]),
  }
  const broken = { name: 'broken', usesChance: false, fit: async () => model }
  const built = await trainedRanker(broken).build(split.train, { random: seededRandom(1) })
  const list = await built.rank({ users: Int32Array.of(0), k: 4, known: split.train.interactions })
  expect([...list]).toEqual([4, 1, -1, -1])
})

it('ranks people unseen in training by popularity, unless the model can tell something', async () => {
  const split = annsSplit()
  const items = split.train.items
  const strange = { ...split.train, interactions: { ...split.train.interactions } }
  const train = subset(strange, (entry) => entry > 0)
  const rank = async (knowsStrangers: boolean, scores: readonly number[]): Promise<string> => {
    const model = { knowsStrangers, score: (_: Int32Array, row: Float32Array) => row.set(scores) }
    const built = modelRanker(model, train, seededRandom(1))
    const known = { ...train.interactions, columnOf: new Int32Array(0), starts: new Int32Array(3) }
    const [first = -1] = await built.rank({ users: Int32Array.of(0), k: 1, known })
    return `${items.id(first)} ${built.servedByPopularity}`
  }
  const lovesD = Array.from({ length: items.size }, (_, item) => (items.id(item) === 'd' ? 1 : 0))
  expect(await rank(true, lovesD)).toBe('d 0')
  expect(await rank(false, lovesD)).toMatch(/^[ce] 1$/)
  expect(
    await rank(
      true,
      lovesD.map(() => 7),
    ),
  ).toMatch(/^[ce] 1$/)
})

it('scores the next people while it lists these, and mixes nothing up', async () => {
  const train = circles()
  const n = train.items.size
  const model = {
    async score(users: Int32Array, scores: Float32Array) {
      for (const [place, user] of users.entries()) {
        await Promise.resolve()
        for (let item = 0; item < n; item++) scores[place * n + item] = (item * (user + 1)) % n
      }
    },
  }
  const many = Int32Array.from({ length: 700 }, (_, place) => place % train.users.size)
  const empty = { ...train.interactions, starts: new Int32Array(train.users.size + 1) }
  const built = modelRanker(model, train, seededRandom(1))
  const lists = await built.rank({ users: many, k: 1, known: empty })
  const best = (user: number): number =>
    Math.max(...Array.from({ length: n }, (_, item) => (item * (user + 1)) % n))
  for (const [place, user] of many.entries()) {
    expect((lists[place]! * (user + 1)) % n).toBe(best(user))
  }
})

it('orders test items among others by lot, the same for every row', async () => {
  const few = await evaluate(options(baselines, { candidates: 5 }))
  const all = await evaluate(options(baselines))
  for (const [row, { metrics }] of few.rows.entries()) {
    expect(metrics['recall@5']!.mean).toBeGreaterThan(all.rows[row]!.metrics['recall@5']!.mean)
  }
  // One test item among five others: a list of five misses it one time in six.
  expect(few.rows[0]!.metrics['recall@5']!.mean).toBeCloseTo(5 / 6, 1)
  expect(few.rows[2]!.metrics['recall@10']!.mean).toBe(1)
  const scoreless = externalRanker({
    name: 'mute',
    build: async () => ({ recommend: async () => [] }),
  })
  await expect(evaluate(options([scoreless], { candidates: 5 }))).rejects.toThrow(
    /mute gives lists only/,
  )
})

it('measures scores beside lists: area under the curve, calibration, segments', async () => {
  const { rows } = await evaluate(options(baselines))
  const [random, , knn] = rows
  expect(random!.metrics['auc']!.mean).toBeCloseTo(0.5, 1)
  expect(random!.metrics['gauc']!.mean).toBeCloseTo(0.5, 1)
  expect(knn!.metrics['gauc']!.mean).toBeGreaterThan(0.75)
  expect(knn!.calibration!.by).toBe('fitted curve')
  expect(knn!.metrics['ece']!.mean).toBeLessThan(0.35)
  expect(knn!.segments!['people with 6–20']!.people).toBeGreaterThan(20)
  expect(Object.keys(knn!.segments!)).toContain('tail items')
})

it('takes probabilities as they are', async () => {
  const always = {
    ...{ name: 'always', usesChance: false },
    fit: async () => ({
      givesProbabilities: true,
      score: (_: Int32Array, scores: Float32Array) => void scores.fill(0.9),
    }),
  }
  const { rows } = await evaluate(options([trainedRanker(always)], { seeds: 1 }))
  expect(rows[0]!.calibration).toMatchObject({ by: 'probabilities', bins: [{ observed: 0.5 }] })
  expect(rows[0]!.metrics['ece']!.mean).toBeCloseTo(0.4, 5)
})

it('stops when told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(evaluate(options(baselines, { signal }))).rejects.toThrow('enough')
})

it('prints an aligned table', async () => {
  const { rows } = await evaluate(options(baselines))
  const lines = evaluationTable(rows, ['recall@10', 'ndcg@5', 'novelty@5']).split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatch(/^model +recall@10 +ndcg@5 +novelty@5 +s +MB +own MB +ndcg@5 vs best$/)
  expect(lines[3]).toMatch(/^item-knn +0\.\d{4} ± 0\.\d{4} +.* +best baseline$/)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
})
