/** Items whose text is near each topic of the person; stronger topics propose more. */
import type { Topic } from '../../interest/interest.ts'
import type { Source } from '../stage.ts'

/** One length for everybody, so that the neighbours of an item are found once and kept. */
export const neighbours = 60

export function similar(): Source {
  return {
    name: 'similar',
    propose(_, { memory, interest }, add) {
      const lists = interest.topics
        .filter(({ medoid }) => memory.items.isLive(medoid))
        .map((topic) => ({
          near: memory.vectors.near(topic.medoid, neighbours).items,
          reach: reachOf(topic),
        }))
      for (let place = 0; place < neighbours; place++) {
        for (const { near, reach } of lists) {
          const item = near[place]
          if (item === undefined || place >= reach || !memory.items.isLive(item)) continue
          if (!add(item)) return
        }
      }
    },
  }
}

function reachOf({ weight }: Topic): number {
  return Math.ceil(neighbours * Math.min(1, 0.25 + weight))
}
