/** The floor of a replay: published items by lot. */
import { integer } from '../../math/random.ts'
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
          const count = Math.min(k, left.length)
          for (let place = 0; place < count; place++) {
            const other = integer(random, place, left.length)
            const drawn = left[other]!
            left[other] = left[place]!
            left[place] = drawn
          }
          return left.slice(0, count)
        },
      }
    },
  }
}
