/**
 * The bundled weights as plain tensors, named as Hugging Face's BertModel names them, in floats: for
 * whoever computes with them outside an encoder (training, pruning, export).
 */
import { KithError } from '../errors.ts'
import { type Initializer, readInitializers } from '../tensor/read-onnx.ts'
import { floatsOf, readSafetensors } from '../tensor/safetensors.ts'
import { readModelFile } from './model-file.ts'
import { bgeSmallZh, locate, miniLm } from './weights.ts'

export type BundledTensors = Readonly<Record<string, FloatTensor>>

export interface FloatTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** @throws KithError `unavailable` when the package is missing, `misconfigured` when a byte differs */
export function miniLmTensors(): BundledTensors {
  const stored = readSafetensors(readModelFile(locate(miniLm).weights))
  const floats = [...stored].flatMap(([name, tensor]) =>
    tensor.type.includes('F') ? [[name, { shape: tensor.shape, data: floatsOf(tensor) }]] : [],
  )
  return Object.fromEntries(floats)
}

const bgeLayers = 4
/** Ours beside the exporter's: matrices, then vectors. */
const bgeMatrices = {
  'attention.self.query': 'attn.q_proj',
  'attention.self.key': 'attn.k_proj',
  'attention.self.value': 'attn.v_proj',
  'attention.output.dense': 'attn.o_proj',
  'intermediate.dense': 'mlp.fc1',
  'output.dense': 'mlp.fc2',
} as const
const bgeNorms = {
  'attention.output.LayerNorm': 'attention_output_norm_layernorm',
  'output.LayerNorm': 'mlp_output_norm_layernorm',
} as const

/** Its eight-bit weights times their scales. @throws as `miniLmTensors` */
export function bgeTensors(): BundledTensors {
  const stored = readInitializers(readModelFile(locate(bgeSmallZh).weights))
  const tensors: Record<string, FloatTensor> = {}
  for (const table of ['word', 'position', 'token_type'].map((name) => `${name}_embeddings`)) {
    tensors[`embeddings.${table}.weight`] = floatTensor(stored, `.model.embeddings.${table}.weight`)
  }
  takeNorm(tensors, stored, 'embeddings.LayerNorm', 'model.layers.-1.embeddings_norm_layernorm')
  for (let layer = 0; layer < bgeLayers; layer++) {
    const [ours, theirs] = [`encoder.layer.${layer}`, `model.layers.${layer}`]
    for (const [name, other] of Object.entries(bgeMatrices)) {
      const matrix = floatTensor(stored, `${theirs}.${other}.MatMul.weight`)
      tensors[`${ours}.${name}.weight`] = turned(matrix)
      tensors[`${ours}.${name}.bias`] = plain(stored, `${theirs}.${other}.Add.bias`)
    }
    for (const [name, other] of Object.entries(bgeNorms)) {
      takeNorm(tensors, stored, `${ours}.${name}`, `${theirs}.${other}`)
    }
  }
  return tensors
}

function takeNorm(
  into: Record<string, FloatTensor>,
  stored: ReadonlyMap<string, Initializer>,
  name: string,
  other: string,
): void {
  for (const part of ['weight', 'bias']) {
    into[`${name}.${part}`] = plain(stored, `${other}.${part}`)
  }
}

function named(stored: ReadonlyMap<string, Initializer>, name: string): Initializer {
  const found = stored.get(name)
  if (found) return found
  throw new KithError(
    'misconfigured',
    `The bundled Chinese model has no tensor "${name}". Run "npm ci" again.`,
  )
}

function plain(stored: ReadonlyMap<string, Initializer>, name: string): FloatTensor {
  const { shape, data } = named(stored, name)
  return { shape, data: Float32Array.from(data as Float32Array) }
}

/** (q - zero) · scale, with one of each for the whole or for each column. */
function floatTensor(stored: ReadonlyMap<string, Initializer>, name: string): FloatTensor {
  const { shape, data } = named(stored, `${name}_quantized`)
  const scales = named(stored, `${name}_scale`).data as Float32Array
  const zeros = named(stored, `${name}_zero_point`).data as Int8Array | Uint8Array
  const columns = shape.at(-1) ?? 1
  const whole = data as Int8Array | Uint8Array
  const floats = new Float32Array(whole.length)
  for (let at = 0; at < whole.length; at++) {
    const column = at % columns
    const zero = zeros[zeros.length > 1 ? column : 0] ?? 0
    floats[at] = ((whole[at] ?? 0) - zero) * (scales[scales.length > 1 ? column : 0] ?? 0)
  }
  return { shape, data: floats }
}

/** [inputs, outputs] → [outputs, inputs] */
function turned({ shape, data }: FloatTensor): FloatTensor {
  const [rows = 0, columns = 0] = shape
  const floats = new Float32Array(data.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      floats[column * rows + row] = data[row * columns + column] ?? 0
    }
  }
  return { shape: [columns, rows], data: floats }
}
