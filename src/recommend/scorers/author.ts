/** How the person stands to the author: a tie, and what they did with this author's items before. */
import type { Scorer } from '../stage.ts'

const tieShare = 0.6

export function author(): Scorer {
  return {
    name: 'author',
    score({ items, count }, { person }, { memory, interest, ties }, out) {
      if (person < 0) return
      for (let row = 0; row < count; row++) {
        const by = memory.items.authorOf(items[row]!)
        if (by < 0) continue
        const tie = ties.has(by) ? tieShare * (0.5 + memory.ties.weight(person, by) / 2) : 0
        out[row] = Math.min(1, tie + (interest.authors.get(by) ?? 0))
      }
    },
  }
}
