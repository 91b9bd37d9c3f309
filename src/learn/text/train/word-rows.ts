/**
 * The table of words as something that learns: it is too large for a graph, and a batch touches few
 * of its rows, so the graph gives back the slopes of the rows it was fed, and AdamW moves them here.
 * Moments of untouched rows rest (as in "lazy" Adam): a rare word moves as far as a frequent one.
 */
import type { Beside } from '../../course.ts'

export interface WordRows extends Beside {
  /** [size × width], changed by `learn` */
  readonly table: Float32Array
  /**
   * @param texts ids of each text of the batch
   * @param slopes [texts × length × width] the loss by each fed row
   */
  learn(texts: readonly Int32Array[], slopes: Float32Array, rate: number): void
}

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8]

/** @param name of the table among parameters @param given copied */
export function createWordRows(name: string, given: Float32Array, width: number): WordRows {
  const table = given.slice()
  const means = new Float32Array(table.length)
  const squares = new Float32Array(table.length)
  const steps = new Float32Array(table.length / width)

  function move(row: number, slope: Float32Array, rate: number): void {
    const step = ++steps[row]!
    const toMean = 1 / (1 - beta1 ** step)
    const toSquare = 1 / (1 - beta2 ** step)
    for (let d = 0; d < width; d++) {
      const at = row * width + d
      means[at] = beta1 * means[at]! + (1 - beta1) * slope[d]!
      squares[at] = beta2 * squares[at]! + (1 - beta2) * slope[d]! ** 2
      const deviation = Math.sqrt(squares[at]! * toSquare) + epsilon
      table[at]! -= (rate * means[at]! * toMean) / deviation
    }
  }

  return {
    table,
    learn(texts, slopes, rate) {
      for (const [row, slope] of sumsByWord(texts, slopes, width)) move(row, slope, rate)
    },
    parameters: () => ({ [name]: table.slice() }),
    save: () => ({ table, means, squares, steps }),
    load(tensors) {
      for (const [key, into] of Object.entries({ table, means, squares, steps })) {
        into.set(tensors[key]!)
      }
    },
  }
}

function sumsByWord(
  texts: readonly Int32Array[],
  slopes: Float32Array,
  width: number,
): Map<number, Float32Array> {
  const length = slopes.length / width / Math.max(1, texts.length)
  const sums = new Map<number, Float32Array>()
  for (const [n, text] of texts.entries()) {
    for (const [place, id] of text.entries()) {
      const sum = sums.get(id) ?? new Float32Array(width)
      sums.set(id, sum)
      const at = (n * length + place) * width
      for (let d = 0; d < width; d++) sum[d]! += slopes[at + d]!
    }
  }
  return sums
}
