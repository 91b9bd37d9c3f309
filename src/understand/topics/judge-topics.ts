/** How good topics are: whether their words belong together, and whether two partitions agree. */

/**
 * Mean normalised pointwise mutual information of the words of each topic, over texts (Röder, Both
 * and Hinneburg 2015): 1 when they are always together, 0 when by chance, −1 when never.
 * @param texts words of each; better others than those the topics were learned from
 */
export function coherence(
  topics: readonly (readonly string[])[],
  texts: readonly (readonly string[])[],
): number {
  const asked = new Set(topics.flat())
  const textsOf = new Map<string, Set<number>>()
  for (const [place, text] of texts.entries()) {
    for (const word of text) {
      if (!asked.has(word)) continue
      const places = textsOf.get(word) ?? new Set()
      textsOf.set(word, places.add(place))
    }
  }
  const named = topics.filter((words) => words.length >= 2)
  const means = named.map((words) => mean(pairsOf(words).map(([a, b]) => togetherness(a, b))))

  function togetherness(a: string, b: string): number {
    const ofA = textsOf.get(a)
    const ofB = textsOf.get(b)
    const both = ofA && ofB ? [...ofA].filter((place) => ofB.has(place)).length : 0
    if (!ofA || !ofB || both === 0) return -1
    const share = both / texts.length
    if (share === 1) return 1
    return Math.log((both * texts.length) / (ofA.size * ofB.size)) / -Math.log(share)
  }
  return mean(means)
}

/** Adjusted Rand index (Hubert and Arabie 1985): 1 for the same partition, 0 for agreement by chance. */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const cells = new Map<string, number>()
  const rows = new Map<number, number>()
  const columns = new Map<number, number>()
  for (let place = 0; place < a.length; place++) {
    const cell = `${a[place]} ${b[place]}`
    cells.set(cell, (cells.get(cell) ?? 0) + 1)
    rows.set(a[place]!, (rows.get(a[place]!) ?? 0) + 1)
    columns.set(b[place]!, (columns.get(b[place]!) ?? 0) + 1)
  }
  const pairs = (counts: Map<unknown, number>) => {
    let sum = 0
    for (const count of counts.values()) sum += (count * (count - 1)) / 2
    return sum
  }
  const all = (a.length * (a.length - 1)) / 2
  const expected = (pairs(rows) * pairs(columns)) / Math.max(1, all)
  const most = (pairs(rows) + pairs(columns)) / 2
  return most === expected ? 1 : (pairs(cells) - expected) / (most - expected)
}

function pairsOf(words: readonly string[]): [string, string][] {
  return words.flatMap((a, place) => words.slice(place + 1).map((b): [string, string] => [a, b]))
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
