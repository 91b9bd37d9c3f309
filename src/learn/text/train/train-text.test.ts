/** What an encoder learns from pairs and from hidden words, on a tiny network. */
import { describe, expect, it } from 'vitest'
import { integer, type Random, seededRandom } from '../../../math/random.ts'
import type { Tuning } from '../layers.ts'
import { merged } from '../layers.ts'
import { openTextEncoder } from '../text-encoder.ts'
import type { TextNetwork } from '../text-network.ts'
import { tinyNetwork } from '../tiny-network.fixture.ts'
import { learnPairs, type Pair } from './contrastive.ts'
import { learnMaskedWords } from './masked-words.ts'

const network = tinyNetwork(seededRandom(4))
const tuning: Tuning = {
  ...{ kind: 'lora', rank: 4, alpha: 8, dropout: 0, from: 0 },
  on: ['query', 'key', 'value', 'output', 'wide', 'narrow'],
}
const course = {
  ...{ tuning, rate: 0.02, warmUp: 0.1, decay: 0.01, clip: 1, batch: 8, epochs: 4, patience: 4 },
  maxTokens: 12,
}

/** Words that belong together and share no letter. */
const together = [
  ['cat', 'sun'],
  ['dog', 'rain'],
  ['tea', 'red'],
  ['cup', 'blue'],
] as const

function drawPairs(count: number, random: Random): Pair[] {
  return Array.from({ length: count }, () => {
    const [one, other] = together[integer(random, 0, together.length)]!
    return [`${one} ${one}s`, `${other} ${other} ${other}`]
  })
}

async function found(of: TextNetwork): Promise<number> {
  const encoder = await openTextEncoder(of)
  const { width } = encoder
  const left = await encoder.encode(together.map(([one]) => one))
  const right = await encoder.encode(together.map(([, other]) => other))
  await encoder.close()
  const dot = (n: number, m: number): number =>
    left
      .slice(n * width, (n + 1) * width)
      .reduce((sum, value, d) => sum + value * right[m * width + d]!, 0)
  return together.filter((_, n) => together.every((__, m) => m === n || dot(n, n) > dot(n, m)))
    .length
}

describe('contrastive fine-tuning', () => {
  it('brings together what belongs together, and ends the same with the same seed', async () => {
    const learn = () =>
      learnPairs({
        ...{ network, seed: 5, context: {}, pairsPerEpoch: 64 },
        pairs: (_, random) => drawPairs(64, random),
        valid: drawPairs(16, seededRandom(9)),
        options: { ...course, temperature: 0.1, encoderDropout: 0 },
      })
    const best = await learn()
    expect(await found(network)).toBeLessThan(4)
    expect(await found(merged(network, tuning, best.parameters))).toBe(4)
    expect((await learn()).parameters).toEqual(best.parameters)
  })
})

describe('masked words', () => {
  it('are guessed better after training, by the platform they are hidden on', async () => {
    const random = seededRandom(6)
    const texts = (count: number): string[] =>
      drawPairs(count, random).map(([one, other]) => `${one} ${other} ${one}`)
    const { perplexityBefore, perplexity } = await learnMaskedWords({
      ...{ network, train: texts(160), valid: texts(40), seed: 7, context: {} },
      options: { ...course, share: 0.2, drawn: 4 },
    })
    expect(perplexity).toBeGreaterThan(1)
    expect(perplexity).toBeLessThan(perplexityBefore / 2)
  })
})
