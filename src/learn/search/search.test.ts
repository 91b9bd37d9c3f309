import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { rowColumns } from '../data/csr.ts'
import { type Dataset, join } from '../data/dataset.ts'
import { randomSplit } from '../data/split.ts'
import { rowModel } from '../trainer.ts'
import { randomData } from '../trainers/random-data.fixture.ts'
import { search } from './search.ts'
import type { Tunable } from './space.ts'

const { train, valid, test } = randomSplit(randomData(80, 60), [0.6, 0.2, 0.2], seededRandom(1))
const whole = join(train, valid)

/** Knows the validation part the better the nearer x is to 0.7 and the larger y; asks what it is given. */
function knowing(asked: Dataset[] = []): Tunable {
  return {
    name: 'knowing',
    defaults: { x: 0, y: 1, fixed: 3 },
    space: { x: { kind: 'real', from: 0, to: 1 }, y: { kind: 'choice', values: [1, 2] } },
    make: ({ x = 0, y = 1 }) => ({
      name: 'knowing',
      usesChance: true,
      async fit(given, { random }) {
        asked.push(given)
        return rowModel(60, (user, row) => {
          for (const item of rowColumns(whole.interactions, user)) row[item] = y
          const noise = 2.5 + 6 * Math.abs(x - 0.7)
          for (let item = 0; item < 60; item++) row[item]! += noise * random()
        })
      },
    }),
  }
}

const common = { train, valid, at: 10, clock: () => 0 }

it('closes in on the best options and can be repeated', async () => {
  const options = { ...common, tunable: knowing(), trials: 40 }
  const found = await search({ ...options, random: seededRandom(1) })
  expect(found[0]!.options['y']).toBe(2)
  expect(Math.abs(found[0]!.options['x']! - 0.7)).toBeLessThan(0.1)
  expect(found.map(({ ndcg }) => ndcg)).toEqual(
    found.map(({ ndcg }) => ndcg).toSorted((a, b) => b - a),
  )
  const defaults = found.find(({ spec }) => spec === 'knowing')
  expect(defaults!.ndcg).toBeLessThan(found[0]!.ndcg)
  expect(await search({ ...options, random: seededRandom(1) })).toEqual(found)
})

it('fits on the training part alone and never asks for the test part', async () => {
  const asked: Dataset[] = []
  await search({ ...common, tunable: knowing(asked), trials: 3, random: seededRandom(1) })
  for (const given of asked) expect(given.interactions).toBe(train.interactions)
  expect(test.interactions.columnOf.length).toBeGreaterThan(0)
})

it('tells how far it is, and stops when it is told to', async () => {
  const stop = new AbortController()
  const steps: number[] = []
  const found = search({
    ...common,
    tunable: knowing(),
    trials: 10,
    random: seededRandom(1),
    signal: stop.signal,
    progress: (_, done) => {
      steps.push(done)
      if (done === 3) stop.abort(new Error('enough'))
    },
  })
  await expect(found).rejects.toThrow('enough')
  expect(steps).toEqual([1, 2, 3])
})
