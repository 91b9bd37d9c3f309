/** A task that the order of words decides: a head on vectors that stay as they are learns it in part. */
import { describe, expect, it } from 'vitest'
import { integer, seededRandom } from '../../../math/random.ts'
import { openForward } from '../../../tensor/forward.ts'
import type { Checkpoint, SavedModel } from '../../trainer.ts'
import { merged, type Tuning } from '../layers.ts'
import { tinyNetwork, tinyWords } from '../tiny-network.fixture.ts'
import { classificationGraph } from './classification.ts'
import { type FinetuneData, type FinetuneOptions, finetune, logitsOf } from './finetune.ts'
import { macroF1 } from './targets.ts'

const network = tinyNetwork(seededRandom(1))
const lora: Tuning = {
  ...{ kind: 'lora', rank: 4, alpha: 8, dropout: 0, from: 0 },
  on: ['query', 'key', 'value', 'output', 'wide', 'narrow'],
}
const options: FinetuneOptions = {
  ...{ tuning: lora, dropout: 0, encoderDropout: 0, adversary: 0, mixup: 0, usesCosine: false },
  rounds: false,
  ...{
    noise: { wordDropout: 0, spanMask: 0, charNoise: 0 },
    smoothing: 0,
    rate: 0.02,
    schedule: 'linear',
    warmUp: 0.1,
    decay: 0.01,
  },
  ...{ clip: 1, batch: 16, epochs: 4, patience: 4, maxTokens: 12 },
}

/** Class 1: a cat comes before a dog. */
function orders(count: number, seed: number): FinetuneData {
  const random = seededRandom(seed)
  const labels = Int32Array.from({ length: count }, (_, n) => n % 2)
  const texts = Array.from(labels, (label) => {
    const filling = () => tinyWords[integer(random, 2, tinyWords.length)]!
    const [one, other] = label === 1 ? ['cat', 'dog'] : ['dog', 'cat']
    return [filling(), one, filling(), other, filling()].join(' ')
  })
  return { texts, labels }
}

const train = orders(192, 1)
const valid = orders(100, 2)

function tuned(
  changed: Partial<FinetuneOptions> = {},
  checkpoint?: Checkpoint,
  signal?: AbortSignal,
) {
  const curve: number[] = []
  const report = (name: string, _: number, value: number): void => {
    if (name.startsWith('validation')) curve.push(value)
  }
  const best = finetune({
    ...{ network, classes: 2, train, valid, seed: 3 },
    options: { ...options, ...changed },
    context: { checkpoint, signal, report },
  })
  return best.then((found) => ({ ...found, curve }))
}

