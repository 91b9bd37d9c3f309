/**
 * Items marked unsafe by the network, or toxic by a calibrated head beyond the operator's threshold,
 * unless the person asked for them.
 */
import type { Filter } from '../stage.ts'

/** @param above toxic from this probability on; 1 = only what is marked */
export function unsafe(above = 0.9): Filter {
  return {
    name: 'unsafe',
    keep({ person }, { memory: { items, people } }) {
      if (person >= 0 && people.get(person)?.allowsUnsafe) return () => true
      if (above >= 1) return (item) => !items.isUnsafe(item)
      return (item) => !items.isUnsafe(item) && items.labelOf(item, 'toxic') < above
    },
  }
}
