/**
 * Item-to-item co-engagement for one person: each recent item gives to what the same people also
 * engaged with, as much as the person cares about it.
 */
import type { Interest } from '../interest/interest.ts'
import type { Memory } from '../memory/memory.ts'
import type { Tally } from './tally.ts'

const recentRead = 60

export function tallyAlike({ engagement }: Memory, { recent }: Interest, tally: Tally): void {
  tally.clear()
  for (let place = 0; place < Math.min(recent.length, recentRead); place++) {
    const { item, weight } = recent[place]!
    const { items, scores } = engagement.alike(item)
    for (let index = 0; index < items.length; index++) {
      tally.add(items[index]!, place, weight * scores[index]!)
    }
  }
}
