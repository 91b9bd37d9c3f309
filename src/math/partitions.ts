/** How good a partition of a graph is, and how alike two partitions are. */
import type { Graph } from './graph.ts'

/** Q = Σ_c [ inside_c / 2m - γ (strength_c / 2m)² ] (Newman 2006); 0 without edges. */
export function modularity(
  { size, starts, neighbours, weights }: Graph,
  communities: Int32Array,
  resolution = 1,
): number {
  const strengths = new Map<number, number>()
  let inside = 0
  let total = 0
  for (let node = 0; node < size; node++) {
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      const own = communities[node]!
      strengths.set(own, (strengths.get(own) ?? 0) + weights[place]!)
      total += weights[place]!
      if (communities[neighbours[place]!] === own) inside += weights[place]!
    }
  }
  if (total === 0) return 0
  let expected = 0
  for (const strength of strengths.values()) expected += (strength / total) ** 2
  return inside / total - resolution * expected
}

/** 2 I(A; B) / (H(A) + H(B)), from 0 to 1; 1 when neither parts anything. */
export function normalisedMutualInformation(a: Int32Array, b: Int32Array): number {
  const { rows, columns, cells } = contingency(a, b)
  const n = a.length
  const entropy = (counts: Iterable<number>): number => {
    let sum = 0
    for (const count of counts) sum -= (count / n) * Math.log(count / n)
    return sum
  }
  const [ofA, ofB] = [entropy(rows.values()), entropy(columns.values())]
  if (ofA + ofB === 0) return 1
  return (2 * (ofA + ofB - entropy(cells.values()))) / (ofA + ofB)
}

/** Pairs that both keep together or apart, beyond chance (Hubert & Arabie 1985); 1 = the same. */
export function adjustedRandIndex(a: Int32Array, b: Int32Array): number {
  const { rows, columns, cells } = contingency(a, b)
  const pairs = (counts: Iterable<number>): number => {
    let sum = 0
    for (const count of counts) sum += (count * (count - 1)) / 2
    return sum
  }
  const [inA, inB, inBoth] = [rows, columns, cells].map((counts) => pairs(counts.values()))
  const expected = (inA! * inB!) / pairs([a.length])
  const most = (inA! + inB!) / 2
  return most === expected ? 1 : (inBoth! - expected) / (most - expected)
}

function contingency(a: Int32Array, b: Int32Array) {
  const rows = new Map<number, number>()
  const columns = new Map<number, number>()
  const cells = new Map<number, number>()
  const add = (counts: Map<number, number>, key: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (let node = 0; node < a.length; node++) {
    add(rows, a[node]!)
    add(columns, b[node]!)
    add(cells, a[node]! * 2 ** 26 + b[node]!)
  }
  return { rows, columns, cells }
}
