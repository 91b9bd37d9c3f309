/** Texts of a batch as an encoder's graph is fed: rows of the tables, padded to the longest. */
import type { Feeds } from '../../tensor/feeds.ts'
import { kindTable, positionTable, type TextNetwork, tensorOf, wordTable } from './text-network.ts'

/**
 * Word + place + kind of each token; zeros where there is none.
 * @param words the table of words, [size × width]; by default the network's own
 * @param prefix of the names of `encoderInputs`
 */
export function rowsOf(
  network: TextNetwork,
  texts: readonly Int32Array[],
  { words = tensorOf(network, wordTable).data, prefix = '' }: RowOptions = {},
): Feeds {
  const { width, pooling } = network.form
  const places = tensorOf(network, positionTable).data
  const kind = tensorOf(network, kindTable).data
  const length = Math.max(1, ...texts.map((text) => text.length))
  const rows = new Float32Array(texts.length * length * width)
  const mask = new Float32Array(texts.length * length)
  const shares = new Float32Array(texts.length * length)
  for (const [n, text] of texts.entries()) {
    if (pooling === 'first') shares[n * length] = 1
    else shares.fill(1 / text.length, n * length, n * length + text.length)
    mask.fill(1, n * length, n * length + text.length)
    for (const [place, id] of text.entries()) {
      const to = (n * length + place) * width
      const [word, at] = [id * width, place * width]
      for (let d = 0; d < width; d++) {
        rows[to + d] = words[word + d]! + places[at + d]! + kind[d]!
      }
    }
  }
  return {
    [`${prefix}rows`]: { shape: [texts.length, length, width], data: rows },
    [`${prefix}mask`]: { shape: [texts.length, length], data: mask },
    [`${prefix}shares`]: { shape: [texts.length, length], data: shares },
  }
}

interface RowOptions {
  readonly words?: Float32Array
  readonly prefix?: string
}
