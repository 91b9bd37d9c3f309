/** What kind of person and item a choice is about: a model must not serve some at others' cost. */
import type { Memory } from '../../memory/memory.ts'
import type { FreshChoice } from './rehearsal.ts'

const coldBelow = 5
const headFrom = 50
const smallBelow = 20

export function segmentsOf(memory: Memory, { person, item }: FreshChoice): string[] {
  const { items, histories, engagement } = memory
  const segments = [histories.length(person) < coldBelow ? 'cold people' : 'known people']
  const engagements = engagement.total(item)
  segments.push(
    engagements === 0 ? 'new items' : engagements < headFrom ? 'tail items' : 'head items',
  )
  const language = items.get(item)?.language
  if (language) segments.push(`language ${language}`)
  const author = items.authorOf(item)
  if (author >= 0 && reachOf(memory, author) < smallBelow) segments.push('small creators')
  return segments
}

/** Engagement with everything of an author. */
function reachOf({ items, engagement }: Memory, author: number): number {
  const { values, length } = items.byAuthor(author)
  let sum = 0
  for (let place = 0; place < length && sum < smallBelow; place++) {
    sum += engagement.total(values[place]!)
  }
  return sum
}
