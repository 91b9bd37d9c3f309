/** How close the text is to what the person hid or asked for less of: a number of 0 to 1, to subtract. */
import { mostCandidates } from '../candidates.ts'
import type { Scorer } from '../stage.ts'

export function dislike(): Scorer {
  const cosines = new Float32Array(mostCandidates)
  return {
    name: 'dislike',
    score({ items, count }, _, { memory: { vectors }, interest, contrast }, out) {
      for (const { item, weight } of interest.dislikes) {
        const space = vectors.spaceOf(item)
        if (space < 0) continue
        vectors.cosines(item, items, count, cosines)
        contrast.toCloseness(cosines, count, space)
        for (let row = 0; row < count; row++) {
          const closeness = weight * cosines[row]!
          if (closeness > out[row]!) out[row] = closeness
        }
      }
    },
  }
}
