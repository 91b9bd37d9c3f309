/**
 * An interest joined with what the person said they care about: each of their words is stood for by the
 * items nearest to it, and counts for as much as their history leaves unknown.
 */
import type { Memory } from '../memory/memory.ts'
import type { DeclaredInterest } from './declared.ts'
import type { Interest, RecentItem, Topic } from './interest.ts'

/** Items that stand for one word. */
const standIns = 4
/** Of them, as many are topics of their own. */
const topicsEach = 2
/** Who is known better than this needs no first taste any more. */
const knownWell = 0.8

export function withFirstTaste(
  { vectors, items }: Pick<Memory, 'vectors' | 'items'>,
  interest: Interest,
  declared: readonly DeclaredInterest[],
): Interest {
  const unknown = 1 - interest.confidence
  if (declared.length === 0 || interest.confidence > knownWell) return interest
  const known = new Set(interest.recent.map(({ item }) => item))
  const topics: Topic[] = []
  const recent: RecentItem[] = []
  for (const { words, embedding } of declared) {
    const found = Array.from(vectors.nearest(embedding, standIns * 2).items)
      .filter((item) => items.isLive(item) && !known.has(item) && !interest.hidden.has(item))
      .slice(0, standIns)
    for (const [place, item] of found.entries()) {
      known.add(item)
      recent.push({ item, weight: unknown / found.length, entry: -1, said: words })
      if (place >= topicsEach) continue
      const weight = unknown / (declared.length * Math.min(topicsEach, found.length))
      topics.push({ medoid: item, weight, horizon: 'long', entries: [], said: words })
    }
  }
  const lived = interest.topics.map((topic) => ({
    ...topic,
    weight: topic.weight * interest.confidence,
  }))
  return {
    ...interest,
    topics: [...lived, ...topics].sort((a, b) => b.weight - a.weight),
    recent: [...interest.recent, ...recent],
  }
}
