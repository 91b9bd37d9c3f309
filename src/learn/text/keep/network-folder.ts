/**
 * A network as a folder, laid out as Hugging Face lays them out: `ENCODER=onnx:FOLDER` opens it, other
 * tools do too, and `readNetwork` takes it up again for more training.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { KithError } from '../../../errors.ts'
import { floatsOf, readSafetensors, writeSafetensors } from '../../../tensor/safetensors.ts'
import { putFile } from '../../runs/put-file.ts'
import { positionTable, type TextNetwork, tensorOf } from '../text-network.ts'
import { openVocabulary } from '../vocabulary.ts'
import { onnxEncoder, type Precision } from './onnx-encoder.ts'

const files = {
  weights: 'model.safetensors',
  model: 'model.onnx',
  tokenizer: 'tokenizer.json',
  config: 'config.json',
  pooling: '1_Pooling/config.json',
  limit: 'sentence_bert_config.json',
} as const

export async function writeNetwork(
  folder: string,
  network: TextNetwork,
  { precision = 'float' }: { readonly precision?: Precision | undefined } = {},
): Promise<void> {
  await mkdir(join(folder, '1_Pooling'), { recursive: true })
  const put = (name: keyof typeof files, content: string | Uint8Array): Promise<void> =>
    putFile(join(folder, files[name]), content)
  await put('weights', writeSafetensors(network.tensors, { format: 'pt' }))
  await put('tokenizer', JSON.stringify(network.vocabulary.json))
  await put('config', JSON.stringify(configOf(network), undefined, 2))
  const { pooling, width, maxTokens } = network.form
  const pooled = {
    word_embedding_dimension: width,
    pooling_mode_cls_token: pooling === 'first',
    pooling_mode_mean_tokens: pooling === 'mean',
  }
  await put('pooling', JSON.stringify(pooled, undefined, 2))
  await put('limit', JSON.stringify({ max_seq_length: maxTokens, do_lower_case: false }))
  // Last: a folder with a model is complete.
  await put('model', onnxEncoder(network, precision))
}

function configOf(network: TextNetwork): z.infer<typeof configSchema> {
  const { layers, heads, width, epsilon } = network.form
  const [positions] = tensorOf(network, positionTable).shape
  const [wide] = tensorOf(network, 'encoder.layer.0.intermediate.dense.weight').shape
  return {
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_act: 'gelu',
    hidden_size: width,
    intermediate_size: wide!,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    layer_norm_eps: epsilon,
    max_position_embeddings: positions!,
    type_vocab_size: 2,
    vocab_size: network.vocabulary.size,
  }
}

const count = z.int().min(1)
const configSchema = z.looseObject({
  model_type: z.literal('bert'),
  hidden_act: z.literal('gelu'),
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  layer_norm_eps: z.number().positive(),
  max_position_embeddings: count,
})
const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().default(false) })
const limitSchema = z.looseObject({ max_seq_length: z.int().min(3) })

/** @throws KithError `invalid-input` when it is no folder of a BERT encoder with open weights */
export async function readNetwork(folder: string): Promise<TextNetwork> {
  const config = await jsonOf(folder, files.config, configSchema)
  const pooling = await jsonOf(folder, files.pooling, poolingSchema)
  const { max_seq_length: maxTokens } = await jsonOf(folder, files.limit, limitSchema)
  const stored = readSafetensors(await bytesOf(folder, files.weights))
  const tensors = [...stored].map(([path, tensor]) => [
    path,
    { shape: tensor.shape, data: floatsOf(tensor) },
  ])
  return {
    name: basename(folder),
    form: {
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      width: config.hidden_size,
      epsilon: config.layer_norm_eps,
      pooling: pooling.pooling_mode_cls_token ? 'first' : 'mean',
      maxTokens: Math.min(maxTokens, config.max_position_embeddings),
    },
    tensors: Object.fromEntries(tensors),
    vocabulary: openVocabulary(await jsonOf(folder, files.tokenizer, z.unknown())),
  }
}

async function bytesOf(folder: string, name: string): Promise<Uint8Array> {
  return readFile(join(folder, name)).catch((cause: unknown) => {
    throw refused(`The folder ${folder} has no ${name} that can be read`, cause)
  })
}

async function jsonOf<Schema extends z.ZodType>(
  folder: string,
  name: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const bytes = await bytesOf(folder, name)
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (cause) {
    throw refused(`${join(folder, name)} is not of a BERT encoder with GELU`, cause)
  }
}

function refused(reason: string, cause: unknown): KithError {
  return new KithError(
    'invalid-input',
    `${reason}. Give a folder that \`kith train encoder\` wrote.`,
    { cause },
  )
}
