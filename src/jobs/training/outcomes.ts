/** What somebody did about an item within a day: what a page is learned from, and what it could not know. */

import { outcomeBit } from '../../domain/action-values.ts'
import type { Change } from '../../domain/change.ts'

export interface Outcomes {
  /** By item: bits of what a person did about it from this change on, within a day of `now`. */
  after(place: number, userId: string, now: Date): ReadonlyMap<string, number>
}

interface Deed {
  readonly place: number
  readonly itemId: string
  readonly atMs: number
  readonly bit: number
}

const dayMs = 86_400_000

/** @param changes in the order they are told in @param from the place of the first that is asked about */
export function outcomesOf(changes: readonly Change[], from: number): Outcomes {
  const deeds = new Map<string, Deed[]>()
  for (let place = from; place < changes.length; place++) {
    const change = changes[place]
    if (change?.kind !== 'event' || change.event.itemId === undefined) continue
    const { userId, itemId, at, type } = change.event
    const bit = outcomeBit(type)
    if (bit === 0) continue
    const own = deeds.get(userId) ?? []
    deeds.set(userId, own)
    own.push({ place, itemId, atMs: at.getTime(), bit })
  }

  return {
    after(place, userId, now) {
      const found = new Map<string, number>()
      for (const deed of deeds.get(userId) ?? []) {
        if (deed.place < place || deed.atMs > now.getTime() + dayMs) continue
        found.set(deed.itemId, (found.get(deed.itemId) ?? 0) | deed.bit)
      }
      return found
    },
  }
}
