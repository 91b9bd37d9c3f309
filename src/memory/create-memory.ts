/** The hot state, empty or from a snapshot: the door to this room. The contract is `memory.ts`. */

import { digestOf } from './digest.ts'
import { Fold } from './fold.ts'
import type { EngagementMemory, Memory } from './memory.ts'
import { createParts, type MemoryOptions, type Parts } from './parts.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'

export function createMemory(options: MemoryOptions): Memory {
  return memoryOf(createParts(options), 0)
}

/**
 * A memory as it was when saved; changes since its clock are to be applied to it.
 * @throws KithError `invalid-input` for bytes that are damaged or of another version
 */
export function loadSnapshot(bytes: Uint8Array, options: MemoryOptions): Memory {
  const parts = createParts(options)
  return memoryOf(parts, readSnapshot(parts, bytes))
}

function memoryOf(parts: Parts, initialClock: number): Memory {
  const { items, people, ties, histories, vectors } = parts
  const fold = new Fold(parts)
  let clock = initialClock
  return {
    get clock() {
      return clock
    },
    items,
    people,
    ties,
    histories,
    vectors,
    engagement: engagementOf(parts),
    apply(changes) {
      fold.apply(changes)
      for (const change of changes) clock = Math.max(clock, change.clock)
    },
    digest: () => digestOf(parts),
    save: () => writeSnapshot(parts, clock),
  }
}

function engagementOf({ engagement, alike, items }: Parts): EngagementMemory {
  const isLive = (item: number): boolean => items.isLive(item)
  return {
    count: (item, action) => engagement.count(item, action),
    total: (item) => engagement.total(item),
    trend: (item, nowMs) => engagement.trend(item, nowMs),
    trending: (limit) => engagement.trending(limit),
    engagers: (item) => engagement.engagers(item),
    alike: (item) => alike.of(item, isLive),
  }
}
