/** What most people turned to: of all time, or fading so that the last hours count most. */
import { fadingSums } from './fading-sums.ts'
import { bestIds, type LiveRanker } from './live-ranker.ts'

export function livePopular(): LiveRanker {
  return popularity('popular', Infinity)
}

/** The half-life was chosen on weibo, by replaying the events from 60 to 80 %. */
export function liveRecent({ halfLifeHours = 0.2 }: { halfLifeHours?: number } = {}): LiveRanker {
  return popularity('recent', halfLifeHours)
}

function popularity(name: string, halfLifeHours: number): LiveRanker {
  return {
    name,
    usesChance: false,
    async open() {
      const sums = fadingSums(halfLifeHours)
      return {
        publish(items) {
          for (const { id, at } of items) sums.add(id, 0, at ?? 0)
        },
        learn(events) {
          for (const { itemId, at } of events) sums.add(itemId, 1, at)
        },
        rank: (query) => bestIds(sums.entries(query.at), query),
      }
    },
  }
}
