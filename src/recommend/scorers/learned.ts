/** How much an item suits the person by what the serving model learnt from everybody. */
import type { Scorer } from '../stage.ts'

/** Counts from the first event on: before it, the circle speaks. */
const leastCertainty = 0.3

export function learned(): Scorer {
  return {
    name: 'learned',
    score({ items, count }, { person }, { learned: model, interest }, out) {
      if (!model?.score(person, items, count, out)) return
      let highest = 0
      for (let row = 0; row < count; row++) if (out[row]! > highest) highest = out[row]!
      const scale = highest > 0 ? Math.max(leastCertainty, interest.confidence) / highest : 0
      for (let row = 0; row < count; row++) out[row] = Math.max(0, out[row]!) * scale
    },
  }
}
