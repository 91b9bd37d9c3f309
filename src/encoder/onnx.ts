/** Any text encoder in a local folder, as Hugging Face lays them out: ONNX file, tokenizer, pooling. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { KithError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Encoder } from './encoder.ts'
import { createModelEncoder } from './model-encoder.ts'
import type { OnnxModel } from './onnx-model.ts'
import { createOnnxPool } from './onnx-pool.ts'

export interface OnnxOptions {
  readonly folder: string
  readonly log: Log
  readonly threads?: number
  /** Default: what `1_Pooling/config.json` says, else the mean. */
  readonly pooling?: OnnxModel['pooling']
  readonly maxTokens?: number
}

const poolingSchema = z.object({ pooling_mode_cls_token: z.boolean().default(false) })
const limitSchema = z.object({ max_seq_length: z.int().min(3).max(8_192) })
const defaultMaxTokens = 256
const batchTokens = 512

/**
 * @throws KithError `misconfigured` when the folder has no model or no tokenizer, or the model does
 * not load
 */
export async function openOnnxEncoder(options: OnnxOptions): Promise<Encoder> {
  const { folder, log, threads: workers = 1 } = options
  const model = await describe(options)
  const pool = createOnnxPool({ model, log, workers })
  const encoder = createModelEncoder({ name: `onnx ${basename(folder)}`, sources: [pool] })
  try {
    await pool.ready()
  } catch (error) {
    await encoder.close()
    throw error
  }
  return encoder
}

async function describe({ folder, pooling, maxTokens }: OnnxOptions): Promise<OnnxModel> {
  const weights = await findModel(folder)
  const tokenizer = join(folder, 'tokenizer.json')
  await access(tokenizer).catch((cause) => {
    throw misconfigured(folder, 'has no tokenizer.json', cause)
  })
  const pooled = await readJson(join(folder, '1_Pooling/config.json'), poolingSchema)
  const limit = await readJson(join(folder, 'sentence_bert_config.json'), limitSchema)
  const version = await fingerprint(weights)
  return {
    space: `${basename(folder)}@${version}`,
    weights: { path: weights },
    tokenizer: { path: tokenizer },
    needsLowerCase: false,
    pooling: pooling ?? (pooled?.pooling_mode_cls_token ? 'first' : 'mean'),
    maxTokens: maxTokens ?? limit?.max_seq_length ?? defaultMaxTokens,
    batchTokens,
  }
}

/** `model.onnx` before its smaller forms, the folder itself before `onnx/`. */
async function findModel(folder: string): Promise<string> {
  for (const place of [folder, join(folder, 'onnx')]) {
    const files = await readdir(place).catch(() => [])
    const models = files.filter((file) => /^model.*\.onnx$/.test(file)).sort()
    const chosen = models.find((file) => file === 'model.onnx') ?? models[0]
    if (chosen !== undefined) return join(place, chosen)
  }
  throw misconfigured(folder, 'has neither model.onnx nor onnx/model.onnx')
}

/** Another file in the same folder is another space: its vectors cannot be compared. */
async function fingerprint(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return hash.digest('hex').slice(0, 8)
}

async function readJson<Shape>(path: string, schema: z.ZodType<Shape>): Promise<Shape | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw misconfigured(path, 'is not of the form that Hugging Face writes', cause)
  }
}

function misconfigured(path: string, what: string, cause?: unknown): KithError {
  return new KithError(
    'misconfigured',
    `The encoder's ${path} ${what}. Put a model exported to ONNX and its tokenizer.json there, or set ENCODER=bundled.`,
    { cause },
  )
}
