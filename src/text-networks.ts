/** The bundled encoders as networks that can be trained: their weights in the open. */
import { bgeTensors, miniLmTensors } from './encoder/bundled-tensors.ts'
import { readModelFile } from './encoder/model-file.ts'
import { bgeSmallZh, locate, miniLm } from './encoder/weights.ts'
import { KithError } from './errors.ts'
import type { EncoderForm, TextNetwork } from './learn/text/text-network.ts'
import { openVocabulary } from './learn/text/vocabulary.ts'

export const bundledNetworks = ['minilm', 'bge'] as const
export type BundledNetwork = (typeof bundledNetworks)[number]

const parts = {
  minilm: { model: miniLm, tensors: miniLmTensors, layers: 6, heads: 12 },
  bge: { model: bgeSmallZh, tensors: bgeTensors, layers: 4, heads: 8 },
} as const

/**
 * `minilm` for English, `bge` for Chinese; some 100 MB of floats.
 * @throws KithError `invalid-input` for another name, `unavailable` when the package is missing, `misconfigured` when a byte differs
 */
export function openBundledNetwork(name: string): TextNetwork {
  if (!isBundled(name)) {
    throw new KithError(
      'invalid-input',
      `There is no encoder "${name}"; there are: ${bundledNetworks.join(', ')}.`,
    )
  }
  const { model, tensors, layers, heads } = parts[name]
  const { width, pooling, maxTokens, needsLowerCase } = model
  const form: EncoderForm = { layers, heads, width, epsilon: 1e-12, pooling, maxTokens }
  const json: unknown = JSON.parse(readModelFile(locate(model).tokenizer).toString('utf8'))
  return {
    name,
    form,
    tensors: tensors(),
    vocabulary: openVocabulary(json, { needsLowerCase }),
  }
}

function isBundled(name: string): name is BundledNetwork {
  return bundledNetworks.some((one) => one === name)
}
