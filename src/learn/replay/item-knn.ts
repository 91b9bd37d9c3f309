/** Items that go together with what a person had, counted as the events come in. */
import { bestIds, type LiveRanker } from './live-ranker.ts'

export interface LiveItemKnnOptions {
  /** Added to the norms' product: pairs seen together by few count less. */
  readonly shrinkage: number
  /** The last so many items of a person are paired with a new one. */
  readonly history: number
}

export function liveItemKnn({
  shrinkage = 3,
  history = 50,
}: Partial<LiveItemKnnOptions> = {}): LiveRanker {
  return {
    name: 'item-knn',
    usesChance: false,
    async open() {
      const together = new Map<string, Map<string, number>>()
      const people = new Map<string, number>()
      const had = new Map<string, string[]>()

      function pair(a: string, b: string): void {
        const row = together.get(a) ?? new Map<string, number>()
        together.set(a, row.set(b, (row.get(b) ?? 0) + 1))
      }

      function learnOne(userId: string, itemId: string): void {
        const own = had.get(userId) ?? []
        if (own.includes(itemId)) return
        for (const other of own.slice(-history)) {
          pair(itemId, other)
          pair(other, itemId)
        }
        had.set(userId, [...own, itemId])
        people.set(itemId, (people.get(itemId) ?? 0) + 1)
      }

      return {
        publish() {},
        learn(events) {
          for (const { userId, itemId } of events) learnOne(userId, itemId)
        },
        rank(query) {
          const scores = new Map<string, number>()
          for (const own of (had.get(query.userId) ?? []).slice(-history)) {
            for (const [other, count] of together.get(own) ?? []) {
              const norms = Math.sqrt(people.get(own)! * people.get(other)!)
              scores.set(other, (scores.get(other) ?? 0) + count / (norms + shrinkage))
            }
          }
          return bestIds(scores, query)
        },
      }
    },
  }
}
