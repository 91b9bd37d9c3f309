/**
 * The interests of the active, each worked out when it is next needed and kept until the person's
 * history changes. Bounded: whoever was asked for longest ago is let go first.
 */
import type { Memory } from '../memory/memory.ts'
import { type Contrast, createContrast } from './contrast.ts'
import type { Declared, DeclaredInterest } from './declared.ts'
import { withFirstTaste } from './first-taste.ts'
import type { Interest } from './interest.ts'
import { workOutInterest } from './work-out.ts'

export interface Interests {
  readonly contrast: Contrast
  /** @param person a person number, or -1 for somebody unknown */
  of(person: number): Interest
}

interface Kept {
  readonly version: number
  /** Changes when an item behind the interest goes, or gets its vector. */
  readonly stamp: number
  /** What they said; another list when they said it anew. */
  readonly said: readonly DeclaredInterest[] | undefined
  readonly interest: Interest
}

const nobody: Interest = {
  topics: [],
  dislikes: [],
  hidden: new Set(),
  authors: new Map(),
  follows: new Map(),
  recent: [],
  confidence: 0,
  rhythmAt: () => 0,
}

export interface InterestsOptions {
  readonly capacity?: number
  /** What people said they care about; left out, their history alone speaks. */
  readonly declared?: Declared | undefined
}

export function createInterests(
  memory: Memory,
  { capacity = 10_000, declared }: InterestsOptions = {},
): Interests {
  const contrast = createContrast(memory)
  const kept = new Map<number, Kept>()

  function keep(person: number): Interest {
    const said = declared?.of(person)
    const interest = withFirstTaste(memory, workOutInterest(memory, contrast, person), said ?? [])
    const version = memory.histories.version(person)
    kept.delete(person)
    kept.set(person, { version, stamp: stampOf(memory, interest), said, interest })
    if (kept.size > capacity) kept.delete(kept.keys().next().value!)
    return interest
  }

  function find(person: number): Interest | undefined {
    const found = kept.get(person)
    if (!found || found.version !== memory.histories.version(person)) return undefined
    if (found.stamp !== stampOf(memory, found.interest)) return undefined
    if (found.said !== declared?.of(person)) return undefined
    kept.delete(person)
    kept.set(person, found)
    return found.interest
  }

  return {
    contrast,
    of: (person) => (person < 0 ? nobody : (find(person) ?? keep(person))),
  }
}

function stampOf({ items, vectors }: Memory, { recent, dislikes }: Interest): number {
  let stamp = 0
  for (const { item } of recent) {
    stamp = (Math.imul(stamp, 31) + (items.isLive(item) ? vectors.spaceOf(item) + 2 : 0)) | 0
  }
  for (const { item } of dislikes) {
    stamp = (Math.imul(stamp, 31) + (items.isLive(item) ? vectors.spaceOf(item) + 2 : 0)) | 0
  }
  return stamp
}
