/** ONNX Runtime by itself, in this thread, on a network written as a standard ONNX model. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { onnxEncoder, type Precision } from '../../src/learn/text/keep/onnx-encoder.ts'
import type { TextNetwork } from '../../src/learn/text/text-network.ts'

export interface Alone {
  /** Of the model, with its weights. */
  readonly bytes: number
  /** [texts × width], each of length one */
  encode(tokens: readonly Int32Array[]): Promise<Float32Array>
  close(): Promise<void>
}

export async function openAlone(
  network: TextNetwork,
  precision: Precision,
  threads: number,
): Promise<Alone> {
  const model = onnxEncoder(network, precision)
  const session = await InferenceSession.create(model, { intraOpNumThreads: threads })
  return {
    bytes: model.length,
    async encode(tokens) {
      const { sentence_embedding } = await session.run(feedsOf(tokens), ['sentence_embedding'])
      return sentence_embedding?.data as Float32Array
    },
    close: () => session.release(),
  }
}

function feedsOf(tokens: readonly Int32Array[]): Record<string, Tensor> {
  const length = Math.max(...tokens.map((text) => text.length))
  const empty = (): BigInt64Array => new BigInt64Array(tokens.length * length)
  const [ids, mask, kinds] = [empty(), empty(), empty()]
  for (const [row, text] of tokens.entries()) {
    for (const [place, id] of text.entries()) {
      ids[row * length + place] = BigInt(id)
      mask[row * length + place] = 1n
    }
  }
  const tensor = (data: BigInt64Array): Tensor => {
    return new Tensor('int64', data, [tokens.length, length])
  }
  return {
    input_ids: tensor(ids),
    attention_mask: tensor(mask),
    token_type_ids: tensor(kinds),
  }
}
