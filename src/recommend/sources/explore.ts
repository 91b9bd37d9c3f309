/**
 * A few items by chance, the less known of two each time: what nobody was shown cannot show how
 * good it is.
 */
import type { Memory } from '../../memory/memory.ts'
import type { Source } from '../stage.ts'

const draws = 40

export function explore(): Source {
  return {
    name: 'explore',
    propose({ random }, { memory }, add) {
      const { count } = memory.items
      for (let draw = 0; draw < draws && count > 0; draw++) {
        const one = Math.floor(random() * count)
        const other = Math.floor(random() * count)
        const item = lessKnown(memory, one, other)
        if (memory.items.isLive(item) && !add(item)) return
      }
    },
  }
}

function lessKnown({ engagement, items }: Memory, one: number, other: number): number {
  if (!items.isLive(one)) return other
  if (!items.isLive(other)) return one
  return engagement.total(one) <= engagement.total(other) ? one : other
}
