/** How angry or insulting the text is, as it was understood: 0 to 1, to subtract. */
import type { Scorer } from '../stage.ts'

export function outrage(): Scorer {
  return {
    name: 'outrage',
    score({ items, count }, _, { memory }, out) {
      for (let row = 0; row < count; row++) {
        const item = items[row]!
        const worst = Math.max(
          memory.items.labelOf(item, 'anger'),
          memory.items.labelOf(item, 'toxic'),
        )
        out[row] = Math.max(0, worst)
      }
    },
  }
}
