/**
 * What a list of k is worth. R is the set of the person's relevant items, hit(r) is 1 when the item at rank r
 * (from 1) is in R. Means are over people with at least one relevant item.
 */

export const listMetricNames = ['recall', 'precision', 'ndcg', 'hr', 'mrr', 'map'] as const
export type ListMetricName = (typeof listMetricNames)[number]

/** `hits[r - 1]` is hit(r); `relevant` is |R|. */
export type ListMetric = (hits: Uint8Array, k: number, relevant: number) => number

export const listMetrics: Readonly<Record<ListMetricName, ListMetric>> = {
  /** Σ_{r ≤ k} hit(r) / |R| */
  recall: (hits, k, relevant) => count(hits, k) / relevant,
  /** Σ_{r ≤ k} hit(r) / k, for a list that has ended too */
  precision: (hits, k) => count(hits, k) / k,
  /** Σ_{r ≤ k} hit(r) / log2(r + 1), divided by the same sum for min(|R|, k) hits at the top */
  ndcg: (hits, k, relevant) => discounted(hits, k) / idealGain(Math.min(relevant, k)),
  /** 1 when there is a hit among the first k */
  hr: (hits, k) => (count(hits, k) > 0 ? 1 : 0),
  /** 1 / rank of the first hit, 0 without one */
  mrr: (hits, k) => {
    const first = hits.subarray(0, k).indexOf(1)
    return first < 0 ? 0 : 1 / (first + 1)
  },
  /** Σ_{r ≤ k} hit(r) · precision(r) / min(|R|, k) */
  map: (hits, k, relevant) => {
    let found = 0
    let sum = 0
    for (let place = 0; place < Math.min(k, hits.length); place++) {
      if (!hits[place]) continue
      found += 1
      sum += found / (place + 1)
    }
    return sum / Math.min(relevant, k)
  },
}

function count(hits: Uint8Array, k: number): number {
  let sum = 0
  for (let place = 0; place < Math.min(k, hits.length); place++) sum += hits[place]!
  return sum
}

function discounted(hits: Uint8Array, k: number): number {
  let sum = 0
  for (let place = 0; place < Math.min(k, hits.length); place++) {
    if (hits[place]) sum += 1 / Math.log2(place + 2)
  }
  return sum
}

function idealGain(length: number): number {
  let sum = 0
  for (let place = 0; place < length; place++) sum += 1 / Math.log2(place + 2)
  return sum
}

/**
 * How often a relevant item scores above another one, equals counting half: the area under the ROC curve
 * (Hanley & McNeil 1982). NaN with none of either; a score of NaN counts as the lowest.
 */
export function auc(relevant: Float32Array, others: Float32Array): number {
  const low = lowestFirst(relevant)
  const rest = lowestFirst(others)
  let wins = 0
  let below = 0
  let notAbove = 0
  for (const score of low) {
    while (below < rest.length && rest[below]! < score) below += 1
    while (notAbove < rest.length && rest[notAbove]! <= score) notAbove += 1
    wins += (below + notAbove) / 2
  }
  return wins / (low.length * rest.length)
}

function lowestFirst(scores: Float32Array): Float32Array {
  return scores.map((score) => (Number.isNaN(score) ? -Infinity : score)).sort()
}

/** Share of the catalogue that appears in at least one list. @param shown [items] times each was listed */
export function coverage(shown: ArrayLike<number>): number {
  let seen = 0
  for (let item = 0; item < shown.length; item++) if (shown[item]! > 0) seen += 1
  return shown.length === 0 ? 0 : seen / shown.length
}

/**
 * How unequally places are given to items: 0 = all alike, towards 1 = all to one.
 * Σ_i (2i - n - 1) x_i / (n Σ x), x ascending, i from 1 to n.
 */
export function gini(shown: ArrayLike<number>): number {
  const sorted = Float64Array.from(shown).sort()
  let weighted = 0
  let total = 0
  for (let place = 0; place < sorted.length; place++) {
    weighted += (2 * (place + 1) - sorted.length - 1) * sorted[place]!
    total += sorted[place]!
  }
  return total === 0 ? 0 : weighted / (sorted.length * total)
}

/**
 * Mean surprise of a listed item, in bits: -log2 of the share of people who know it from the
 * training part, (people with it + 1) / (people + 1) so that an unknown item stays finite.
 */
export function novelty(
  shown: ArrayLike<number>,
  popularity: ArrayLike<number>,
  people: number,
): number {
  let bits = 0
  let total = 0
  for (let item = 0; item < shown.length; item++) {
    if (shown[item] === 0) continue
    bits -= shown[item]! * Math.log2((popularity[item]! + 1) / (people + 1))
    total += shown[item]!
  }
  return total === 0 ? 0 : bits / total
}
