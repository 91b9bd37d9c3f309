/** Vectors of texts by a network we own, forward only, in batches of like length. */
import { planBatches } from '../../math/plan-batches.ts'
import { openForward } from '../../tensor/forward.ts'
import { unitRows } from '../../tensor/operations/norms.ts'
import { encoderGraph, encoderInputs } from './encoder-graph.ts'
import { layersOf } from './layers.ts'
import type { TextNetwork } from './text-network.ts'
import { rowsOf } from './token-batch.ts'

export interface TextEncoder {
  readonly width: number
  /** [texts × width], each of length one unless it was asked otherwise */
  encode(texts: readonly string[], options?: TextEncoderRun): Promise<Float32Array>
  close(): Promise<void>
}

interface TextEncoderRun {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number) => void) | undefined
}

export interface TextEncoderOptions {
  /** Of ONNX Runtime. Default: 1. */
  readonly threads?: number | undefined
  /** Padded tokens of one run. Default: 2048. */
  readonly batchTokens?: number | undefined
  /** False: vectors as the network gives them, of any length. Default: true. */
  readonly isUnit?: boolean | undefined
  /** Longer texts are cut; at most what the network takes, which is the default. */
  readonly maxTokens?: number | undefined
}

export async function openTextEncoder(
  network: TextNetwork,
  options: TextEncoderOptions = {},
): Promise<TextEncoder> {
  const { form, vocabulary } = network
  const { threads, batchTokens = 2_048, isUnit = true, maxTokens = form.maxTokens } = options
  const inputs = encoderInputs(form)
  const { pooled } = encoderGraph(form, layersOf(network, { kind: 'head' }), inputs)
  const vectors = isUnit ? unitRows(pooled) : pooled
  const limit = Math.min(maxTokens, form.maxTokens)
  const forward = await openForward({ vectors }, { parameters: {}, threads })
  return {
    width: form.width,
    async encode(texts, { signal, onProgress } = {}) {
      const tokens = texts.map((text) => vocabulary.encode(text, limit))
      const vectors = new Float32Array(texts.length * form.width)
      let done = 0
      const lengths = tokens.map(({ length }) => length)
      for (const batch of planBatches(lengths, batchTokens)) {
        signal?.throwIfAborted()
        const some = batch.map((n) => tokens[n]!)
        const { vectors: found } = await forward.run(rowsOf(network, some))
        const data = found!.data as Float32Array
        for (const [at, n] of batch.entries()) {
          vectors.set(data.subarray(at * form.width, (at + 1) * form.width), n * form.width)
        }
        done += batch.length
        onProgress?.(done)
      }
      return vectors
    },
    close: forward.close,
  }
}
