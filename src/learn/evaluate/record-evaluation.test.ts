import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog } from '../../log.ts'
import { seededRandom } from '../../math/random.ts'
import { createRegistry, type Registry } from '../runs/registry.ts'
import { rowModel, type SavedModel, type Trainer } from '../trainer.ts'
import { evaluateRecommend, type RecommendOptions } from './evaluate-recommend.ts'
import { trainedRanker } from './trained-ranker.ts'

let folder = ''
let registry: Registry
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-recorded-'))
  registry = createRegistry({
    folder: join(folder, 'runs'),
    code: { version: '0.1.0' },
    now: () => new Date('2026-11-22T08:00:05.000Z'),
    random: seededRandom(1),
    log: silentLog,
  })
})
afterAll(() => rm(folder, { recursive: true }))

/** Learns nothing, in three steps. */
const idle: Trainer = {
  name: 'idle',
  usesChance: true,
  async fit(train, { report }) {
    for (let step = 0; step < 3; step++) report?.('loss', step, 1 / (step + 1))
    return rowModel(train.items.size, () => {})
  },
}

async function options(): Promise<RecommendOptions> {
  const train = join(folder, 'train.txt')
  const test = join(folder, 'test.txt')
  await writeFile(train, 'ann a b c\nbob a b\ncleo d e f g\ndan e f\n')
  await writeFile(test, 'bob c\ndan d g\n')
  const rankers = [trainedRanker(idle)]
  const models = ['popular', 'idle']
  return { train, test, rankers, models, at: [2], seeds: 2, clock: () => 0, registry }
}

it('keeps an evaluation as a run, with the curves of its fits', async () => {
  const { json } = await evaluateRecommend(await options())
  const [run] = await registry.list()
  expect(run).toMatchObject({
    kind: 'evaluate',
    state: 'done',
    models: ['popular', 'idle'],
    seeds: [1, 2],
    options: { at: '2', split: 'files', measured: 'test', fitsValid: false },
    data: { name: json.data, users: 4, items: 7, interactions: 14 },
  })
  expect(run!.rows.map(({ model, segment, metrics }) => [model, segment, metrics])).toEqual(
    json.rows.flatMap(({ model, metrics, segments = {} }) => [
      [model, 'all', metrics],
      ...Object.entries(segments).map(([segment, values]) => [model, segment, values.metrics]),
    ]),
  )
  expect(await registry.curves(run!.id)).toEqual([
    { name: 'idle/seed 1/loss', steps: [0, 1, 2], values: [1, 1 / 2, 1 / 3] },
    { name: 'idle/seed 2/loss', steps: [0, 1, 2], values: [1, 1 / 2, 1 / 3] },
  ])
})

it('tells data apart, and sees the same data again', async () => {
  const given = await options()
  const hashOf = async (): Promise<string> => {
    await evaluateRecommend({ ...given, models: ['popular'] })
    const [run, ...others] = await registry.list({ model: 'popular' })
    for (const { id } of [run!, ...others]) await registry.remove(id)
    return run!.data.hash
  }
  const first = await hashOf()
  expect(await hashOf()).toBe(first)
  await writeFile(given.test!, 'bob c\ndan d a\n')
  expect(await hashOf()).not.toBe(first)
})

it('keeps a failure with its reason', async () => {
  const broken: Trainer = {
    name: 'broken',
    usesChance: true,
    fit: () => Promise.reject(new Error('the loss is no number')),
  }
  const rankers = [trainedRanker(broken)]
  const failing = evaluateRecommend({ ...(await options()), rankers, models: ['broken'] })
  await expect(failing).rejects.toThrow(/no number/)
  const [run] = await registry.list({ state: 'failed' })
  expect(run?.problem).toMatch(/no number/)
})

it.each([{ models: ['oracle'] }, { models: ['als:colour=red'] }, { split: 'time' as const }])(
  'leaves no run behind when asked for what cannot be: %j',
  async (wrong) => {
    const before = await registry.list()
    const asked = evaluateRecommend({ ...(await options()), ...wrong })
    await expect(asked).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await registry.list()).toEqual(before)
  },
)

it('goes on from the checkpoint of a killed fit when asked to, and leaves none when done', async () => {
  const stop = new AbortController()
  const loaded: (SavedModel | undefined)[] = []
  let time = 0
  const slow: Trainer = {
    name: 'slow',
    usesChance: true,
    async fit(train, { checkpoint, signal }) {
      loaded.push(await checkpoint!.load())
      for (let epoch = 1; epoch <= 3; epoch++) {
        time += 15_000
        await checkpoint!.save({ tensors: {}, meta: { epoch } })
      }
      if (loaded.length === 1) stop.abort()
      signal?.throwIfAborted()
      return rowModel(train.items.size, () => {})
    },
  }
  const rankers = [trainedRanker(slow)]
  const given = { ...(await options()), rankers, models: ['slow'], seeds: 1, clock: () => time }
  await expect(evaluateRecommend({ ...given, signal: stop.signal })).rejects.toThrow(/abort/)
  expect((await registry.list({ model: 'slow' }))[0]).toMatchObject({ state: 'cancelled' })

  const { json } = await evaluateRecommend({ ...given, resumes: true })
  expect(loaded).toEqual([undefined, { tensors: {}, meta: { epoch: 2 } }])
  expect(json.notes).toContainEqual(expect.stringMatching(/^slow, seed 1: went on from a/))
  await evaluateRecommend({ ...given, resumes: true })
  expect(loaded[2]).toBeUndefined()
})
