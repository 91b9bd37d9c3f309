import { describe, expect, it } from 'vitest'
import type { Embedding } from '../domain/embedding.ts'
import { integer, seededRandom } from '../math/random.ts'
import { keepsTheEncoderContract } from './encoder.contract.ts'
import { hashingEncoder } from './hashing.ts'

keepsTheEncoderContract(hashingEncoder)

function closeness(a: Embedding | undefined, b: Embedding | undefined): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (const [d, value] of (a?.values ?? []).entries()) {
    const other = b?.values[d] ?? 0
    dot += value * other
    aa += value * value
    bb += other * other
  }
  return dot / Math.sqrt(aa * bb)
}

describe('the hashing encoder', () => {
  const encoder = hashingEncoder()

  it.each([
    ['she bakes bread every morning', 'Bread baked in the morning!', 'the train was late again'],
    ['周末去爬山看日出', '爬山看日出的周末', '公司发布了新的手机'],
  ])('puts %s nearer to %s than to %s', async (text, alike, other) => {
    const [a, b, c] = await encoder.encode([text, alike, other])
    expect(closeness(a, b)).toBeGreaterThan(closeness(a, c) + 0.2)
  })

  it('leaves unrelated texts nearly at right angles', async () => {
    const random = seededRandom(7)
    const word = (): string => integer(random, 10 ** 8, 10 ** 9).toString(32)
    const texts = Array.from({ length: 40 }, () => Array.from({ length: 8 }, word).join(' '))
    const embeddings = await encoder.encode(texts)
    const pairs = embeddings.flatMap((a, n) => embeddings.slice(n + 1).map((b) => closeness(a, b)))
    const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length
    expect(Math.abs(mean)).toBeLessThan(0.05)
  })
})
