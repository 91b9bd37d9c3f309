import { expect, it } from 'vitest'
import { normal, seededRandom } from '../../math/random.ts'
import { type Csr, csrOf } from '../data/csr.ts'
import { modelFile, savedModelOf } from '../runs/saved-model.ts'
import { fitContentMap, mapText } from './content-map.ts'
import { fitFactors, gramOf } from './fit-factors.ts'
import { FoldIn } from './fold-in.ts'
import { loadServingModel, type ServingModel, savedServingModel } from './serving-model.ts'

const options = { unobserved: 0.1, regularisation: 0.01 }

/** Two crowds, each with its own ten items. */
function twoCrowds(): Csr {
  const random = seededRandom(1)
  const rowOf: number[] = []
  const columnOf: number[] = []
  for (let person = 0; person < 40; person++) {
    for (let n = 0; n < 6; n++) {
      rowOf.push(person)
      columnOf.push((person % 2) * 10 + Math.floor(random() * 10))
    }
  }
  return csrOf({ rows: 40, columns: 20, rowOf, columnOf }).csr
}

const fit = { width: 8, iterations: 8, options }

it('learns two crowds apart, the same from the same seed', async () => {
  const done = twoCrowds()
  const { vectors, gram } = await fitFactors(done, { ...fit, random: seededRandom(2) })
  const again = await fitFactors(done, { ...fit, random: seededRandom(2) })
  expect(again.vectors).toEqual(vectors)
  const foldIn = new FoldIn(8, gram, 20, options)
  const person = foldIn.person({ vectors, rows: [0, 3], confidences: [1, 1] })
  const score = (item: number) =>
    person.reduce((sum, value, a) => sum + value * vectors[item * 8 + a]!, 0)
  const own = [1, 2, 4, 5, 6].map(score)
  const other = [11, 12, 14, 15, 16].map(score)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value / 5, 0)
  expect(mean(own)).toBeGreaterThan(mean(other) + 0.05)
})

it('folds in what a direct solution of the normal equations gives', () => {
  const random = seededRandom(4)
  const vectors = Float32Array.from({ length: 30 }, () => normal(random))
  const foldIn = new FoldIn(3, gramOf(vectors, 3), 10, options)
  const doings = { vectors, rows: [2, 7], confidences: [1, 2] }
  const prior = Float32Array.of(0.3, -0.2, 0.1)
  const x = foldIn.person(doings, prior)
  // The gradient of the objective is zero there.
  const lambda = 0.01 * (2 + 0.1 * 10)
  for (let a = 0; a < 3; a++) {
    let gradient = lambda * (x[a]! - prior[a]!)
    for (let item = 0; item < 10; item++) {
      const dot = [0, 1, 2].reduce((sum, b) => sum + vectors[item * 3 + b]! * x[b]!, 0)
      const place = doings.rows.indexOf(item)
      const confidence = place < 0 ? 0 : doings.confidences[place]!
      gradient += (0.1 * dot + confidence * (dot - 1)) * vectors[item * 3 + a]!
    }
    expect(Math.abs(gradient)).toBeLessThan(1e-3)
  }
})

it('splits a score exactly into what each thing done gave to it', () => {
  const random = seededRandom(4)
  const vectors = Float32Array.from({ length: 30 }, () => normal(random))
  const foldIn = new FoldIn(3, gramOf(vectors, 3), 10, options)
  const doings = { vectors, rows: [2, 7, 8], confidences: [1, 2, 1] }
  const x = foldIn.person(doings)
  const score = [0, 1, 2].reduce((sum, a) => sum + vectors[5 * 3 + a]! * x[a]!, 0)
  const gave = foldIn.contributions(doings, 5)
  expect(gave.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(score, 4)
})

it('goes on from an earlier fit and ends up near it', async () => {
  const done = twoCrowds()
  const first = await fitFactors(done, { ...fit, iterations: 20, random: seededRandom(2) })
  const warm = first.vectors.slice()
  warm.fill(Number.NaN, 0, 8)
  const next = await fitFactors(done, { ...fit, iterations: 2, warm, random: seededRandom(9) })
  const far = next.vectors.map((value, at) => Math.abs(value - first.vectors[at]!))
  expect(Math.max(...far.subarray(8))).toBeLessThan(0.2)
})

it('maps texts to vectors that follow from them, and refuses to guess from a handful', async () => {
  const random = seededRandom(6)
  const truth = Float32Array.from({ length: 16 * 4 }, () => normal(random))
  const sample = () => {
    const text = Int8Array.from({ length: 16 }, () => Math.round(40 * normal(random)))
    const length = Math.sqrt(text.reduce((sum, value) => sum + value * value, 0))
    const vector = Float32Array.from({ length: 4 }, (_, a) =>
      text.reduce((sum, value, d) => sum + (value / length) * truth[d * 4 + a]!, 0),
    )
    return { text, vector, evidence: 50 }
  }
  const samples = Array.from({ length: 400 }, sample)
  const space = { space: 'x@1', width: 4 }
  expect(await fitContentMap(samples.slice(0, 5), space)).toBeUndefined()
  const map = await fitContentMap(samples, { ...space, ridge: 0.01 })
  const { text, vector } = sample()
  const out = new Float32Array(4)
  mapText(map!, text, out)
  for (let a = 0; a < 4; a++) expect(out[a]).toBeCloseTo(vector[a]!, 1)
})

it('is saved and read back, and refuses numbers that are none', () => {
  const curve = { heights: Float64Array.of(-1, 0, 0.5, 0, 1, 2), places: Float64Array.of(-1, -2) }
  const actions = {
    parts: ['mood', 'taste'],
    knots: { count: 3, at: Float64Array.of(-0.5, 0, 1, 0, 0.25, 0.5) },
    curves: [{ ...curve, action: 'like' as const, base: -2, contexts: { 'hour:9': 0.5 } }],
  }
  const model: ServingModel = {
    ...{ width: 2, vectors: Float32Array.of(1, 2, 3, 4, 5, 6), gram: Float32Array.of(1, 0, 0, 1) },
    ...{ options, actions },
    contentMaps: [{ space: 'x@1', textWidth: 2, map: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  }
  const file = modelFile(savedServingModel(model))
  expect(loadServingModel(savedModelOf(file))).toEqual(model)
  const crooked = { ...actions, curves: [{ ...actions.curves[0]!, base: Number.NaN }] }
  expect(() => loadServingModel(savedServingModel({ ...model, actions: crooked }))).toThrow(
    '"like"',
  )
  const broken = { ...model, vectors: Float32Array.of(1, Number.NaN) }
  expect(() => loadServingModel(savedServingModel(broken))).toThrow('holds NaN')
  expect(() => loadServingModel({ tensors: {}, meta: {} })).toThrow('no model that can serve')
})
