/** What came of a page: what somebody did about items within a day of being shown them. */
import { outcomeBit } from '../domain/action-values.ts'
import type { Memory } from '../memory/memory.ts'

const dayMs = 86_400_000

/** By item, bits of the actions that are foretold. */
export function doneSince(
  { histories }: Memory,
  person: number,
  sinceMs: number,
): Map<number, number> {
  const done = new Map<number, number>()
  for (let entry = histories.length(person) - 1; entry >= 0; entry--) {
    const atMs = histories.atMs(person, entry)
    if (atMs < sinceMs) break
    const item = histories.itemAt(person, entry)
    if (item < 0 || atMs > sinceMs + dayMs) continue
    done.set(item, (done.get(item) ?? 0) | outcomeBit(histories.actionAt(person, entry)))
  }
  return done
}
