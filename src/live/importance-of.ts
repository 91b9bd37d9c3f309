/** How much a post of the network matters, by what memory knows: who engaged, and what was said before. */
import type { Understanding } from '../domain/understanding.ts'
import type { Memory } from '../memory/memory.ts'
import { estimateImportance } from '../understand/importance/importance.ts'
import { relativeSize, type SpaceTopics } from '../understand/topics/space-topics.ts'

/** So many ties make a person half as trusted as can be. */
const tiesOfHalf = 5
const neighboursAsked = 20

export function importanceOf(
  memory: Memory,
  item: number,
  { quality, topics }: Understanding,
  known: readonly SpaceTopics[],
): Understanding['importance'] {
  const [topic] = topics
  const embedding = memory.vectors.get(item)
  return estimateImportance({
    quality,
    engaged: trustOfEngaged(memory, item),
    nearestBefore: nearestBefore(memory, item),
    topicSize: topic && relativeSize(topic, embedding, known),
  })
}

/** (ties to a person + 1) / (ties + 1 + 5): nobody is trusted not at all, and nobody without end. */
function trustOfEngaged({ engagement, ties, items }: Memory, item: number): number[] {
  const { values, length } = engagement.engagers(item)
  const author = items.authorOf(item)
  const others = Array.from(values.subarray(0, length)).filter((person) => person !== author)
  return others.map((person) => {
    const tied = 1 + ties.in(person).length
    return tied / (tied + tiesOfHalf)
  })
}

/** Undefined without a vector; 0 for the first of its kind. */
function nearestBefore({ items, vectors }: Memory, item: number): number | undefined {
  if (vectors.spaceOf(item) < 0) return undefined
  const { items: near, scores } = vectors.near(item, neighboursAsked)
  const at = items.createdAtMs(item)
  const place = near.findIndex((one) => items.createdAtMs(one) < at)
  return place < 0 ? 0 : scores[place]
}
