/**
 * TextRank (Mihalcea and Tarau 2004): PageRank over words that stand near one another,
 * r(w) = (1 − d) / n + d · Σ_v r(v) · m(v, w) / Σ_u m(v, u), with m how often two are within the window.
 */
const window = 4
const damping = 0.85
const rounds = 20

/** @returns for each word its rank; they sum to 1 */
export function rankWords(words: readonly string[]): Map<string, number> {
  const neighbours = neighboursOf(words)
  const count = neighbours.size
  let ranks = new Map<string, number>()
  for (const word of neighbours.keys()) ranks.set(word, 1 / count)
  for (let round = 0; round < rounds; round++) {
    const next = new Map<string, number>()
    let left = 1
    for (const [word, beside] of neighbours) {
      const total = sum(beside.values())
      if (total === 0) continue
      const given = damping * ranks.get(word)!
      left -= given
      for (const [other, times] of beside) {
        next.set(other, (next.get(other) ?? 0) + (given * times) / total)
      }
    }
    // What lone words and the damping leave goes to all alike.
    for (const word of neighbours.keys()) next.set(word, (next.get(word) ?? 0) + left / count)
    ranks = next
  }
  return ranks
}

function neighboursOf(words: readonly string[]): Map<string, Map<string, number>> {
  const neighbours = new Map<string, Map<string, number>>()
  for (const word of words) if (!neighbours.has(word)) neighbours.set(word, new Map())
  const link = (from: string, to: string) => {
    const beside = neighbours.get(from)!
    beside.set(to, (beside.get(to) ?? 0) + 1)
  }
  for (const [place, word] of words.entries()) {
    for (const other of words.slice(place + 1, place + 1 + window)) {
      if (other === word) continue
      link(word, other)
      link(other, word)
    }
  }
  return neighbours
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
