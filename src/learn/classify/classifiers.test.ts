import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { wordsThatCarried } from './carrying-words.ts'
import type { LabelledTexts } from './classifier.ts'
import { classifierTrainerOf } from './classifier-trainers.ts'

const train: LabelledTexts = {
  texts: ['I love this', 'what a lovely day', 'love it', '我很喜欢', 'I hate this', '讨厌死了'],
  labels: Int32Array.of(0, 0, 0, 0, 1, 1),
  classes: ['good', 'bad'],
}

async function fitted(spec: string) {
  return classifierTrainerOf(spec).fit(train, { random: seededRandom(1) })
}

it('majority says the same of everything', async () => {
  const classifier = await fitted('majority')
  const [good, bad] = await classifier.classify(['I hate this'])
  expect(good).toBeCloseTo(4 / 6)
  expect(bad).toBeCloseTo(2 / 6)
})

it('naive Bayes reads words in both languages, and the words that carried it are found', async () => {
  const classifier = await fitted('naive-bayes')
  const rows = await classifier.classify(['I hate days', '真讨厌', '喜欢', ''])
  const bad = [1, 3, 5, 7].map((at) => rows[at]!)
  expect(bad[0]).toBeGreaterThan(0.5)
  expect(bad[1]).toBeGreaterThan(0.5)
  expect(bad[2]).toBeLessThan(0.5)
  // An empty text leaves the shares of the classes.
  expect(bad[3]).toBeCloseTo(2 / 6)
  const text = 'well, I hate 讨厌 mornings'
  const [first, second] = await wordsThatCarried(classifier, text, 1)
  expect([first!, second!].map(({ from, to }) => text.slice(from, to)).sort()).toEqual([
    'hate',
    '讨厌',
  ])
  expect(first!.weight).toBeGreaterThan(0)
})

it('a blend leans on the member that knows', async () => {
  const classifier = await classifierTrainerOf('blend:majority+naive-bayes').fit(train, {
    random: seededRandom(1),
    valid: { ...train, texts: ['I love days', 'we hate it'], labels: Int32Array.of(0, 1) },
  })
  const rows = await classifier.classify(['lovely, love', 'hate'])
  expect(rows[0]).toBeGreaterThan(0.6)
  expect(rows[3]).toBeGreaterThan(0.5)
  expect(rows[0]! + rows[1]!).toBeCloseTo(1)
})

it.each([
  ['blend:grams', /names 1 member\(s\): give two to 4/],
  ['oracle', /no model "oracle" here; there are: majority, naive-bayes/],
  ['majority:rate=1', /"rate=1" in "majority:rate=1" is no option of majority/],
])('refuses %s', (spec, message) => {
  expect(() => classifierTrainerOf(spec)).toThrow(message)
})
