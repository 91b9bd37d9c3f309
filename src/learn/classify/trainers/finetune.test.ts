/** The classifier that a tiny encoder is fine-tuned to: calibrated, saved, in an ensemble. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { silentLog } from '../../../log.ts'
import { integer, seededRandom } from '../../../math/random.ts'
import { createRegistry } from '../../runs/registry.ts'
import { savedModelOf } from '../../runs/saved-model.ts'
import { tinyNetwork, tinyWords } from '../../text/tiny-network.fixture.ts'
import type { ClassifyContext, LabelledTexts } from '../classifier.ts'
import { classifierTrainerOf, loadClassifier } from '../classifier-trainers.ts'
import { trainClassifier } from '../train-classifier.ts'

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

const spec = 'finetune:rank=4:rate=0.02:batch=16:epochs=4'

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
  const classifier = await classifierTrainerOf(`${spec}:folds=2`).fit(orders(320, 4), context())
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

it('is trained from a file, kept as a file and as a run with its curves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-classifier-'))
  const registry = createRegistry({
    ...{ folder: join(folder, 'runs'), code: { version: '0.1.0' }, log: silentLog },
    ...{ now: () => new Date(Date.UTC(2026, 10, 22)), random: seededRandom(1) },
  })
  const write = async (name: string, { texts, labels, classes }: LabelledTexts) => {
    const lines = texts.map((text, n) => `${text}\t${classes[labels[n]!]}`)
    await writeFile(join(folder, name), `text\tlabel\n${lines.join('\n')}\n`)
    return join(folder, name)
  }
  const { run, metrics, measured } = await trainClassifier({
    ...{ train: await write('train.tsv', orders(200, 6)), test: await write('test.tsv', test) },
    ...{ model: spec, out: join(folder, 'order.safetensors'), seed: 1, registry, openNetwork },
    ...{ resumes: false, clock: () => 0 },
  })
  expect(measured).toBe('test')
  expect(metrics['accuracy']).toBeGreaterThan(0.9)
  expect(await registry.get(run)).toMatchObject({ kind: 'train', state: 'done', models: [spec] })
  expect((await registry.curves(run)).map(({ name }) => name)).toContain('loss')
  const kept = savedModelOf(await readFile(join(folder, 'order.safetensors')))
  const classifier = await loadClassifier(kept, { openNetwork })
  // Classes of a file are in the order of their names: after, before.
  expect(right(await classifier.classify(test.texts))).toBeLessThan(0.1)
  expect(classifier.classes).toEqual(['after', 'before'])
  await classifier.close?.()
  await rm(folder, { recursive: true })
})
