/** How close the text is to one of the person's topics; a weaker topic counts less. */
import { mostCandidates } from '../candidates.ts'
import type { Scorer } from '../stage.ts'

export function taste(): Scorer {
  const cosines = new Float32Array(mostCandidates)
  return {
    name: 'taste',
    score({ items, count }, _, { memory: { vectors }, interest, contrast }, out) {
      const strongest = interest.topics[0]?.weight ?? 0
      for (const { medoid, weight } of interest.topics) {
        const space = vectors.spaceOf(medoid)
        if (space < 0) continue
        const strength = Math.sqrt(weight / strongest)
        vectors.cosines(medoid, items, count, cosines)
        contrast.toCloseness(cosines, count, space)
        for (let row = 0; row < count; row++) {
          const closeness = strength * cosines[row]!
          if (closeness > out[row]!) out[row] = closeness
        }
      }
    },
  }
}
