/**
 * g(E(u), c): what the present mood of the person says about an item. Calm and cheerful items rise for
 * the troubled, cheerful ones for the glad. It never lifts what is itself troubled, whatever the mood,
 * so sadness is not fed with sadness; and what people write whom the person knows is never pushed down.
 */
import { emotionsOf } from '../../domain/labels.ts'
import type { Scorer } from '../stage.ts'

/** For somebody glad, half as much as for somebody troubled: good spirits need no help. */
const gladShare = 0.5
const neutralShare = 0.5
const pushShare = 0.5

/** From -0.5 to 1; 0 where nothing is known of the person or the item. */
export function mood(): Scorer {
  return {
    name: 'mood',
    score({ items, count }, _, { memory, mood: feeling, ties }, out) {
      const { troubled = 0, glad = 0 } = feeling() ?? {}
      if (troubled === 0 && glad === 0) return
      for (let row = 0; row < count; row++) {
        const item = items[row]!
        const found = emotionsOf(memory.items.labelsOf(item))
        if (!found) continue
        const { joy, neutral } = found
        const trouble = found.anger + found.sadness + found.fear
        const lift = Math.max(0, joy + neutralShare * neutral - trouble)
        const push = ties.has(memory.items.authorOf(item)) ? 0 : pushShare * trouble
        out[row] = troubled * (lift - push) + gladShare * glad * Math.max(0, joy - trouble)
      }
    },
  }
}
