/** The real models, in their worker threads. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Embedding } from '../domain/embedding.ts'
import { silentLog } from '../log.ts'
import { isChinese, openBundledEncoder } from './bundled.ts'
import { keepsTheEncoderContract } from './encoder.contract.ts'
import type { Encoder } from './encoder.ts'

type Reference = Record<string, { vectors: { text: string; vector: string }[] }>

/** Made by other programs than ours: their names and versions are in the file. */
const reference: Reference = JSON.parse(
  readFileSync(new URL('./fixtures/reference-vectors.json', import.meta.url), 'utf8'),
)

keepsTheEncoderContract(() => openBundledEncoder({ log: silentLog }))

describe('the bundled encoder', () => {
  let encoder: Encoder
  beforeAll(async () => {
    encoder = await openBundledEncoder({ log: silentLog })
  })
  afterAll(() => encoder.close())

  async function closeness(a: string, b: string): Promise<number> {
    const [one, other] = await encoder.encode([a, b])
    return cosine(one, other?.values ?? [])
  }

  it.each([
    ['minilm-l6-v2', 0.97],
    ['bge-small-zh-v1.5', 0.99],
  ])('agrees with the reference vectors of %s', async (name, least) => {
    const { vectors = [] } = reference[name] ?? {}
    const embeddings = await encoder.encode(vectors.map(({ text }) => text))
    expect(embeddings.length).toBeGreaterThan(5)
    for (const [n, { text, vector }] of vectors.entries()) {
      expect(embeddings[n]?.space, text).toContain(name)
      expect(cosine(embeddings[n], unpack(vector)), text).toBeGreaterThan(least)
    }
  })

  it.each([
    [
      'A man is playing the guitar on stage',
      'Someone performs a guitar solo',
      'Interest rates rose by half a percent',
    ],
    [
      'How do I reset my password?',
      'I forgot my login and need a new one',
      'Best pasta recipes for a rainy evening',
    ],
    [
      'The match ended in a draw',
      'Neither team won the football game',
      'New species of orchid found in Borneo',
    ],
    ['我想学做红烧肉', '红烧肉的做法有哪些', '明天股市会涨吗'],
    ['这部电影太感人了，我哭了好几次', '看完这片子眼泪止不住', '地铁二号线今天停运'],
    ['今天天气真好', '外面阳光明媚', '如何安装打印机驱动'],
  ])('knows that "%s" is nearer to "%s" than to "%s"', async (text, alike, other) => {
    expect(await closeness(text, alike)).toBeGreaterThan((await closeness(text, other)) + 0.15)
  })

  it('does not care about large and small letters', async () => {
    expect(await closeness('GitHub 上的开源项目', 'github 上的开源项目')).toBe(1)
  })

  it.each([
    ['Good morning everyone', false],
    ['今天吃什么', true],
    ['GitHub 上的 TypeScript 项目写得很清楚', true],
    ['Went to 北京 with my whole family for the summer holidays', false],
    ['ありがとう', true],
    ['😀 123', false],
  ])('sends "%s" to the Chinese model: %s', (text, expected) => {
    expect(isChinese(text)).toBe(expected)
  })
})

function unpack(base64: string): number[] {
  const bytes = Buffer.from(base64, 'base64')
  return Array.from({ length: bytes.length / 2 }, (_, n) => bytes.readInt16LE(2 * n))
}

function cosine(embedding: Embedding | undefined, other: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (const [d, value] of (embedding?.values ?? []).entries()) {
    dot += value * (other[d] ?? 0)
    aa += value * value
    bb += (other[d] ?? 0) ** 2
  }
  return dot / Math.sqrt(aa * bb)
}
