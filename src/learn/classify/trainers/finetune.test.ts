/** The classifier that a tiny encoder is fine-tuned to: calibrated, saved, in an ensemble. */
import { expect, it } from 'vitest'
import { integer, seededRandom } from '../../../math/random.ts'
import { tinyNetwork, tinyWords } from '../../text/tiny-network.fixture.ts'
import type { ClassifyContext, LabelledTexts } from '../classifier.ts'
import { classifierTrainerOf, loadClassifier } from '../classifier-trainers.ts'

const opened: string[] = []
const openNetwork = (name: string) => {
  opened.push(name)
  return tinyNetwork(seededRandom(1))
}

/** Of the first class where a cat comes before a dog. */
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
  return (
    test.labels.filter((label, n) => (rows[2 * n + label] ?? 0) > 0.5).length / test.labels.length
  )
}

function context(changed: Partial<ClassifyContext> = {}): ClassifyContext {
  return { random: seededRandom(2), openNetwork, ...changed }
}

const spec = 'finetune:rank=4:rate=0.02:batch=16:epochs=3'

it('gives calibrated probabilities, and the same ones after it was saved and loaded', async () => {
  const classifier = await classifierTrainerOf(spec).fit(orders(200, 3), context())
  const rows = await classifier.classify(test.texts)
  expect(right(rows)).toBeGreaterThan(0.9)
  for (let n = 0; n < rows.length; n += 2) expect(rows[n]! + rows[n + 1]!).toBeCloseTo(1, 5)
  const again = await loadClassifier(classifier.save!(), { openNetwork })
  expect(await again.classify(test.texts)).toEqual(rows)
  expect(opened.every((name) => name === 'minilm' || name === 'tiny')).toBe(true)
  await classifier.close?.()
  await again.close?.()
})

it('is the mean of its members, in an ensemble', async () => {
  const classifier = await classifierTrainerOf(`${spec}:folds=2`).fit(orders(160, 4), context())
  const [one, two] = await Promise.all([1, 2].map(() => classifier.classify(test.texts)))
  expect(right(one!)).toBeGreaterThan(0.85)
  expect(two).toEqual(one)
  expect(Object.keys(classifier.save!().tensors).some((name) => name.startsWith('1/'))).toBe(true)
  await classifier.close?.()
})

it('says that it needs the weights of an encoder', async () => {
  const trainer = classifierTrainerOf('finetune')
  await expect(trainer.fit(orders(20, 5), context({ openNetwork: undefined }))).rejects.toThrow(
    /needs the weights of an encoder/,
  )
})
