/** The floor of a replay: published items by lot. */
import { someOf } from '../../math/random.ts'
import type { LiveRanker } from './live-ranker.ts'

export function liveRandom(): LiveRanker {
  return {
    name: 'random',
    usesChance: true,
    async open({ random }) {
      const published: string[] = []
      return {
        publish(items) {
          for (const { id } of items) published.push(id)
        },
        learn() {},
        rank({ k, exclude }) {
          const left = published.filter((id) => !exclude.has(id))
          return someOf(random, left, k)
        },
      }
    },
  }
}
