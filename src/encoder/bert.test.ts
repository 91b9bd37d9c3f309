/** The graph in floats against vectors that another implementation made of the same weights. */
import { readFileSync } from 'node:fs'
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { readSafetensors } from '../tensor/safetensors.ts'
import { type BertOptions, buildBert } from './bert.ts'
import { readModelFile } from './model-file.ts'
import { locate, miniLm } from './weights.ts'

const { weights, tokenizer: vocabulary } = locate(miniLm)
const tensors = readSafetensors(readModelFile(weights))
const tokenizer = new Tokenizer(JSON.parse(readModelFile(vocabulary).toString('utf8')), {})
const form = { layers: 6, heads: 12, epsilon: 1e-12 }
const reference: { text: string; vector: string }[] = JSON.parse(
  readFileSync(new URL('./fixtures/reference-vectors.json', import.meta.url), 'utf8'),
)['minilm-l6-v2'].vectors

async function encode(precision: BertOptions['precision'], texts: string[]): Promise<number[][]> {
  const session = await InferenceSession.create(buildBert(tensors, { ...form, precision }), {
    intraOpNumThreads: 1,
  })
  const rows = texts.map((text) => tokenizer.encode(text).ids)
  const length = Math.max(...rows.map((row) => row.length))
  const padded = rows.flatMap((row) => [...row, ...Array(length - row.length).fill(0)])
  const mask = rows.flatMap((row) => Array.from({ length }, (_, at) => (at < row.length ? 1 : 0)))
  const shape = [rows.length, length]
  const { embedding } = await session.run({
    ids: new Tensor('int64', BigInt64Array.from(padded, BigInt), shape),
    mask: new Tensor('int32', Int32Array.from(mask), shape),
  })
  await session.release()
  if (!(embedding?.data instanceof Float32Array)) throw new Error('The graph gave no floats.')
  const values = [...embedding.data]
  return texts.map((_, n) => values.slice(n * miniLm.width, (n + 1) * miniLm.width))
}

function agreement(vector: number[], base64: string): number {
  const bytes = Buffer.from(base64, 'base64')
  const dot = vector.reduce((sum, value, d) => sum + value * bytes.readInt16LE(2 * d), 0)
  return dot / 32_767
}

describe('the graph of MiniLM', () => {
  it('in floats gives the reference vectors, of length one, in one padded batch', async () => {
    const vectors = await encode(
      'float',
      reference.map(({ text }) => text),
    )
    for (const [n, { text, vector }] of reference.entries()) {
      expect(Math.hypot(...(vectors[n] ?? []))).toBeCloseTo(1, 5)
      expect(agreement(vectors[n] ?? [], vector), text).toBeGreaterThan(0.9995)
    }
  })

  it('in eight bits stays within a few degrees, whatever else is in the batch', async () => {
    const together = await encode(
      'int8',
      reference.map(({ text }) => text),
    )
    const cosines = reference.map(({ vector }, n) => agreement(together[n] ?? [], vector))
    // The reference holds texts of a single word, where there is least to average errors over.
    expect(Math.min(...cosines)).toBeGreaterThan(0.97)
    expect(cosines.reduce((sum, one) => sum + one, 0) / cosines.length).toBeGreaterThan(0.99)
    const [alone] = await encode('int8', [reference[0]?.text ?? ''])
    for (const [d, value] of (alone ?? []).entries()) {
      expect(value).toBeCloseTo(together[0]?.[d] ?? 0, 4)
    }
  })

  it('says which tensor is missing from weights of another form', () => {
    const wrong = { ...form, layers: 7, precision: 'float' } as const
    expect(() => buildBert(tensors, wrong)).toThrow('"encoder.layer.6.attention.self.query.weight"')
  })
})
