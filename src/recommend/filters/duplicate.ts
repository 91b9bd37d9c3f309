/**
 * Items that say the same as one the person met or wrote, or as a better one on this page. Asked
 * best first, after scoring.
 */
import type { FeedContext, FeedRequest, Filter } from '../stage.ts'

export function duplicate(): Filter {
  const groups = new Set<number>()
  return {
    name: 'duplicate',
    keep(request, context) {
      groups.clear()
      const { items } = context.memory
      markMet(request, context, groups)
      return (item) => {
        const group = items.duplicateGroupOf(item)
        if (groups.has(group)) return false
        groups.add(group)
        return true
      }
    },
  }
}

function markMet(
  { person, item, exclude }: FeedRequest,
  { memory }: FeedContext,
  groups: Set<number>,
) {
  const { items, histories } = memory
  const mark = (met: number) => {
    if (met >= 0) groups.add(items.duplicateGroupOf(met))
  }
  mark(item)
  for (const shown of exclude) mark(shown)
  if (person < 0) return
  for (const list of [histories.seen(person), items.byAuthor(person)]) {
    for (let index = 0; index < list.length; index++) mark(list.values[index]!)
  }
}
