/** What one person did about another: events about them and about what they made, newest count most. */
import type { Action } from '../domain/event.ts'
import type { Memory } from '../memory/memory.ts'

/**
 * The tone of the words of an entry of a person's history, from -1 (hostile) to 1 (warm); undefined when
 * it has no words or nobody has read them.
 */
export type ToneOf = (person: number, entry: number) => number | undefined

export interface Acts {
  /** Decayed weight of what speaks for closeness. */
  readonly friendly: number
  /** Decayed weight of what speaks against it. */
  readonly hostile: number
  /** Oldest first. */
  readonly evidence: readonly Act[]
}

export interface Act {
  /** Of the history of whoever did it. */
  readonly entry: number
  /** Decayed; below 0 when it speaks against closeness. */
  readonly weight: number
}

/** A word costs more than a tap, and a tap more than a look. */
const weights: Partial<Record<Action, number>> = {
  view: 0.02,
  dwell: 0.1,
  click: 0.15,
  profile: 0.3,
  like: 0.6,
  purchase: 0.6,
  more: 1,
  repost: 1.2,
  share: 1.2,
  reply: 1.5,
  quote: 1.5,
  hide: -1,
  less: -1.5,
  report: -4,
}
const warmthOfWords = 0.5

/** After this long an act counts half. */
export const halfLifeMs = 45 * 86_400_000

export function actsOf(
  { histories, items }: Memory,
  person: number,
  other: number,
  nowMs: number,
  toneOf: ToneOf,
): Acts {
  const evidence: Act[] = []
  let friendly = 0
  let hostile = 0
  const length = histories.length(person)
  for (let entry = 0; entry < length; entry++) {
    const item = histories.itemAt(person, entry)
    const about = item >= 0 ? items.authorOf(item) : histories.targetAt(person, entry)
    if (about !== other) continue
    const said = weights[histories.actionAt(person, entry)] ?? 0
    const age = Math.max(0, nowMs - histories.atMs(person, entry))
    const weight = toned(said, toneOf(person, entry)) * 2 ** (-age / halfLifeMs)
    if (weight === 0) continue
    if (weight > 0) friendly += weight
    else hostile -= weight
    evidence.push({ entry, weight })
  }
  return { friendly, hostile, evidence }
}

/** Warm words count more; hostile ones turn into their opposite. */
function toned(weight: number, tone = 0): number {
  if (weight <= 0) return weight
  return tone >= 0 ? weight * (1 + warmthOfWords * tone) : weight * (1 + 2 * tone)
}
