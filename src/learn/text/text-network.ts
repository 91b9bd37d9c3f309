/**
 * A text encoder that we own: its form, its weights in the open, its vocabulary. Everything here
 * (training, merging, pruning, export) takes one and gives another; none is ever changed.
 */
import { KithError } from '../../errors.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface TextNetwork {
  /** As it is opened again, for example `minilm`; for reports and folders too. */
  readonly name: string
  readonly form: EncoderForm
  /** Named and laid out as by Hugging Face's BertModel: matrices are [outputs, inputs]. */
  readonly tensors: NetworkTensors
  readonly vocabulary: Vocabulary
}

export type NetworkTensors = Readonly<Record<string, NetworkTensor>>

export interface NetworkTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** BERT (Devlin et al. 2019): norms after the additions, GELU between. */
export interface EncoderForm {
  readonly layers: number
  readonly heads: number
  readonly width: number
  /** Of the norms. */
  readonly epsilon: number
  /** How one vector is made of a vector per token. */
  readonly pooling: 'mean' | 'first'
  /** Longer texts are cut. */
  readonly maxTokens: number
}

export const wordTable = 'embeddings.word_embeddings.weight'
export const positionTable = 'embeddings.position_embeddings.weight'
export const kindTable = 'embeddings.token_type_embeddings.weight'

/** @throws KithError `invalid-input` when the weights have no such tensor */
export function tensorOf({ name, tensors }: TextNetwork, path: string): NetworkTensor {
  const found = tensors[path]
  if (found) return found
  throw new KithError(
    'invalid-input',
    `The weights of "${name}" have no tensor "${path}": they are not of this form of encoder.`,
  )
}
