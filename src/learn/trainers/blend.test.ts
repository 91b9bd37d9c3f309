import { expect, it } from 'vitest'
import { KithError } from '../../errors.ts'
import { seededRandom } from '../../math/random.ts'
import { rowColumns } from '../data/csr.ts'
import { type Dataset, size } from '../data/dataset.ts'
import { randomSplit, type Split } from '../data/split.ts'
import { rowModel, type Trainer } from '../trainer.ts'
import { blendTrainer } from './blend.ts'
import { popularTrainer } from './popular.ts'
import { allScores, randomData } from './random-data.fixture.ts'

/** Knows one half of what there is to know: items by number, even or odd ones. */
function halfKnowing(name: string, whole: Dataset, parity: number): Trainer & { fits: number[] } {
  const fits: number[] = []
  return {
    name,
    fits,
    usesChance: false,
    async fit(train) {
      fits.push(size(train))
      return rowModel(train.items.size, (user, row) => {
        for (const item of rowColumns(whole.interactions, user)) {
          if (item % 2 === parity) row[item] = 100
        }
      })
    },
  }
}

const refusing: Trainer = {
  name: 'refusing',
  usesChance: false,
  async fit() {
    throw new KithError('invalid-input', 'There are no ties.')
  },
}

const whole = randomData(60, 80)

function split(): Split {
  return randomSplit(whole, [0.75, 0.25, 0], seededRandom(3))
}

it('puts together what each member knows and leaves out who knows nothing', async () => {
  const { train, valid } = split()
  const even = halfKnowing('even', whole, 0)
  const odd = halfKnowing('odd', whole, 1)
  const notes: string[] = []
  const curves: string[] = []
  const members = [popularTrainer(), even, refusing, odd]
  const model = await blendTrainer({ members }).fit(train, {
    random: seededRandom(1),
    valid,
    note: (text) => notes.push(text),
    report: (name, _, value) => curves.push(`${name} ${value > 0}`),
  })
  for (const [user, row] of (await allScores(model, train)).entries()) {
    const wanted = rowColumns(valid.interactions, user)
    const others = row.filter(
      (score, item) => score > -Infinity && !rowColumns(whole.interactions, user).includes(item),
    )
    for (const item of wanted) expect(row[item]).toBeGreaterThan(Math.max(...others))
  }
  expect(notes).toContain('blend without refusing: There are no ties.')
  expect(notes.at(-1)).toMatch(/^blend by \w+: .*even.*odd; NDCG held out 1\.0000, best alone 0\./)
  expect(curves).toContain('weight/even true')
  expect(curves).toContain('weight/popular false')
})

it('fits once beside a validation part, and without one again on everything', async () => {
  const { train, valid } = split()
  const even = halfKnowing('even', whole, 0)
  const blend = blendTrainer({ members: [even, popularTrainer()] })
  await blend.fit(train, { random: seededRandom(1), valid })
  expect(even.fits).toEqual([size(train)])
  await blend.fit(train, { random: seededRandom(1) })
  expect(even.fits.slice(1)).toEqual([expect.any(Number), size(train)])
  expect(even.fits[1]).toBeLessThan(0.9 * size(train))
})

it('frees its members, also when one of them breaks', async () => {
  const { train, valid } = split()
  let open = 0
  const counted: Trainer = {
    name: 'counted',
    usesChance: false,
    async fit() {
      open += 1
      const model = rowModel(80, (user, row) => row.fill(user))
      return {
        ...model,
        async close() {
          open -= 1
        },
      }
    },
  }
  const broken: Trainer = {
    ...refusing,
    fit: () => Promise.reject(new Error('broken')),
  }
  const context = { random: seededRandom(1), valid }
  await expect(blendTrainer({ members: [counted, broken] }).fit(train, context)).rejects.toThrow(
    'broken',
  )
  expect(open).toBe(0)
  const model = await blendTrainer({ members: [counted] }).fit(train, context)
  expect(open).toBe(1)
  await model.close?.()
  expect(open).toBe(0)
})

it('says so when nobody can learn from the data', async () => {
  const fit = blendTrainer({ members: [refusing] }).fit(whole, { random: seededRandom(1) })
  await expect(fit).rejects.toThrow(/No member of the blend .* tried: refusing/)
})
