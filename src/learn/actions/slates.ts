/** What p(action | person, item, context) is learned from: pages, with what became of each row. */
import type { ForetoldAction } from '../../domain/action-values.ts'

/** The rows that stood before one person at one moment. */
export interface Slate {
  /** What every part said of every row, unweighed. [rows × parts] */
  readonly parts: Float32Array
  /** Place on the page, from 1; 0 where nobody knows. [rows] */
  readonly places: Uint8Array
  /** Bit n is set when the person did `foretoldActions[n]` about it. [rows] */
  readonly outcomes: Uint16Array
  /** What was known of the moment, as words: `hour:evening`, `device:phone`. */
  readonly context: readonly string[]
  /** Of all rows without an outcome, the share that is here: 1 unless they were drawn by lot. */
  readonly shareKept: number
}

export interface Slates {
  /** Names of the columns of `parts`. */
  readonly parts: readonly string[]
  readonly actions: readonly ForetoldAction[]
  /** Oldest first. */
  readonly slates: readonly Slate[]
}

export function rowsOf({ places }: Slate): number {
  return places.length
}

export function hasOutcome({ outcomes }: Slate, row: number, action: number): boolean {
  return ((outcomes[row]! >>> action) & 1) === 1
}
