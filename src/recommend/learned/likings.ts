/** What a person's history says they like, as the trainer and the serving model both read it. */
import { readSignals } from '../../interest/signals.ts'
import type { Memory } from '../../memory/memory.ts'

/** The newest so many items. */
const itemsRead = 200
/** However weak or old, what was done says something; however often, not more than this. */
const leastWeight = 0.3
const mostWeight = 2

export function readLikings(
  memory: Memory,
  person: number,
  visit: (item: number, weight: number) => void,
): void {
  let count = 0
  for (const { item, long } of readSignals(memory, person).likes) {
    if (count++ === itemsRead) return
    visit(item, Math.min(mostWeight, Math.max(leastWeight, long)))
  }
}
