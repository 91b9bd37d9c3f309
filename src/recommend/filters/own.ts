/** The person's own items. */
import type { Filter } from '../stage.ts'

export function own(): Filter {
  return {
    name: 'own',
    keep:
      ({ person }, { memory }) =>
      (item) =>
        person < 0 || memory.items.authorOf(item) !== person,
  }
}
