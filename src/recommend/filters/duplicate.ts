/**
 * Items that say the same, or nearly the same, as one the person met or wrote, or as a better one on this
 * page. Asked best first, after scoring.
 */
import { hasSign } from '../../domain/labels.ts'
import type { FeedContext, FeedRequest, Filter } from '../stage.ts'
import { NearSigns } from './near-signs.ts'

/** Near copies are looked for among the newest of what was met, and the best of the page. */
const mostSigns = 400

export function duplicate(): Filter {
  const groups = new Set<number>()
  const signs = new NearSigns(mostSigns)
  return {
    name: 'duplicate',
    keep(request, context) {
      groups.clear()
      signs.clear()
      const { items } = context.memory
      markMet(request, context, groups, signs)
      return (item) => {
        const group = items.duplicateGroupOf(item)
        if (groups.has(group)) return false
        const labels = items.labelsOf(item)
        const isSigned = hasSign(labels)
        if (isSigned && signs.hasNear(labels)) return false
        groups.add(group)
        if (isSigned) signs.add(labels)
        return true
      }
    },
  }
}

function markMet(
  { person, item, exclude }: FeedRequest,
  { memory }: FeedContext,
  groups: Set<number>,
  signs: NearSigns,
) {
  const { items, histories } = memory
  const mark = (met: number) => {
    if (met < 0) return
    groups.add(items.duplicateGroupOf(met))
    if (signs.size >= mostSigns / 2) return
    const labels = items.labelsOf(met)
    if (hasSign(labels)) signs.add(labels)
  }
  mark(item)
  for (const shown of exclude) mark(shown)
  if (person < 0) return
  for (const list of [histories.seen(person), items.byAuthor(person)]) {
    // The newest first: of those that were met, only so many are compared.
    for (let index = list.length - 1; index >= 0; index--) mark(list.values[index]!)
  }
}
