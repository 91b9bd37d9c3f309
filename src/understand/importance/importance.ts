/** How much a post matters to the network it stands in, from named parts that its author can be told. */
import type { Understanding } from '../../domain/understanding.ts'

export const importanceParts = ['attention', 'novelty', 'topic', 'care', 'length'] as const
export type ImportancePart = (typeof importanceParts)[number]

export interface ImportanceFacts {
  readonly quality: Understanding['quality']
  /** Posts of its topic, by the mean of all topics: 1 = a topic like others. */
  readonly topicSize?: number | undefined
  /** The greatest cosine with an earlier post. −1…1 */
  readonly nearestBefore?: number | undefined
  /** How far the network trusts each person who engaged with it. 0…1 each */
  readonly engaged?: readonly number[] | undefined
}

/** Set by hand: no data set at hand says which posts mattered. */
const weights: Readonly<Record<ImportancePart, number>> = {
  attention: 0.4,
  novelty: 0.2,
  topic: 0.15,
  care: 0.15,
  length: 0.1,
}
/** So much trust together makes attention .63. */
const fullAttention = 5

/**
 * Σ wₚ·p / Σ wₚ over the parts p that are known, each from 0 to 1:
 *
 * - attention: 1 − e^(−Σ trust of who engaged / 5), so that ten strangers weigh less than five who are trusted
 * - novelty: 1 − the greatest cosine with an earlier post
 * - topic: 1 − 2^(−size of its topic / mean size)
 * - care: its quality; length: that part of its quality
 *
 * The value is absent for a text without a letter.
 */
export function estimateImportance(facts: ImportanceFacts): Understanding['importance'] {
  const { quality, topicSize, nearestBefore, engaged } = facts
  if (quality.value === undefined) return { parts: {} }
  const trust = engaged?.reduce((sum, one) => sum + one, 0)
  const found: Readonly<Record<ImportancePart, number | undefined>> = {
    attention: trust === undefined ? undefined : 1 - Math.exp(-trust / fullAttention),
    novelty: nearestBefore === undefined ? undefined : Math.min(1, 1 - nearestBefore),
    topic: topicSize === undefined ? undefined : 1 - 2 ** -topicSize,
    care: quality.value,
    length: quality.parts['length'] ?? 0,
  }
  const parts: Partial<Record<ImportancePart, number>> = {}
  let sum = 0
  let weight = 0
  for (const part of importanceParts) {
    const value = found[part]
    if (value === undefined) continue
    parts[part] = value
    sum += weights[part] * value
    weight += weights[part]
  }
  return { value: sum / weight, parts }
}
