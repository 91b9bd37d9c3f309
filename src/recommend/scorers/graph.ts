/**
 * How near an item is to where the person stands in the social graph: their ties' vectors are gathered
 * into one, and compared with the item's (one layer of a graph network, inductive: nobody is stored).
 */
import type { Scorer } from '../stage.ts'

export function graph(): Scorer {
  return {
    name: 'graph',
    score({ items, count }, { person }, { learned: model }, out) {
      if (!model?.scoreByTies(person, items, count, out)) return
      let highest = 0
      for (let row = 0; row < count; row++) if (out[row]! > highest) highest = out[row]!
      const scale = highest > 0 ? 1 / highest : 0
      for (let row = 0; row < count; row++) out[row] = Math.max(0, out[row]!) * scale
    },
  }
}
