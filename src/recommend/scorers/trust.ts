/** How far the person may rely on the author: an own tie, and those whom ties are tied to. */
import type { Scorer } from '../stage.ts'

export function trust(): Scorer {
  return {
    name: 'trust',
    score({ items, count }, { person }, { memory, nearness }, out) {
      if (person < 0) return
      const { trusts } = nearness()
      for (let row = 0; row < count; row++) {
        const by = memory.items.authorOf(items[row]!)
        if (by >= 0) out[row] = trusts[by]!
      }
    },
  }
}
