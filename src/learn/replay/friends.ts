/**
 * Friends only: what the people one is tied to turned to or published, the newest counting most. Ties
 * are given at the start, or show with an event that came through somebody.
 */
import type { Tie } from '../data/dataset.ts'
import { fadingSums } from './fading-sums.ts'
import { bestIds, type LiveRanker } from './live-ranker.ts'

export interface LiveFriendsOptions {
  /** Ties known before the first event. */
  readonly ties: readonly Tie[]
  readonly halfLifeHours: number
}

interface Touch {
  readonly itemId: string
  readonly at: number
}

export function liveFriends({
  ties = [],
  halfLifeHours = 6,
}: Partial<LiveFriendsOptions> = {}): LiveRanker {
  return {
    name: 'friends',
    usesChance: false,
    async open() {
      const tiesOf = new Map<string, Set<string>>()
      const touches = new Map<string, Touch[]>()

      function tie({ userId, friendId }: Tie): void {
        if (userId === friendId) return
        tiesOf.set(userId, (tiesOf.get(userId) ?? new Set()).add(friendId))
      }

      function touch(userId: string, itemId: string, at: number): void {
        const own = touches.get(userId)
        if (own) own.push({ itemId, at })
        else touches.set(userId, [{ itemId, at }])
      }

      for (const known of ties) tie(known)
      return {
        publish(items) {
          for (const { id, authorId, at } of items) {
            if (authorId !== undefined) touch(authorId, id, at ?? 0)
          }
        },
        learn(events) {
          for (const { userId, itemId, at, viaUserId } of events) {
            touch(userId, itemId, at)
            if (viaUserId !== undefined) tie({ userId, friendId: viaUserId })
          }
        },
        rank(query) {
          const sums = fadingSums(halfLifeHours)
          for (const friend of tiesOf.get(query.userId) ?? []) {
            for (const { itemId, at } of touches.get(friend) ?? []) sums.add(itemId, 1, at)
          }
          return bestIds(sums.entries(query.at), query)
        },
      }
    },
  }
}
