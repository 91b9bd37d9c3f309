/** Texts in, unit vectors out. This file is the contract; each other file is one way to keep it. */
import type { Embedding } from '../domain/embedding.ts'

export interface Encoder {
  /** Which one answers, for status and logs: `bundled`, `hashing (no model)`, `onnx my-model`. */
  readonly name: string
  /** Every space its embeddings may be in; a bilingual encoder may have one per script. */
  readonly spaces: readonly string[]
  /**
   * One embedding per text, in order; `undefined` for a text with nothing to encode (empty, only
   * white space). Long texts are cut at the model's limit.
   * @throws KithError `unavailable` when the queue is full or a server does not answer
   */
  encode(texts: readonly string[], options?: EncodeOptions): Promise<(Embedding | undefined)[]>
  close(): Promise<void>
}

export interface EncodeOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the number of texts done so far, of those given. */
  readonly onProgress?: ((done: number) => void) | undefined
}
