/** Nobody engaged with it yet, so nothing that counts engagement can speak for it. */
import type { Scorer } from '../stage.ts'

export function newcomer(): Scorer {
  return {
    name: 'newcomer',
    score({ items, count }, _, { memory: { engagement } }, out) {
      for (let row = 0; row < count; row++) out[row] = engagement.total(items[row]!) > 0 ? 0 : 1
    },
  }
}