describe('fine-tuning', () => {
  it('learns by LoRA what a head alone learns in part', async () => {
    const alone = await tuned({ tuning: { kind: 'head' } })
    const adapted = await tuned()
    expect(adapted.value).toBeGreaterThan(0.95)
    expect(adapted.value - alone.value).toBeGreaterThan(0.15)
    expect(adapted.curve.length).toBe(options.epochs)
  })

  it('moves every weight when it is told to, the table of words too', async () => {
    const tuning: Tuning = { kind: 'full', from: 0, words: true }
    const { value, parameters } = await tuned({ tuning, rate: 0.005 })
    expect(value).toBeGreaterThan(0.95)
    const path = 'embeddings.word_embeddings.weight'
    const [before, after] = [network.tensors[path]!.data, parameters[path]!]
    const moved = (row: number): number =>
      Math.max(
        ...Array.from({ length: 16 }, (_, d) =>
          Math.abs(after[row * 16 + d]! - before[row * 16 + d]!),
        ),
      )
    // [CLS] and cat were read, ##y never was.
    expect(moved(2)).toBeGreaterThan(1e-3)
    expect(moved(5)).toBeGreaterThan(1e-3)
    expect(moved(14)).toBe(0)
    expect(parameters['embeddings.LayerNorm.weight']).toBeDefined()
  })

  it('leaves layers below the chosen one as they are', async () => {
    const { parameters } = await tuned({
      tuning: { kind: 'full', from: 1, words: false },
      epochs: 1,
    })
    const paths = Object.keys(parameters)
    expect(paths).toContain('encoder.layer.1.output.dense.weight')
    expect(paths.filter((path) => path.includes('layer.0') || path.includes('embeddings'))).toEqual(
      [],
    )
  })

  it('remembers what layers say that stay, and learns the same as when they are asked again', async () => {
    const tuning: Tuning = { ...lora, from: 1 }
    const [remembered, asked] = await Promise.all([
      tuned({ tuning, epochs: 2 }),
      // So seldom that it never happens; yet the texts go through all layers in every step.
      tuned({ tuning, epochs: 2, noise: { ...options.noise, wordDropout: 1e-12 } }),
    ])
    expect(remembered.value).toBeGreaterThan(0.7)
    expect(remembered.value).toBeCloseTo(asked.value, 1)
    const [path = ''] = Object.keys(remembered.parameters).filter((name) => name.endsWith('.b'))
    const [one, other] = [remembered, asked].map(({ parameters }) => parameters[path]!)
    expect(Math.hypot(...one!.map((x, n) => x - other![n]!))).toBeLessThan(
      0.02 * Math.hypot(...one!),
    )
  })

  it('merges LoRA into plain weights that give the same answers', async () => {
    const { parameters } = await tuned({ epochs: 1 })
    const { texts } = valid
    const answer = async (of: typeof network, tuning: Tuning) => {
      const { logits } = classificationGraph(of, 2, { ...options, tuning })
      const forward = await openForward({ logits }, { parameters })
      const found = await logitsOf(forward, of, texts, { maxTokens: 12 })
      await forward.close()
      return found
    }
    const apart = await answer(network, lora)
    const together = await answer(merged(network, lora, parameters), { kind: 'head' })
    const before = await answer(network, { kind: 'head' })
    const gap = (a: Float32Array, b: Float32Array) =>
      Math.max(...a.map((x, n) => Math.abs(x - b[n]!)))
    expect(gap(apart, together)).toBeLessThan(1e-3)
    expect(gap(apart, before)).toBeGreaterThan(0.1)
  })

  it.each([
    [
      'noise, dropout and smoothing',
      {
        noise: { wordDropout: 0.05, spanMask: 0.05, charNoise: 0.02 },
        ...{ dropout: 0.1, encoderDropout: 0.05, smoothing: 0.05 },
      },
    ],
    ['weights in eight bits', { rounds: true }],
    ['mixup and cosines', { mixup: 0.3, usesCosine: true }],
    ['an adversary and a cosine schedule', { adversary: 0.5, schedule: 'cosine' }],
  ] as [string, Partial<FinetuneOptions>][])('still learns with %s', async (_, changed) => {
    const { value } = await tuned(changed)
    expect(value).toBeGreaterThan(0.9)
  })

  it('ends the same with the same seed, also when it was stopped on the way', async () => {
    const changed: Partial<FinetuneOptions> = {
      ...{ epochs: 3, dropout: 0.2, tuning: { kind: 'full', from: 0, words: true }, rate: 0.003 },
    }
    const whole = await tuned(changed)
    let kept: SavedModel | undefined
    const stop = new AbortController()
    const checkpoint: Checkpoint = {
      load: async () => kept,
      save: async (state) => {
        kept = structuredClone(state)
        if (state.meta['epoch'] === 1) stop.abort()
      },
    }
    await expect(tuned(changed, checkpoint, stop.signal)).rejects.toThrow()
    const resumed = await tuned(changed, checkpoint)
    expect([...whole.curve.slice(0, 1), ...resumed.curve]).toEqual(whole.curve)
    expect(resumed.parameters).toEqual(whole.parameters)
  })
})

it('measures F1 of each class alike', () => {
  const logits = Float32Array.of(2, 1, 0, 3, 1, 0, 5, 4)
  expect(macroF1(logits, Int32Array.of(0, 1, 1, 0), 2)).toBeCloseTo((0.8 + 2 / 3) / 2, 6)
  expect(macroF1(logits, Int32Array.of(0, -1, -1, -1), 2)).toBe(1)
})
