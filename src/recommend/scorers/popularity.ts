/** Engagement of everybody, of all time and now, on a scale of logarithms, against the best here. */
import { mostCandidates } from '../candidates.ts'
import type { Scorer } from '../stage.ts'

export function popularity(): Scorer {
  const now = new Float32Array(mostCandidates)
  return {
    name: 'popularity',
    score({ items, count }, _, { memory: { engagement }, presentMs }, out) {
      let highest = 0
      let highestNow = 0
      for (let row = 0; row < count; row++) {
        out[row] = Math.log1p(Math.max(0, engagement.total(items[row]!)))
        now[row] = Math.log1p(Math.max(0, engagement.trend(items[row]!, presentMs)))
        highest = Math.max(highest, out[row]!)
        highestNow = Math.max(highestNow, now[row]!)
      }
      for (let row = 0; row < count; row++) {
        const ever = highest > 0 ? out[row]! / highest : 0
        out[row] = (ever + (highestNow > 0 ? now[row]! / highestNow : ever)) / 2
      }
    },
  }
}
