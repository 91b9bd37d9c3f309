/** What an import did, by kind and in all. */
import { type RecordKind, recordKinds } from './importer.ts'
import type { ImportState } from './state.ts'

export interface Tally {
  readonly accepted: number
  readonly rejected: number
  /** Events that were there already. */
  readonly duplicates: number
  readonly seconds: number
}

export interface Summary extends Tally {
  readonly kinds: Readonly<Record<RecordKind, Tally>>
  /** Records an earlier, interrupted run had dealt with; its counts are included. */
  readonly resumedAt: number
}

const nothing: Tally = { accepted: 0, rejected: 0, duplicates: 0, seconds: 0 }

export function freshTallies(): Record<RecordKind, Tally> {
  return { user: nothing, item: nothing, edge: nothing, event: nothing }
}

export function addTally(
  tallies: Readonly<Record<RecordKind, Tally>>,
  kind: RecordKind,
  tally: Tally,
): Record<RecordKind, Tally> {
  return { ...tallies, [kind]: sum(tallies[kind], tally) }
}

export function summaryOf({ tallies }: ImportState, resumedAt: number): Summary {
  const all = recordKinds.map((kind) => tallies[kind]).reduce(sum, nothing)
  return { ...all, kinds: tallies, resumedAt }
}

function sum(a: Tally, b: Tally): Tally {
  return {
    accepted: a.accepted + b.accepted,
    rejected: a.rejected + b.rejected,
    duplicates: a.duplicates + b.duplicates,
    seconds: a.seconds + b.seconds,
  }
}
