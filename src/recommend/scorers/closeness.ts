/** How close the person is to the author by what passes between the two, both ways. */
import type { Scorer } from '../stage.ts'

export function closeness(): Scorer {
  return {
    name: 'closeness',
    score({ items, count }, { person }, { memory, interest, ties, nearness }, out) {
      if (person < 0) return
      const near = nearness()
      for (let row = 0; row < count; row++) {
        const by = memory.items.authorOf(items[row]!)
        // Where neither a tie nor anything done is known, nothing passes.
        const isKnown = by >= 0 && (ties.has(by) || (interest.authors.get(by) ?? 0) > 0)
        if (isKnown) out[row] = near.closeness(by)
      }
    },
  }
}
