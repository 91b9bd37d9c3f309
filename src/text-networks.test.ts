/**
 * Our graphs beside the originals': the same weights must give the same vectors on real texts. The
 * original of bge also rounds what flows between its layers to eight bits, with one scale for a whole
 * text; without that rounding (`inFloats`) the agreement is exact, with it a cosine of about .996.
 */
import { existsSync, readFileSync } from 'node:fs'
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { buildBert } from './encoder/bert.ts'
import { readModelFile } from './encoder/model-file.ts'
import { bgeSmallZh, locate, miniLm } from './encoder/weights.ts'
import { openTextEncoder } from './learn/text/text-encoder.ts'
import type { TextNetwork } from './learn/text/text-network.ts'
import { readSafetensors } from './tensor/safetensors.ts'
import { type BundledNetwork, bundledNetworks, openBundledNetwork } from './text-networks.ts'

const shared = new URL('../../shared/data/', import.meta.url)
const hasData = existsSync(shared)
const plainTexts = {
  minilm: ['Good morning, everyone!', 'my cat sleeps', 'a', 'GitHub is down again :(', '中文'],
  bge: ['今天天气真好', '我喜欢在周末爬山，也喜欢读书。', '好', 'GitHub 又挂了', 'hello world'],
}

function lines(file: string, count: number): string[] {
  return readFileSync(new URL(file, shared), 'utf8').split('\n').slice(0, count)
}

/** One text at a time, as the original bge needs it: its scales are of a whole batch. */
async function originals(
  bytes: Uint8Array,
  texts: readonly string[],
  ids: (text: string) => number[],
  vectorOf: (session: InferenceSession, ids: number[]) => Promise<Float32Array>,
): Promise<Float32Array[]> {
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 })
  const vectors: Float32Array[] = []
  for (const text of texts) vectors.push(await vectorOf(session, ids(text)))
  await session.release()
  return vectors
}

function row(values: number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, d) => sum + value * (b[d] ?? 0), 0)
  return dot / Math.hypot(...a) / Math.hypot(...b)
}

const networks = Object.fromEntries(
  bundledNetworks.map((name) => [name, openBundledNetwork(name)]),
) as Record<BundledNetwork, TextNetwork>

async function cosines(
  name: BundledNetwork,
  texts: readonly string[],
  expected: readonly Float32Array[],
): Promise<number[]> {
  const encoder = await openTextEncoder(networks[name])
  const vectors = await encoder.encode(texts)
  await encoder.close()
  const { width } = encoder
  return expected.map((vector, n) => cosine(vectors.slice(n * width, (n + 1) * width), vector))
}

describe('the networks that we own', () => {
  it('MiniLM gives the vectors of its own graph', async () => {
    const texts = [
      ...plainTexts.minilm,
      ...(hasData ? lines('tweeteval/irony/val_text.txt', 12) : []),
    ]
    const { weights, tokenizer } = locate(miniLm)
    const form = { layers: 6, heads: 12, epsilon: 1e-12, precision: 'float' } as const
    const words = new Tokenizer(JSON.parse(readModelFile(tokenizer).toString('utf8')), {})
    const expected = await originals(
      buildBert(readSafetensors(readModelFile(weights)), form),
      texts,
      (text) => words.encode(text).ids,
      async (session, ids) => {
        const mask = new Tensor('int32', new Int32Array(ids.length).fill(1), [1, ids.length])
        const { embedding } = await session.run({ ids: row(ids), mask })
        return embedding?.data as Float32Array
      },
    )
    const found = await cosines('minilm', texts, expected)
    expect(Math.min(...found)).toBeGreaterThan(0.9999)
  })

  it.each([
    ['what flows in floats too', inFloats, 0.9999],
    ['what flows in eight bits', (file: Uint8Array) => file, 0.985],
  ])('bge gives the vectors of its own graph, %s', async (_, change, least) => {
    const texts = [
      ...plainTexts.bge,
      ...(hasData ? lines('chnsenticorp/dev.tsv', 8).map((text) => text.slice(0, 100)) : []),
    ]
    const { weights, tokenizer } = locate(bgeSmallZh)
    const words = new Tokenizer(JSON.parse(readModelFile(tokenizer).toString('utf8')), {})
    const expected = await originals(
      change(readModelFile(weights)),
      texts,
      (text) => words.encode(text.toLowerCase()).ids,
      async (session, ids) => {
        const { sentence_embedding } = await session.run({
          input_ids: row(ids),
          attention_mask: row(ids.map(() => 1)),
          token_type_ids: row(ids.map(() => 0)),
        })
        return sentence_embedding?.data as Float32Array
      },
    )
    const found = await cosines('bge', texts, expected)
    expect(Math.min(...found)).toBeGreaterThan(least)
  })
})

const modelProto = protobuf
  .parse(`
  syntax = "proto3";
  message Model { int64 ir = 1; Graph graph = 7; repeated bytes sets = 8; }
  message Graph {
    repeated Node nodes = 1; string name = 2; repeated bytes tensors = 5;
    repeated bytes inputs = 11; repeated bytes outputs = 12;
  }
  message Node {
    repeated string input = 1; repeated string output = 2; string name = 3; string operator = 4;
    repeated Attribute attributes = 5; string domain = 7;
  }
  message Attribute {
    string name = 1; float f = 2; int64 i = 3; bytes s = 4; bytes t = 5; repeated int64 ints = 8;
    int32 type = 20;
  }
`)
  .root.lookupType('Model')

interface Node {
  input: string[]
  output: string[]
  name?: string
  operator: string
  attributes?: object[]
}

/** The same model, whose eight-bit weights are multiplied with unrounded activations. */
function inFloats(file: Uint8Array): Uint8Array {
  const model = modelProto.decode(file) as protobuf.Message & { graph: { nodes: Node[] } }
  model.graph.nodes = model.graph.nodes.flatMap((node): Node[] => {
    const { input, output } = node
    if (node.operator === 'DynamicQuantizeLinear') return passedOn(input, output)
    if (node.operator !== 'MatMulInteger') return [node]
    const [x = '', weight = '', , zero = ''] = input
    const made = `${output[0]} weight`
    return [
      { operator: 'Cast', input: [weight], output: [`${made} cast`], attributes: [toFloat] },
      { operator: 'Cast', input: [zero], output: [`${made} zero`], attributes: [toFloat] },
      { operator: 'Sub', input: [`${made} cast`, `${made} zero`], output: [made] },
      { operator: 'MatMul', input: [x, made], output },
    ]
  })
  return modelProto.encode(model).finish()
}

const toFloat = { name: 'to', i: 1, type: 2 }

/** The values as they are, and a scale of 1. */
function passedOn([x = '']: string[], [values = '', scale = '', zero = '']: string[]): Node[] {
  return [
    { operator: 'Identity', input: [x], output: [values] },
    { operator: 'Shape', input: [x], output: [zero] },
    { operator: 'Constant', input: [], output: [scale], attributes: [one] },
  ]
}

const one = { name: 'value_float', f: 1, type: 1 }
