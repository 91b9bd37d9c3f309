/** What the caller or an earlier page of the session already has, and the item asked about. */
import type { Filter } from '../stage.ts'

export function excluded(): Filter {
  return {
    name: 'excluded',
    keep:
      ({ exclude, item: asked }) =>
      (item) =>
        item !== asked && !exclude.has(item),
  }
}
