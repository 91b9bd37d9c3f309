/** Adds what one person engaged with lately to a tally, as much as that person is trusted. */
import { actionWeight, engagementWeight } from '../memory/action-weights.ts'
import type { HistoryMemory } from '../memory/memory.ts'
import type { Tally } from './tally.ts'

/** An engagement this old counts half; a power law, so that archives keep their order too. */
const halfAgeMs = 7 * 86_400_000
const mostWeightOfAnEntry = 2

export function addEngagements(
  histories: HistoryMemory,
  person: number,
  trust: number,
  entries: number,
  presentMs: number,
  tally: Tally,
): void {
  const length = histories.length(person)
  for (let entry = length - 1; entry >= Math.max(0, length - entries); entry--) {
    const item = histories.itemAt(person, entry)
    if (item < 0) continue
    const weight = actionWeight(histories.actionAt(person, entry))
    if (weight < engagementWeight) continue
    const age = Math.max(0, presentMs - histories.atMs(person, entry)) / halfAgeMs
    tally.add(item, person, (trust * Math.min(weight, mostWeightOfAnEntry)) / (1 + age))
  }
}
