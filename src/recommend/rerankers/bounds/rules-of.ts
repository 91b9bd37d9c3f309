/** The bounds of a feed over the candidates of one page, the most important first. */
import type { LabelName } from '../../../domain/labels.ts'
import type { PageBounds } from '../../../domain/page-bounds.ts'
import type { CandidateSet } from '../../candidates.ts'
import type { FeedContext } from '../../stage.ts'
import { type Cap, type Floor, type Rule, shareCap } from './rule.ts'

/** From this probability on a text is called sad, or angry. */
const leastMood = 0.5
const dayMs = 86_400_000

/** @param rows in the order of preference @param length of the page */
export function rulesOf(
  bounds: PageBounds,
  rows: Int32Array,
  { items }: Pick<CandidateSet, 'items'>,
  context: FeedContext,
  length: number,
): Rule[] {
  const itemAt = (at: number): number => items[rows[at]!]!
  const count = rows.length
  const { sadShare, angryShare, authorApart, authorMost, topicShare, smallShare } = bounds
  const { memory } = context
  const authorOf = remembered(count, (at) => memory.items.authorOf(itemAt(at)))
  const rules: Rule[] = []
  if (sadShare < 1) rules.push(moodCap('sad', sadShare, length, count, itemAt, context))
  if (angryShare < 1) rules.push(moodCap('angry', angryShare, length, count, itemAt, context))
  if (authorApart > 1) {
    rules.push(cap('author-spacing', { groupOf: authorOf, apart: authorApart, most: () => length }))
  }
  if (authorMost < length) {
    rules.push(cap('author-number', { groupOf: authorOf, apart: 1, most: () => authorMost }))
  }
  if (topicShare < 1) {
    const groupOf = topicsOf(count, itemAt, context)
    rules.push(cap('topics', { groupOf, apart: 1, most: shareCap(topicShare, length) }))
  }
  if (smallShare > 0) rules.push(smallFloor(bounds, count, length, authorOf, context))
  return rules
}

function cap(name: Cap['name'], rest: Omit<Cap, 'kind' | 'name'>): Cap {
  return { kind: 'cap', name, ...rest }
}

function moodCap(
  name: 'sad' | 'angry',
  share: number,
  length: number,
  count: number,
  itemAt: (at: number) => number,
  { memory }: FeedContext,
): Cap {
  const groupOf = remembered(count, (at) => {
    const chance = (label: LabelName): number =>
      Math.max(0, memory.items.labelOf(itemAt(at), label))
    const amount = name === 'sad' ? chance('sadness') + chance('fear') : chance('anger')
    return amount >= leastMood ? 0 : -1
  })
  return cap(name, { groupOf, apart: 1, most: shareCap(share, length) })
}

/** Two items are of one topic when their first tags are the same. */
function topicsOf(count: number, itemAt: (at: number) => number, { memory }: FeedContext) {
  const numbers = new Map<string, number>()
  return remembered(count, (at) => {
    const topic = memory.items.get(itemAt(at))?.tags[0]?.toLowerCase()
    if (topic === undefined) return -1
    const number = numbers.get(topic) ?? numbers.size
    numbers.set(topic, number)
    return number
  })
}

function smallFloor(
  { smallShare, smallTies, newDays }: PageBounds,
  count: number,
  length: number,
  authorOf: (at: number) => number,
  { memory: { items, ties }, presentMs }: FeedContext,
): Floor {
  const newFromMs = presentMs - newDays * dayMs
  const isSmall = remembered(count, (at) => {
    const author = authorOf(at)
    if (author < 0) return 0
    if (ties.in(author).length <= smallTies) return 1
    const { values, length } = items.byAuthor(author)
    return length > 0 && items.createdAtMs(values[0]!) >= newFromMs ? 1 : 0
  })
  let there = 0
  const most = Math.floor(smallShare * length + 1e-9)
  for (let at = 0; at < count && there < most; at++) there += isSmall(at)
  return {
    kind: 'floor',
    name: 'small-creators',
    has: (at) => isSmall(at) === 1,
    least: (place) => Math.min(there, Math.floor(smallShare * place + 1e-9)),
  }
}

const unknown = -2

/** Worked out when first asked for. */
function remembered(count: number, workOut: (at: number) => number): (at: number) => number {
  const known = new Int32Array(count).fill(unknown)
  return (at) => {
    if (known[at] === unknown) known[at] = workOut(at)
    return known[at]!
  }
}
