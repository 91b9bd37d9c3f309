/** Classes of few texts: from means, over an encoder that may learn first. */
import { expect, it } from 'vitest'
import { integer, seededRandom } from '../../../math/random.ts'
import { tinyNetwork, tinyWords } from '../../text/tiny-network.fixture.ts'
import type { ClassifyContext, LabelledTexts } from '../classifier.ts'
import { classifierTrainerOf, loadClassifier } from '../classifier-trainers.ts'
import { prototypes, regress } from '../prototypes/regression.ts'

const openNetwork = () => tinyNetwork(seededRandom(1))

/** Of the first class where a cat comes before a dog: means hardly tell these apart. */
function orders(count: number, seed: number): LabelledTexts {
  const random = seededRandom(seed)
  const labels = Int32Array.from({ length: count }, (_, n) => n % 2)
  const filling = (): string => tinyWords[integer(random, 2, tinyWords.length)] ?? ''
  const texts = Array.from(labels, (label) => {
    const [one, other] = label === 0 ? ['cat', 'dog'] : ['dog', 'cat']
    return [filling(), one, filling(), other].join(' ')
  })
  return { texts, labels, classes: ['before', 'after'] }
}

const test = orders(80, 9)

function right(rows: Float32Array): number {
  const said = test.labels.filter((label, n) => (rows[2 * n + label] ?? 0) > 0.5)
  return said.length / test.labels.length
}

async function fitted(spec: string, changed: Partial<ClassifyContext> = {}) {
  const context = { random: seededRandom(2), openNetwork, ...changed }
  return classifierTrainerOf(spec).fit(orders(40, 3), context)
}

const learns = 'few:epochs=8:learn=0.03:rank=4:batch=8:encoderDropout=0'

it('tells classes apart once the encoder has learned them, and the same after it was kept', async () => {
  const [frozen, tuned] = [await fitted('few:epochs=1:learn=1e-9'), await fitted(learns)]
  const rows = await tuned.classify(test.texts)
  expect(right(rows)).toBeGreaterThan(0.9)
  expect(right(rows)).toBeGreaterThan(right(await frozen.classify(test.texts)))
  for (let n = 0; n < rows.length; n += 2) expect(rows[n]! + rows[n + 1]!).toBeCloseTo(1, 5)
  const again = await loadClassifier(tuned.save!(), { openNetwork })
  expect(await again.classify(test.texts)).toEqual(rows)
  for (const one of [frozen, tuned, again]) await one.close?.()
})

it('is helped by a related task of more texts', async () => {
  const related = { ...orders(160, 5), classes: ['cats first', 'dogs first'] }
  const spec = 'few:relatedEpochs=4:relatedLearn=0.02:rank=4:batch=16:encoderDropout=0'
  const classifier = await fitted(spec, { related })
  expect(right(await classifier.classify(test.texts))).toBeGreaterThan(0.9)
  await classifier.close?.()
})

it('answers together, as the mean of several members', async () => {
  const classifier = await fitted('few:epochs=1:rank=2:members=2:steps=20')
  const [one, two] = await Promise.all([1, 2].map(() => classifier.classify(test.texts)))
  expect(two).toEqual(one)
  const kept = Object.keys(classifier.save!().tensors)
  expect(kept.filter((name) => name.endsWith('planes'))).toEqual(['0 planes', '1 planes'])
  await classifier.close?.()
})

it('stays at the means of the classes where leaving them is dear, and parts neighbours where it is not', async () => {
  const angles = [0, 0.5, 0.6, 2]
  const vectors = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]))
  const texts = { vectors, width: 2, labels: Int32Array.of(0, 0, 1, 1), classes: 2 }
  const means = prototypes(texts)
  expect(Math.hypot(means[2]!, means[3]!)).toBeCloseTo(1, 5)
  const options = { scale: 10, steps: 200, rate: 0.05 }
  const held = await regress(texts, { ...options, hold: 1e4 }, { random: seededRandom(1) })
  for (const [at, value] of held.entries()) expect(value).toBeCloseTo(means[at]!, 1)
  const free = await regress(texts, { ...options, hold: 1e-4 }, { random: seededRandom(1) })
  const score = (planes: Float32Array, n: number, k: number): number =>
    planes[2 * k]! * vectors[2 * n]! + planes[2 * k + 1]! * vectors[2 * n + 1]!
  expect(score(means, 2, 1)).toBeLessThan(score(means, 2, 0))
  expect(score(free, 2, 1)).toBeGreaterThan(score(free, 2, 0))
})
