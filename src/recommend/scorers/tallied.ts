/**
 * What a tally says for each candidate, against the best of this request; what follows from the
 * person's own behaviour counts as much as is known of it.
 */
import type { Scorer, TallyName } from '../stage.ts'

export function tallied(name: TallyName): Scorer {
  return {
    name,
    score({ items, count }, _, context, out) {
      const tally = context.tally(name)
      if (tally.highest <= 0) return
      const certainty = name === 'circle' ? 1 : context.interest.confidence
      const scale = certainty / tally.highest
      for (let row = 0; row < count; row++) out[row] = tally.sum(items[row]!) * scale
    },
  }
}
