/**
 * p(word of one language | word of the other), learned from translations: IBM model 1 (Brown et al.,
 * Computational Linguistics 1993, §4.1) by expectation–maximisation, with an empty word that
 * explains what has no counterpart.
 */
import type { FitContext } from '../trainer.ts'

/** A text and its translation, each as its words in order. */
export interface WordPair {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** Counts as so many. */
  readonly weight: number
}

export interface WordSharesOptions {
  readonly rounds: number
  /** Translations kept of a word, and the least share that is kept. */
  readonly kept: number
  readonly leastShare: number
}

export interface WordShare {
  readonly word: string
  /** p(word | the word that it translates), over 0, at most 1. */
  readonly share: number
}

/** The number of the empty word. */
const nothing = 0

/** The likeliest translations of each word of the first side, likeliest first. */
export function learnWordShares(
  pairs: readonly WordPair[],
  { rounds, kept, leastShare }: WordSharesOptions,
  { report, signal }: Pick<FitContext, 'report' | 'signal'> = {},
): Map<string, WordShare[]> {
  const [from, to] = [new Numbering(), new Numbering()]
  const table = tableOf(
    pairs.map((pair) => ({
      weight: pair.weight,
      from: [nothing, ...pair.from.map((word) => 1 + from.of(word))],
      to: pair.to.map((word) => to.of(word)),
    })),
    1 + from.names.length,
  )
  for (let round = 1; round <= rounds; round++) {
    signal?.throwIfAborted()
    const likelihood = step(table)
    report?.('log-likelihood', round, likelihood)
  }
  const found = new Map<string, WordShare[]>()
  for (const [number, word] of from.names.entries()) {
    const list = [...table.rows[1 + number]!]
      .map(([target, cell]) => ({ word: to.names[target]!, share: table.shares[cell]! }))
      .filter(({ share }) => share >= leastShare)
      .sort((a, b) => b.share - a.share)
      .slice(0, kept)
    if (list.length > 0) found.set(word, list)
  }
  return found
}

interface Coded {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly weight: number
}

/** One cell for every two words that stand beside each other somewhere. */
interface Table {
  readonly pairs: readonly Coded[]
  /** By number of the first word: the cell of each second word. */
  readonly rows: readonly Map<number, number>[]
  /** The cells of all pairs in order: for each second word, one for each first word. */
  readonly places: Int32Array
  /** [cells] p(second | first); all alike at first. */
  readonly shares: Float64Array
}

function tableOf(pairs: readonly Coded[], words: number): Table {
  const rows = Array.from({ length: words }, () => new Map<number, number>())
  const places = new Int32Array(
    pairs.reduce((sum, { from, to }) => sum + from.length * to.length, 0),
  )
  let cells = 0
  let at = 0
  for (const { from, to } of pairs) {
    for (const target of to) {
      for (const word of from) {
        const row = rows[word]!
        let cell = row.get(target)
        if (cell === undefined) {
          cell = cells++
          row.set(target, cell)
        }
        places[at++] = cell
      }
    }
  }
  return { pairs, rows, places, shares: new Float64Array(cells).fill(1) }
}

/** One round: each second word is shared out among the first words beside it. Returns log p of all. */
function step({ pairs, rows, places, shares }: Table): number {
  const counts = new Float64Array(shares.length)
  let likelihood = 0
  let start = 0
  for (const { from, to, weight } of pairs) {
    for (let n = 0; n < to.length; n++) {
      const end = start + from.length
      let sum = 0
      for (let at = start; at < end; at++) sum += shares[places[at]!]!
      for (let at = start; at < end; at++) {
        counts[places[at]!]! += (weight * shares[places[at]!]!) / sum
      }
      likelihood += weight * Math.log(sum / from.length)
      start = end
    }
  }
  for (const row of rows) {
    let sum = 0
    for (const cell of row.values()) sum += counts[cell]!
    // A word that explains nothing any more has nothing to share out.
    for (const cell of row.values()) shares[cell] = counts[cell]! / (sum || 1)
  }
  return likelihood
}

class Numbering {
  readonly #numbers = new Map<string, number>()
  readonly names: string[] = []

  of(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}
