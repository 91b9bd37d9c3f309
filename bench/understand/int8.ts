/** The bundled encoders in floats and in eight bits: speed, size, and how far vectors move. */
import { type BundledNetwork, openBundledNetwork } from '../../src/text-networks.ts'
import { renderRows } from '../rows.ts'
import type { UnderstandBench } from '../understand.ts'
import { openAlone } from './alone.ts'
import { benchInt8Heads } from './int8-heads.ts'
import { posts } from './texts.ts'
import { bestOfTurns } from './turns.ts'

export interface Int8Figures {
  readonly network: string
  readonly floatTextsPerSecond: number
  readonly int8TextsPerSecond: number
  readonly floatMb: number
  readonly int8Mb: number
  /** Of the two vectors of a text. */
  readonly meanCosine: number
  readonly leastCosine: number
  /** How often the nearest of the other texts is the same. */
  readonly sameNearest: number
}

const texts = 64
const words = 30

export async function benchInt8({ threads, seconds, data }: UnderstandBench) {
  const figures: Int8Figures[] = []
  for (const [name, language] of [
    ['minilm', 'en'],
    ['bge', 'zh'],
  ] as const) {
    figures.push(await compare(name, language, threads, seconds))
  }
  const heads = ['', 'float', 'int8', 'float MB', 'int8 MB', 'cosine', 'least', 'same nearest']
  const rows = figures.map((one) => [
    one.network,
    `${one.floatTextsPerSecond.toFixed(0)}/s`,
    `${one.int8TextsPerSecond.toFixed(0)}/s`,
    one.floatMb.toFixed(1),
    one.int8Mb.toFixed(1),
    one.meanCosine.toFixed(4),
    one.leastCosine.toFixed(4),
    `${Math.round(100 * one.sameNearest)} %`,
  ])
  process.stdout.write(`${renderRows([heads, ...rows])}\n`)
  return { networks: figures, heads: data === '' ? [] : await benchInt8Heads(data, threads) }
}

async function compare(
  name: BundledNetwork,
  language: 'en' | 'zh',
  threads: number,
  seconds: number,
): Promise<Int8Figures> {
  const network = openBundledNetwork(name)
  const tokens = posts(language, texts, { length: words, seed: 2 }).map((text) => {
    return network.vocabulary.encode(text, words + 2)
  })
  const [floats, bytes] = [
    await openAlone(network, 'float', threads),
    await openAlone(network, 'int8', threads),
  ]
  const [exact, rounded] = [await floats.encode(tokens), await bytes.encode(tokens)]
  const ways = [floats, bytes].map(({ encode, close }) => ({ run: () => encode(tokens), close }))
  const [floatMs = 0, int8Ms = 0] = await bestOfTurns(ways, seconds)
  const { width } = network.form
  const cosines = tokens.map((_, n) => dot(exact, n, rounded, n, width))
  return {
    network: network.name,
    floatTextsPerSecond: (1000 * texts) / floatMs,
    int8TextsPerSecond: (1000 * texts) / int8Ms,
    floatMb: floats.bytes / 1e6,
    int8Mb: bytes.bytes / 1e6,
    meanCosine: cosines.reduce((sum, one) => sum + one, 0) / texts,
    leastCosine: Math.min(...cosines),
    sameNearest:
      nearests(exact, width).filter((n, at) => n === nearests(rounded, width)[at]).length / texts,
  }
}

function nearests(vectors: Float32Array, width: number): number[] {
  return Array.from({ length: texts }, (_, n) => {
    const others = Array.from({ length: texts }, (_, other) =>
      other === n ? -Infinity : dot(vectors, n, vectors, other, width),
    )
    return others.indexOf(Math.max(...others))
  })
}

function dot(a: Float32Array, row: number, b: Float32Array, other: number, width: number): number {
  let sum = 0
  for (let d = 0; d < width; d++) sum += (a[row * width + d] ?? 0) * (b[other * width + d] ?? 0)
  return sum
}
