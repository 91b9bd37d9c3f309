/** Keeping a list of neighbours true while items come, change and go. */
import type { Vectors } from '../vectors/vectors.ts'
import type { Scored } from './memory.ts'

/** At most `k` neighbours of an item. */
export interface NearList {
  readonly found: Scored
  readonly k: number
  /** Every item whose cosine is greater is in the list; -Infinity when all items are. */
  readonly floor: number
}

export function nearList(found: Scored, k: number): NearList {
  return { found, k, floor: found.items.length < k ? -Infinity : (found.scores.at(-1) ?? Infinity) }
}

/**
 * The list with `fresh` items taken in by their cosines and items that left the index taken out. It
 * may come out shorter than `k`: who would have been next is not known.
 */
export function refreshed(
  item: number,
  { found: { items, scores }, k, floor }: NearList,
  fresh: Int32Array,
  index: Vectors,
): NearList {
  const cosines = new Float32Array(fresh.length)
  index.cosinesOfRow(item, fresh, fresh.length, cosines)
  const isFresh = new Set(fresh)
  if (isUntouched(items, isFresh, fresh, cosines, floor, index)) {
    return { found: { items, scores }, k, floor }
  }
  const kept: { item: number; score: number }[] = []
  for (const [place, other] of items.entries()) {
    if (index.has(other) && !isFresh.has(other)) kept.push({ item: other, score: scores[place]! })
  }
  for (const [place, other] of fresh.entries()) {
    const score = cosines[place]!
    if (index.has(other) && score >= floor) kept.push({ item: other, score })
  }
  kept.sort((a, b) => b.score - a.score || a.item - b.item)
  const isCut = kept.length > k
  kept.length = Math.min(kept.length, k)
  return {
    found: {
      items: Int32Array.from(kept, (neighbour) => neighbour.item),
      scores: Float32Array.from(kept, (neighbour) => neighbour.score),
    },
    k,
    floor: isCut ? kept.at(-1)!.score : floor,
  }
}

/** Nearly always: nothing that came is near enough, and nothing in the list changed or left. */
function isUntouched(
  items: Int32Array,
  isFresh: ReadonlySet<number>,
  fresh: Int32Array,
  cosines: Float32Array,
  floor: number,
  index: Vectors,
): boolean {
  for (let place = 0; place < fresh.length; place++) {
    if (cosines[place]! >= floor && index.has(fresh[place]!)) return false
  }
  for (const item of items) if (isFresh.has(item) || !index.has(item)) return false
  return true
}
