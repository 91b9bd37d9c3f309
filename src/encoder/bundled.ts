/** The encoder that needs nothing but npm: one model for Chinese, one for all other languages. */
import type { Log } from '../log.ts'
import type { Encoder } from './encoder.ts'
import { createModelEncoder } from './model-encoder.ts'
import type { OnnxModel } from './onnx-model.ts'
import { createOnnxPool, type OnnxPool } from './onnx-pool.ts'
import { bgeSmallZh, locate, miniLm } from './weights.ts'

export interface BundledOptions {
  readonly log: Log
  /** Worker threads in all, shared evenly by the two models; at least one each. Default 2. */
  readonly threads?: number
  /** Texts that may wait for each model. */
  readonly queueLimit?: number
}

/**
 * @throws KithError `unavailable` when a model's package is not installed, `misconfigured` when its
 * files are not those that were checked
 */
export async function openBundledEncoder(options: BundledOptions): Promise<Encoder> {
  const { log, threads = 2, queueLimit } = options
  const workers = Math.max(1, Math.floor(threads / 2))
  const open = (model: OnnxModel): OnnxPool => createOnnxPool({ model, log, workers, queueLimit })
  const latin = open(locate(miniLm))
  const chinese = open(locate(bgeSmallZh))
  const encoder = createModelEncoder({
    name: 'bundled',
    sources: [latin, chinese],
    choose: (text) => (isChinese(text) ? chinese : latin),
  })
  try {
    await Promise.all([latin.ready(), chinese.ready()])
  } catch (error) {
    await encoder.close()
    throw error
  }
  return encoder
}

/** One of the two models by itself, whatever the script of a text. @throws as `openBundledEncoder` */
export async function openBundledModel(
  which: 'chinese' | 'latin',
  { log, threads = 1, queueLimit }: BundledOptions,
): Promise<Encoder> {
  const model = locate(which === 'chinese' ? bgeSmallZh : miniLm)
  const pool = createOnnxPool({ model, log, workers: threads, queueLimit })
  const encoder = createModelEncoder({ name: model.space, sources: [pool] })
  try {
    await pool.ready()
  } catch (error) {
    await encoder.close()
    throw error
  }
  return encoder
}

const han = /\p{Script=Han}/gu
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const letters = /\p{L}/gu

/**
 * A Chinese character says about as much as a word, so a fifth of the letters is enough. Text with
 * Japanese kana goes there too: its characters are in that vocabulary, and not in the other.
 */
export function isChinese(text: string): boolean {
  const count = text.match(han)?.length ?? 0
  if (count === 0) return kana.test(text)
  return count >= 0.2 * (text.match(letters)?.length ?? 0)
}
