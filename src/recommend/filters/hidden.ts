/** Items the person hid, reported or asked for less of: they stay away from every feed. */
import type { Filter } from '../stage.ts'

export function hidden(): Filter {
  return {
    name: 'hidden',
    keep:
      (_, { interest }) =>
      (item) =>
        !interest.hidden.has(item),
  }
}
