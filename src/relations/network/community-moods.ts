/** The mood of each community: what was understood of the posts of its people, on the mean. */
import type { Community } from '../../domain/network.ts'
import { type Emotion, emotions } from '../../domain/question.ts'
import type { Memory } from '../../memory/memory.ts'

export type CommunityMood = NonNullable<Community['mood']>

/** Fewer posts say more about one author than about a community. */
const leastPosts = 5

/**
 * @param ids [people] community of each
 * @returns by community; without those of whose posts hardly any was understood
 */
export function communityMoods(memory: Memory, ids: Int32Array): Map<number, CommunityMood> {
  const { items, people } = memory
  const sums = new Map<number, { posts: number; readonly shares: Float64Array }>()
  for (let item = 0; item < items.count; item++) {
    const author = items.authorOf(item)
    if (author < 0 || !items.isLive(item) || !people.isLive(author)) continue
    if (items.labelOf(item, emotions[0]) < 0) continue
    const id = ids[author] ?? -1
    const sum = sums.get(id) ?? { posts: 0, shares: new Float64Array(emotions.length) }
    sums.set(id, sum)
    sum.posts += 1
    for (const [n, emotion] of emotions.entries()) {
      sum.shares[n]! += Math.max(0, items.labelOf(item, emotion))
    }
  }
  return new Map(
    [...sums]
      .filter(([, { posts }]) => posts >= leastPosts)
      .map(([id, sum]) => [id, { posts: sum.posts, shares: sharesOf(sum.shares) }]),
  )
}

/** They sum to 1. */
function sharesOf(sums: Float64Array): Record<Emotion, number> {
  const total = sums.reduce((all, sum) => all + sum, 0) || 1
  return Object.fromEntries(emotions.map((emotion, n) => [emotion, sums[n]! / total])) as Record<
    Emotion,
    number
  >
}
