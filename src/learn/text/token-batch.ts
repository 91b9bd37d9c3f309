/** Texts of a batch as an encoder's graph is fed: rows of the tables, padded to the longest. */
import type { Feeds } from '../../tensor/feeds.ts'
import {
  type EncoderForm,
  kindTable,
  positionTable,
  type TextNetwork,
  tensorOf,
  wordTable,
} from './text-network.ts'

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
  const { width } = network.form
  const places = tensorOf(network, positionTable).data
  const kind = tensorOf(network, kindTable).data
  const lengths = texts.map((text) => text.length)
  return padded(network.form, lengths, prefix, (n, rows) => {
    for (const [place, id] of texts[n]!.entries()) {
      const to = place * width
      const word = id * width
      for (let d = 0; d < width; d++) {
        rows[to + d] = words[word + d]! + places[to + d]! + kind[d]!
      }
    }
  })
}

/** Rows for a graph that begins above the first layer. @param texts [length × width] each */
export function hiddenRowsOf(form: EncoderForm, texts: readonly Float32Array[]): Feeds {
  const lengths = texts.map((text) => text.length / form.width)
  return padded(form, lengths, '', (n, rows) => rows.set(texts[n]!))
}

/** @param write the rows of one text */
function padded(
  { width, pooling }: EncoderForm,
  lengths: readonly number[],
  prefix: string,
  write: (n: number, rows: Float32Array) => void,
): Feeds {
  const length = Math.max(1, ...lengths)
  const rows = new Float32Array(lengths.length * length * width)
  const mask = new Float32Array(lengths.length * length)
  const shares = new Float32Array(lengths.length * length)
  for (const [n, own] of lengths.entries()) {
    const start = n * length
    if (pooling === 'first') shares[start] = 1
    else shares.fill(1 / own, start, start + own)
    mask.fill(1, start, start + own)
    write(n, rows.subarray(start * width, (start + own) * width))
  }
  return {
    [`${prefix}rows`]: { shape: [lengths.length, length, width], data: rows },
    [`${prefix}mask`]: { shape: [lengths.length, length], data: mask },
    [`${prefix}shares`]: { shape: [lengths.length, length], data: shares },
  }
}

interface RowOptions {
  readonly words?: Float32Array
  readonly prefix?: string
}
