/**
 * No author floods the page: at most one item in any few consecutive, and few a page, as long as
 * there is somebody else to show.
 */
import { mostCandidates } from '../candidates.ts'
import type { Reranker } from '../stage.ts'

export interface SpacingOptions {
  /** One item of an author in any so many consecutive. */
  readonly apart: number
  readonly mostAPage: number
}

export function authorSpacing({ apart, mostAPage }: SpacingOptions): Reranker {
  const left = new Int32Array(mostCandidates)
  const authors = new Int32Array(mostCandidates)

  return {
    name: 'author-spacing',
    arrange(rows, { items }, { limit }, { memory }) {
      const arranged = rows.slice()
      let remaining = rows.length
      for (let place = 0; place < remaining; place++) {
        left[place] = rows[place]!
        authors[place] = memory.items.authorOf(items[rows[place]!]!)
      }
      const spacing = createSpacing(apart, mostAPage)
      for (let place = 0; place < Math.min(limit, rows.length); place++) {
        const next = spacing.choose(authors, remaining)
        spacing.note(authors[next]!)
        arranged[place] = left[next]!
        left.copyWithin(next, next + 1, remaining)
        authors.copyWithin(next, next + 1, remaining)
        remaining--
      }
      arranged.set(left.subarray(0, remaining), rows.length - remaining)
      return arranged
    },
  }
}

/** Remembers who stands on the page so far. An author of -1 is nobody and never in the way. */
function createSpacing(apart: number, mostAPage: number) {
  const recent: number[] = []
  const counts = new Map<number, number>()
  const full: number[] = []

  /** 3 meets both wishes, 2 that of distance, 1 that of number, 0 none. */
  function fitness(author: number): number {
    if (author < 0) return 3
    return (recent.includes(author) ? 0 : 2) + (full.includes(author) ? 0 : 1)
  }

  /** The first place of the highest fitness. */
  function choose(authors: Int32Array, count: number): number {
    let best = 0
    let highest = -1
    for (let place = 0; place < count && highest < 3; place++) {
      const fits = fitness(authors[place]!)
      if (fits <= highest) continue
      best = place
      highest = fits
    }
    return best
  }

  function note(author: number): void {
    recent.push(author)
    if (recent.length > apart - 1) recent.shift()
    if (author < 0) return
    const count = (counts.get(author) ?? 0) + 1
    counts.set(author, count)
    if (count === mostAPage) full.push(author)
  }

  return { choose, note }
}
