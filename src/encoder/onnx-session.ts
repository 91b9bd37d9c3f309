/** A loaded model inside a worker: tokens, batches of like length, ONNX Runtime, pooling. */
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { KithError } from '../errors.ts'
import { planBatches } from '../math/plan-batches.ts'
import { readSafetensors } from '../tensor/safetensors.ts'
import { buildBert } from './bert.ts'
import { readModelFile } from './model-file.ts'
import type { OnnxModel } from './onnx-model.ts'

export interface OnnxSession {
  /** [texts, width]; zeros where the model saw nothing. */
  embed(texts: readonly string[]): Promise<{ values: Float32Array; width: number }>
  close(): Promise<void>
}

/** Blocks while it loads and runs: for workers. */
export async function openOnnxSession(model: OnnxModel): Promise<OnnxSession> {
  const tokenize = createTokenize(model)
  const session = await InferenceSession.create(modelBytes(model), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  })
  const output = outputOf(session, model)

  async function run(rows: readonly (readonly number[])[]): Promise<Tensor> {
    const results = await session.run(feedsOf(session, rows), [output])
    const result = results[output]
    if (result?.type === 'float32') return result
    throw new KithError(
      'misconfigured',
      `The model "${model.space}" gives no floats as "${output}".`,
    )
  }

  return {
    async embed(texts) {
      const rows = texts.map(tokenize)
      let values = new Float32Array(0)
      let width = 0
      for (const batch of planBatches(
        rows.map((row) => row.length),
        model.batchTokens,
      )) {
        const result = await run(batch.map((n) => rows[n] ?? []))
        if (width === 0) {
          width = result.dims.at(-1) ?? 0
          values = new Float32Array(texts.length * width)
        }
        for (const [at, n] of batch.entries()) {
          values.set(pool(result, at, rows[n]?.length ?? 0, model.pooling), n * width)
        }
      }
      return { values, width }
    },
    close: () => session.release(),
  }
}

function modelBytes({ weights, bert }: OnnxModel): Uint8Array {
  const file = readModelFile(weights)
  return bert ? buildBert(readSafetensors(file), bert) : file
}

/** Token ids with the special ones around; empty when there is nothing between them. */
function createTokenize(model: OnnxModel): (text: string) => number[] {
  const json = JSON.parse(readModelFile(model.tokenizer).toString('utf8'))
  const tokenizer = new Tokenizer(json, {})
  const frame = tokenizer.encode('').ids
  const last = frame.at(-1)
  return (text) => {
    const { ids } = tokenizer.encode(model.needsLowerCase ? text.toLowerCase() : text)
    if (ids.length <= frame.length) return []
    if (ids.length <= model.maxTokens || last === undefined) return ids.slice(0, model.maxTokens)
    return [...ids.slice(0, model.maxTokens - 1), last]
  }
}

/** One vector a text where the model offers it, else a vector per token. */
function outputOf({ outputNames }: InferenceSession, { space }: OnnxModel): string {
  const wanted = ['sentence_embedding', 'embedding', 'last_hidden_state', 'token_embeddings']
  const found = wanted.find((name) => outputNames.includes(name)) ?? outputNames[0]
  if (found !== undefined) return found
  throw new KithError('misconfigured', `The model "${space}" has no output. It is no text encoder.`)
}

/** Every input the model asks for: token ids, ones where there is a token, zeros for the kind. */
function feedsOf(
  session: InferenceSession,
  rows: readonly (readonly number[])[],
): Record<string, Tensor> {
  const length = Math.max(...rows.map((row) => row.length))
  const shape = [rows.length, length]
  const cells = rows.length * length
  const ids = new BigInt64Array(cells)
  const mask = new BigInt64Array(cells)
  for (const [n, row] of rows.entries()) {
    for (const [at, id] of row.entries()) ids[n * length + at] = BigInt(id)
    mask.fill(1n, n * length, n * length + row.length)
  }
  const feeds: Record<string, Tensor> = {}
  for (const name of session.inputNames) {
    if (name === 'mask') feeds[name] = new Tensor('int32', Int32Array.from(mask, Number), shape)
    else if (name.includes('mask')) feeds[name] = new Tensor('int64', mask, shape)
    else if (name.includes('type'))
      feeds[name] = new Tensor('int64', new BigInt64Array(cells), shape)
    else feeds[name] = new Tensor('int64', ids, shape)
  }
  return feeds
}

function pool(
  { data, dims }: Tensor,
  row: number,
  tokens: number,
  pooling: OnnxModel['pooling'],
): Float32Array {
  const values = data as Float32Array
  const width = dims.at(-1) ?? 0
  if (dims.length === 2) return values.subarray(row * width, (row + 1) * width)
  const start = row * (dims[1] ?? 0) * width
  if (pooling === 'first') return values.subarray(start, start + width)
  const sum = new Float32Array(width)
  for (let at = start; at < start + tokens * width; at += width) {
    for (let d = 0; d < width; d++) sum[d] = (sum[d] ?? 0) + (values[at + d] ?? 0)
  }
  return sum
}
