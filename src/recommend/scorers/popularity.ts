/** Engagement of everybody, of all time or as it fades, as logarithms against the best here. */
import type { Scorer } from '../stage.ts'

export function popularity(): Scorer {
  return {
    name: 'popularity',
    score({ items, count }, _, { memory: { engagement } }, out) {
      for (let row = 0; row < count; row++) out[row] = engagement.total(items[row]!)
      toShareOfHighest(out, count)
    },
  }
}

/** What goes on right now; in an archive, what went on last. */
export function trend(): Scorer {
  return {
    name: 'trend',
    score({ items, count }, _, { memory: { engagement }, presentMs }, out) {
      for (let row = 0; row < count; row++) out[row] = engagement.trend(items[row]!, presentMs)
      toShareOfHighest(out, count)
    },
  }
}

function toShareOfHighest(out: Float32Array, count: number): void {
  let highest = 0
  for (let row = 0; row < count; row++) {
    out[row] = Math.log1p(Math.max(0, out[row]!))
    if (out[row]! > highest) highest = out[row]!
  }
  if (highest > 0) for (let row = 0; row < count; row++) out[row]! /= highest
}
