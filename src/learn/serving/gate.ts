/**
 * May a challenger serve? It is compared with what serves and with no model at all on the same fresh
 * choices, per segment, and refused when it is worse anywhere beyond noise.
 */
import { type Comparison, pairedTest } from '../evaluate/significance.ts'

/** One fresh choice: how well each contender would have served it. */
export interface Trial {
  /** Trials of one person count as one. */
  readonly person: number
  /** What kinds of person and item it is about, for example `cold people`, `tail items`. */
  readonly segments: readonly string[]
  /** By contender, for example NDCG@10; larger is better. */
  readonly values: Readonly<Record<string, number>>
}

export interface SegmentVerdict extends Comparison {
  readonly segment: string
  readonly against: string
  readonly isWorse: boolean
}

export interface Verdict {
  readonly passes: boolean
  /** Why not, in sentences; empty when it passes. */
  readonly reasons: readonly string[]
  readonly segments: readonly SegmentVerdict[]
  readonly trials: number
}

export interface GateOptions {
  readonly challenger: string
  readonly against: readonly string[]
  /** Below so many people nothing is known. */
  readonly leastPeople?: number
  /** Of calling a harmless challenger worse in any of the segments (shared by Bonferroni). */
  readonly risk?: number
}

const everything = 'all'

export function judge(trials: readonly Trial[], options: GateOptions): Verdict {
  const { challenger, against, leastPeople = 20, risk = 0.05 } = options
  const names = [...new Set(trials.flatMap(({ segments }) => segments))].sort()
  const compared = [everything, ...names].flatMap((segment) =>
    against.map((other) => ({ segment, other, ...compare(trials, segment, challenger, other) })),
  )
  const known = compared.filter(({ people }) => people >= leastPeople)
  const threshold = risk / Math.max(1, known.length)
  const segments = known.map(({ segment, other, difference, p, people }) => ({
    ...{ segment, against: other, difference, p, people },
    isWorse: difference < 0 && p < (segment === everything ? risk : threshold),
  }))
  const reasons = segments.filter(({ isWorse }) => isWorse).map(sentenceOf)
  if (!known.some(({ segment }) => segment === everything)) {
    const people = new Set(trials.map(({ person }) => person)).size
    reasons.push(
      `There are fresh choices of ${people} people only; at least ${leastPeople} are needed to judge.`,
    )
  }
  return { passes: reasons.length === 0, reasons, segments, trials: trials.length }
}

/** Over people, so that a busy one counts no more than another. */
function compare(
  trials: readonly Trial[],
  segment: string,
  challenger: string,
  other: string,
): Comparison {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const { person, segments, values } of trials) {
    if (segment !== everything && !segments.includes(segment)) continue
    const known = sums.get(person) ?? { sum: 0, count: 0 }
    // A contender that says nothing, or no number, is as bad as one that finds nothing.
    known.sum += (values[challenger] || 0) - (values[other] || 0)
    known.count++
    sums.set(person, known)
  }
  if (sums.size === 0) return { difference: 0, p: 1, people: 0 }
  return pairedTest(Array.from(sums.values(), ({ sum, count }) => sum / count))
}

function sentenceOf({ segment, against, difference, p }: SegmentVerdict): string {
  const by = Math.abs(difference).toFixed(4)
  return `Worse than ${against} for ${segment}: by ${by} (p = ${p.toPrecision(2)}).`
}
