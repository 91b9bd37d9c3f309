/** The encoder as our own graph in its worker against ONNX Runtime alone on the same weights. */
import { encoderGraph, encoderInputs } from '../../src/learn/text/encoder-graph.ts'
import { layersOf } from '../../src/learn/text/layers.ts'
import type { TextNetwork } from '../../src/learn/text/text-network.ts'
import { rowsOf } from '../../src/learn/text/token-batch.ts'
import { openForward } from '../../src/tensor/forward.ts'
import { unitRows } from '../../src/tensor/operations/norms.ts'
import { type BundledNetwork, openBundledNetwork } from '../../src/text-networks.ts'
import type { UnderstandBench } from '../understand.ts'
import { openAlone } from './alone.ts'
import { posts } from './texts.ts'
import { bestOfTurns, type Way } from './turns.ts'

export interface EncoderFigures {
  readonly network: string
  readonly threads: number
  /** Texts of 32 tokens a second. */
  readonly alone: number
  readonly ours: number
}

const texts = 64
/** With the two special tokens, 32. */
const words = 30
const languages = { minilm: 'en', bge: 'zh' } as const

export async function benchEncoder({
  threads,
  seconds,
}: UnderstandBench): Promise<EncoderFigures[]> {
  const figures: EncoderFigures[] = []
  for (const name of ['minilm', 'bge'] satisfies BundledNetwork[]) {
    const network = openBundledNetwork(name)
    const tokens = posts(languages[name], texts, { length: words, seed: 1 }).map((text) => {
      return network.vocabulary.encode(text, words + 2)
    })
    const ways = [await aloneWay(network, tokens, threads), await ourWay(network, tokens, threads)]
    const [alone, ours] = (await bestOfTurns(ways, seconds)).map((ms) => (1000 * texts) / ms) as [
      number,
      number,
    ]
    figures.push({ network: network.name, threads, alone, ours })
    const share = Math.round((100 * ours) / alone)
    process.stdout.write(
      `${network.name}, ${texts} × ${words + 2} tokens on ${threads} threads: ONNX Runtime alone ` +
        `${alone.toFixed(0)} texts/s, ours in its worker ${ours.toFixed(0)} (${share} %)\n`,
    )
  }
  return figures
}

async function aloneWay(
  network: TextNetwork,
  tokens: readonly Int32Array[],
  threads: number,
): Promise<Way> {
  const { encode, close } = await openAlone(network, 'float', threads)
  return { run: () => encode(tokens), close }
}

/** As `openTextEncoder` does it: rows of the tables are looked up each time. */
async function ourWay(
  network: TextNetwork,
  tokens: readonly Int32Array[],
  threads: number,
): Promise<Way> {
  const layers = layersOf(network, { kind: 'head' })
  const { pooled } = encoderGraph(network.form, layers, encoderInputs(network.form))
  const outputs = { vectors: unitRows(pooled) }
  const { run, close } = await openForward(outputs, { parameters: {}, threads })
  return { run: () => run(rowsOf(network, tokens)), close }
}
