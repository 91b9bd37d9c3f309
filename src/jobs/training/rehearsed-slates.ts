/**
 * Slates for networks without logged pages: before each fresh choice the candidates of the page that
 * would have been made, with what the person did about each of them within a day.
 */

import type { Slate } from '../../learn/actions/slates.ts'
import { type Random, someOf } from '../../math/random.ts'
import type { CandidateSet } from '../../recommend/candidates.ts'
import { createContexts } from '../../recommend/context.ts'
import { createFeeds } from '../../recommend/feeds.ts'
import type { Learned } from '../../recommend/learned/learned.ts'
import { createRunner } from '../../recommend/run.ts'
import { contextWords } from '../../recommend/value/context-words.ts'
import { type FreshChoice, type Rehearsal, requestOf } from './rehearsal.ts'

export interface RehearsedSlates {
  /** Names of the parts. */
  readonly parts: readonly string[]
  /** What each counts as long as nothing is learned. [parts] */
  readonly before: Float64Array
  readonly slates: readonly Slate[]
  ask(choice: FreshChoice): void
}

/** Of rows without an outcome, by lot. */
const mostUntouched = 120

export interface SlateOptions {
  readonly random: Random
  /** Scorers and sources that are left out. */
  readonly without?: readonly string[] | undefined
}

export function rehearsedSlates(
  { memory, interests }: Rehearsal,
  learned: Learned,
  { random, without = [] }: SlateOptions,
): RehearsedSlates {
  const { home } = createFeeds({ without })
  const contextFor = createContexts(memory, interests, learned)
  const run = createRunner()
  const parts = home.scorers.map(({ scorer }) => scorer.name)
  const slates: Slate[] = []
  return {
    parts,
    slates,
    before: Float64Array.from(home.scorers, ({ weight }) => weight),
    ask(choice) {
      learned.catchUp(Infinity)
      const request = requestOf(choice)
      const { candidates } = run(home, request, contextFor(request))
      const slate = slateOf(candidates, parts, choice.outcomes(), random)
      slates.push({ ...slate, context: contextWords(request, memory) })
    },
  }
}

function slateOf(
  { count, items, raw }: CandidateSet,
  names: readonly string[],
  outcomes: ReadonlyMap<number, number>,
  random: Random,
): Omit<Slate, 'context'> {
  const untouched: number[] = []
  const rows: number[] = []
  for (let row = 0; row < count; row++) {
    if (outcomes.has(items[row]!)) rows.push(row)
    else untouched.push(row)
  }
  const kept = someOf(random, untouched, mostUntouched)
  rows.push(...kept)
  const parts = new Float32Array(rows.length * names.length)
  for (const [part, name] of names.entries()) {
    const column = raw.get(name)!
    for (const [at, row] of rows.entries()) parts[at * names.length + part] = column[row]!
  }
  return {
    parts,
    places: new Uint8Array(rows.length),
    outcomes: Uint16Array.from(rows, (row) => outcomes.get(items[row]!) ?? 0),
    shareKept: untouched.length === 0 ? 1 : kept.length / untouched.length,
  }
}
