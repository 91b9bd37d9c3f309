/** Items that are almost surely spam, by a calibrated head; what is not understood yet stays. */
import type { Filter } from '../stage.ts'

/** @param above from this probability on; 1 = nothing is dropped */
export function spam(above = 0.95): Filter {
  return {
    name: 'spam',
    keep(_, { memory: { items } }) {
      if (above >= 1) return () => true
      return (item) => items.labelOf(item, 'spam') < above
    },
  }
}
