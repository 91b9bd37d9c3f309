/** Private items are the author's alone; items for followers, or of a private person, are for ties. */
import type { Filter } from '../stage.ts'

export function privateItems(): Filter {
  return {
    name: 'private',
    keep({ person }, { memory: { items, people }, ties }) {
      return (item) => {
        const author = items.authorOf(item)
        if (author >= 0 && author === person) return true
        const visibility = items.visibilityOf(item)
        if (visibility === 'private') return false
        const isForTies = visibility === 'followers' || (author >= 0 && people.isPrivate(author))
        return !isForTies || ties.has(author)
      }
    },
  }
}
