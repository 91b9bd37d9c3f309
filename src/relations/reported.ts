/** Whom each person reported, themselves or by an item: read once for each version of a history. */
import { BoundedCache } from '../memory/bounded-cache.ts'
import type { Memory } from '../memory/memory.ts'
import type { ReportedBy } from './trust.ts'

const peopleKept = 200_000
const nobody: ReadonlySet<number> = new Set()

export function createReportedBy(memory: Memory): ReportedBy {
  const kept = new BoundedCache<{ version: number; reported: ReadonlySet<number> }>(peopleKept)
  return (person) => {
    const version = memory.histories.version(person)
    const known = kept.get(person)
    if (known?.version === version) return known.reported
    const reported = readReports(memory, person)
    kept.put(person, { version, reported })
    return reported
  }
}

function readReports({ histories, items }: Memory, person: number): ReadonlySet<number> {
  let reported: Set<number> | undefined
  const length = histories.length(person)
  for (let entry = 0; entry < length; entry++) {
    if (histories.actionAt(person, entry) !== 'report') continue
    const item = histories.itemAt(person, entry)
    const target = item >= 0 ? items.authorOf(item) : histories.targetAt(person, entry)
    if (target < 0) continue
    reported ??= new Set()
    reported.add(target)
  }
  return reported ?? nobody
}
