/** From a platform's texts and events to a folder that an encoder is opened from, kept as a run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog } from '../../log.ts'
import { integer, seededRandom } from '../../math/random.ts'
import type { RawData } from '../data/load.ts'
import { createRegistry, type Registry } from '../runs/registry.ts'
import { readNetwork } from './keep/network-folder.ts'
import type { Tuning } from './layers.ts'
import { tinyNetwork, tinyWords } from './tiny-network.fixture.ts'
import { type TrainEncoderOptions, trainEncoder } from './train-encoder.ts'

let folder = ''
let registry: Registry
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-train-encoder-'))
  registry = createRegistry({
    ...{ folder: join(folder, 'runs'), code: { version: '0.1.0' }, log: silentLog },
    ...{ now: () => new Date(Date.UTC(2026, 10, 22)), random: seededRandom(1) },
  })
})
afterAll(() => rm(folder, { recursive: true }))

/** Half of the people have things of the first four words, half of the others. */
function platform(): RawData {
  const random = seededRandom(2)
  const items = Array.from({ length: 400 }, (_, n) => {
    const words = Array.from({ length: 5 }, () => tinyWords[4 * (n % 2) + integer(random, 0, 4)])
    return { id: `i${n}`, text: words.join(' ') }
  })
  const train = Array.from({ length: 400 }, (_, n) => {
    const user = n % 40
    return { userId: `u${user}`, itemId: `i${2 * integer(random, 0, 200) + (user % 2)}`, value: 1 }
  })
  return { name: 'tiny', train, items }
}

const lora: Tuning = { kind: 'lora', rank: 2, alpha: 4, dropout: 0, from: 0, on: ['query', 'wide'] }

function options(changed: Partial<TrainEncoderOptions>): TrainEncoderOptions {
  return {
    ...{ network: tinyNetwork(seededRandom(3)), by: 'pairs', data: platform(), tuning: lora },
    ...{ rate: 0.02, epochs: 2, batch: 16, maxTokens: 12, temperature: 0.1, pairsPerEpoch: 160 },
    ...{ fewWords: false, precision: 'float', out: join(folder, 'out'), seed: 4, registry },
    ...{ resumes: false, clock: () => 0 },
    ...changed,
  }
}

it('learns from pairs of what people have, and keeps the run with its curves', async () => {
  const { run, out, metrics } = await trainEncoder(options({}))
  const network = await readNetwork(out)
  expect(network.form.layers).toBe(2)
  expect(network.tensors['encoder.layer.0.intermediate.dense.weight']?.data).not.toEqual(
    tinyNetwork(seededRandom(3)).tensors['encoder.layer.0.intermediate.dense.weight']?.data,
  )
  expect(metrics['kept neighbours@10']).toBeLessThanOrEqual(1)
  const kept = await registry.get(run)
  expect(kept).toMatchObject({ kind: 'train', state: 'done', models: ['encoder tiny by pairs'] })
  expect(kept.rows[0]?.metrics['pair loss']?.mean).toBeCloseTo(metrics['pair loss'] ?? 0, 9)
  expect((await registry.curves(run)).map(({ name }) => name)).toContain('loss')
})

it('learns from hidden words with fewer layers and words, in eight bits', async () => {
  const { out, metrics } = await trainEncoder(
    options({ by: 'words', layers: [0], fewWords: true, precision: 'int8', epochs: 3 }),
  )
  expect(metrics['perplexity']).toBeLessThan(metrics['perplexity before'] ?? 0)
  expect((await readNetwork(out)).form.layers).toBe(1)
})

it('says so when there are too few texts to hide words in', async () => {
  const data = { ...platform(), items: [{ id: 'i0', text: 'cat dog' }] }
  await expect(trainEncoder(options({ by: 'words', data }))).rejects.toThrow(/1 different text/)
})

it('says what is missing when nothing goes together', async () => {
  const data = { ...platform(), items: [] }
  await expect(trainEncoder(options({ data }))).rejects.toThrow(/Nobody here has two items/)
})
