/** Items marked unsafe, unless the person asked for them. */
import type { Filter } from '../stage.ts'

export function unsafe(): Filter {
  return {
    name: 'unsafe',
    keep({ person }, { memory: { items, people } }) {
      if (person >= 0 && people.get(person)?.allowsUnsafe) return () => true
      return (item) => !items.isUnsafe(item)
    },
  }
}
