/** Newer is better; a power law, so that among old items too the newer one is ahead. */
import type { Scorer } from '../stage.ts'

const msPerHour = 3_600_000

export interface FreshnessOptions {
  readonly halfAgeHours: number
  readonly name?: string
}

export function freshness({ halfAgeHours, name = 'freshness' }: FreshnessOptions): Scorer {
  return {
    name,
    score({ items, count }, _, { memory, presentMs }, out) {
      for (let row = 0; row < count; row++) {
        const ageHours = (presentMs - memory.items.createdAtMs(items[row]!)) / msPerHour
        out[row] = 1 / (1 + Math.max(0, ageHours) / halfAgeHours)
      }
    },
  }
}
