/** How sure it is that somebody the person may rely on engaged with it: 1 − Π (1 − trust), from 0 to 1. */
import type { Scorer } from '../stage.ts'

/** Of those who engaged, the newest. */
const engagersRead = 30
/** Relying on somebody is not yet sharing their taste. */
const shareOfTrust = 0.5

export function endorsed(): Scorer {
  return {
    name: 'endorsed',
    score({ items, count }, { person }, { memory, nearness }, out) {
      if (person < 0) return
      const { trusts } = nearness()
      for (let row = 0; row < count; row++) {
        const { values, length } = memory.engagement.engagers(items[row]!)
        let without = 1
        for (let place = Math.max(0, length - engagersRead); place < length; place++) {
          const engager = values[place]!
          if (engager !== person) without *= 1 - shareOfTrust * trusts[engager]!
        }
        out[row] = 1 - without
      }
    },
  }
}
