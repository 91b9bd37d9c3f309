/** Items that are gone. */
import type { Filter } from '../stage.ts'

export function removed(): Filter {
  return {
    name: 'removed',
    keep:
      (_, { memory }) =>
      (item) =>
        memory.items.isLive(item),
  }
}
