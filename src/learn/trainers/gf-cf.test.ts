import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { symmetricEigen } from '../../math/symmetric-eigen.ts'
import type { Dataset } from '../data/dataset.ts'
import { gfCfTrainer } from './gf-cf.ts'
import { allScores, denseOf, randomData } from './random-data.fixture.ts'

const context = { random: seededRandom(1) }

function product(a: readonly Float64Array[], b: readonly Float64Array[]): Float64Array[] {
  return a.map((row) =>
    Float64Array.from(b[0]!, (_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)),
  )
}

function transposed(a: readonly Float64Array[]): Float64Array[] {
  return Array.from(a[0]!, (_, j) => Float64Array.from(a, (row) => row[j]!))
}

function added(
  a: readonly Float64Array[],
  b: readonly Float64Array[],
  factor: number,
): Float64Array[] {
  return a.map((row, i) => row.map((x, j) => x + factor * b[i]![j]!))
}

/** The filters in plain arithmetic. */
function plainScores(
  train: Dataset,
  { components, lowPass, sharpening }: Record<'components' | 'lowPass' | 'sharpening', number>,
): Float64Array[] {
  const x = denseOf(train)
  const total = (row: Float64Array): number => row.reduce((sum, cell) => sum + cell, 0)
  const perUser = x.map(total)
  const perItem = transposed(x).map(total)
  const normal = x.map((row, u) =>
    row.map((cell, i) => cell / Math.sqrt(perUser[u]! * perItem[i]!)),
  )
  const propagation = product(transposed(normal), normal)
  const size = perItem.length
  const { vectors } = symmetricEigen(
    propagation.flatMap((row) => [...row]),
    size,
  )
  const band = propagation.map((row, i) =>
    row.map((_, j) => {
      let sum = 0
      for (let k = 0; k < components; k++) sum += vectors[k * size + i]! * vectors[k * size + j]!
      return sum * Math.sqrt(perItem[j]! / perItem[i]!)
    }),
  )
  let term = added(product(x, propagation), product(x, band), lowPass)
  let scores = term
  for (const [order, weight] of [1, 1 / 2, 1 / 6, 1 / 24].entries()) {
    term = product(term, propagation)
    scores = added(scores, term, weight * (-sharpening) ** (order + 1))
  }
  return scores
}

it.each([
  ['the linear filter alone', { components: 1, lowPass: 0, sharpening: 0 }],
  ['with the ideal low-pass filter', { components: 4, lowPass: 0.3, sharpening: 0 }],
  ['with sharpening', { components: 4, lowPass: 0.3, sharpening: 1.5 }],
])('filters as the papers say: %s', async (_, options) => {
  const train = randomData(25, 18)
  const powers = { userPower: 0.5, itemPower: 0.5, iterations: 100 }
  const model = await gfCfTrainer({ ...powers, ...options }).fit(train, context)
  const found = await allScores(model, train)
  for (const [user, row] of plainScores(train, options).entries()) {
    for (const [item, score] of row.entries()) expect(found[user]![item]).toBeCloseTo(score, 3)
  }
  await model.close?.()
})

it('scores many people as it scores one, and a saved model as the first', async () => {
  const train = randomData(200, 30)
  const model = await gfCfTrainer({ components: 8 }).fit(train, context)
  const one = new Float32Array(30)
  await model.score(Int32Array.of(150), one)
  const all = await allScores(model, train)
  for (const [item, score] of one.entries()) expect(score).toBeCloseTo(all[150]![item]!, 5)
  const loaded = await gfCfTrainer().load!(model.save!(), train)
  const again = await allScores(loaded, train)
  for (const [item, score] of again[7]!.entries()) expect(score).toBeCloseTo(all[7]![item]!, 4)
  await Promise.all([model.close?.(), loaded.close?.()])
})

it('stops when it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  const fit = gfCfTrainer().fit(randomData(20, 20), { ...context, signal })
  await expect(fit).rejects.toThrow('enough')
})
