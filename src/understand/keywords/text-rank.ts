/**
 * TextRank (Mihalcea and Tarau 2004): PageRank over words that stand near one another,
 * r(w) = (1 − d) / n + d · Σ_v r(v) · m(v, w) / Σ_u m(v, u), with m how often two are within the window.
 */
const window = 4
const damping = 0.85
const rounds = 20

/** @returns for each word its rank; they sum to 1 */
export function rankWords(words: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const word of words) if (!places.has(word)) places.set(word, places.size)
  const count = places.size
  const links = linksOf(
    words.map((word) => places.get(word)!),
    count,
  )
  let ranks = new Float64Array(count).fill(1 / count)
  for (let round = 0; round < rounds; round++) ranks = nextRanks(ranks, links)
  return new Map([...places].map(([word, place]) => [word, ranks[place]!]))
}

/** The words beside each, and how often. */
interface Links {
  readonly beside: Int32Array
  readonly times: Float64Array
  readonly total: number
}

function nextRanks(ranks: Float64Array, links: readonly Links[]): Float64Array<ArrayBuffer> {
  const next = new Float64Array(ranks.length)
  let left = 1
  for (const [place, { beside, times, total }] of links.entries()) {
    if (total === 0) continue
    const given = damping * ranks[place]!
    left -= given
    for (let at = 0; at < beside.length; at++) {
      next[beside[at]!]! += (given * times[at]!) / total
    }
  }
  // What lone words and the damping leave goes to all alike.
  for (let place = 0; place < next.length; place++) next[place]! += left / next.length
  return next
}

function linksOf(words: readonly number[], count: number): Links[] {
  const found = Array.from({ length: count }, () => new Map<number, number>())
  const link = (from: number, to: number): void => {
    found[from]!.set(to, (found[from]!.get(to) ?? 0) + 1)
  }
  for (const [place, word] of words.entries()) {
    const end = Math.min(words.length, place + 1 + window)
    for (let other = place + 1; other < end; other++) {
      if (words[other] === word) continue
      link(word, words[other]!)
      link(words[other]!, word)
    }
  }
  return found.map((beside) => {
    const times = Float64Array.from(beside.values())
    const total = times.reduce((sum, one) => sum + one, 0)
    return { beside: Int32Array.from(beside.keys()), times, total }
  })
}
