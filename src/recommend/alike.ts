/**
 * Item-to-item co-engagement for one person: each recent item gives to what the same people also
 * engaged with, as much as the person cares about it.
 */
import type { Interest } from '../interest/interest.ts'
import type { Memory } from '../memory/memory.ts'
import type { Tally } from './tally.ts'

/** The strongest recent items; what the rest would add, `kindred` adds for less. */
const recentRead = 16

export function tallyAlike({ engagement }: Memory, { recent }: Interest, tally: Tally): void {
  tally.clear()
  for (const place of strongest(recent)) {
    const { item, weight } = recent[place]!
    const { items, scores } = engagement.alike(item)
    for (let index = 0; index < items.length; index++) {
      tally.add(items[index]!, place, weight * scores[index]!)
    }
  }
}

function strongest(recent: Interest['recent']): number[] {
  const places = Array.from(recent, (_, place) => place)
  if (places.length <= recentRead) return places
  return places.sort((a, b) => recent[b]!.weight - recent[a]!.weight || a - b).slice(0, recentRead)
}
