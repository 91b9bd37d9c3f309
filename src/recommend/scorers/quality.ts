/** How well made the text is, by the first measure that memory keeps. */
import type { Scorer } from '../stage.ts'

export function quality(): Scorer {
  return {
    name: 'quality',
    score({ items, count }, _, { memory }, out) {
      for (let row = 0; row < count; row++) out[row] = memory.items.qualityOf(items[row]!)
    },
  }
}
