/**
 * What a policy would do, from its own log: the log tells the chance of the action that was taken, never
 * those of the others. A chance is smoothed over time, for policies learn as they go. Of rewards nothing is read.
 */
import { type Random, shuffle } from '../../math/random.ts'
import type { Policy, Rounds } from './rounds.ts'

const hourMs = 3_600_000
const folds = 5
/** What was never seen to be taken keeps a chance. */
const least = 1e-5

/** Half the stretch of time that speaks for a moment; infinite for a policy that never changes. Of equal ones the longest. */
const stretches: readonly number[] = [Number.POSITIVE_INFINITY, 48, 24, 12, 6, 2].map(
  (hours) => hours * hourMs,
)

export interface Recovered {
  /** Of the rounds of another log with the same actions and places. */
  policyFor(rounds: Rounds): Policy
  readonly stretchMs: number
  /** Mean log chance of actions that were left out, as recovered, and as the log itself says. */
  readonly fit: number
  readonly bestFit: number
}

/** The stretch under which rounds that are left out are most likely is the one that is taken. */
export function recoverPolicy(log: Rounds, random: Random): Recovered {
  const fold = shuffle(
    random,
    Int32Array.from({ length: log.count }, (_, n) => n % folds),
  )
  let stretchMs = Number.POSITIVE_INFINITY
  let fit = -Infinity
  for (const candidate of stretches) {
    const value = fitOf(log, fold, candidate)
    if (value > fit + 1e-9) [fit, stretchMs] = [value, candidate]
  }
  const bestFit = meanLog(log.propensities)
  return { fit, bestFit, stretchMs, policyFor: (rounds) => policyOf(log, rounds, stretchMs) }
}

function fitOf(log: Rounds, fold: Int32Array, stretchMs: number): number {
  const chances = new Float64Array(log.count)
  const row = new Float64Array(log.actions)
  for (let held = 0; held < folds; held++) {
    const speakers = byPlace(log, (n) => fold[n] !== held)
    for (let n = 0; n < log.count; n++) {
      if (fold[n] !== held) continue
      chancesAt(log, speakers[log.places[n]!]!, log.atMs[n]!, stretchMs, row)
      chances[n] = row[log.taken[n]!]!
    }
  }
  return meanLog(chances)
}

function policyOf(log: Rounds, rounds: Rounds, stretchMs: number): Policy {
  const speakers = byPlace(log, () => true)
  return (round, out) => {
    chancesAt(log, speakers[rounds.places[round]!]!, rounds.atMs[round]!, stretchMs, out)
  }
}

/** Rounds of each place, in the order of time. */
function byPlace(log: Rounds, isWanted: (n: number) => boolean): Int32Array[] {
  const lists: number[][] = Array.from({ length: log.placeCount }, () => [])
  for (let n = 0; n < log.count; n++) if (isWanted(n)) lists[log.places[n]!]!.push(n)
  return lists.map((list) => Int32Array.from(list).sort((a, b) => log.atMs[a]! - log.atMs[b]!))
}

/**
 * The chance of action a near a time is Σ K over the rounds that took a, divided by Σ K / p of the same
 * rounds: 1 / p counts how many rounds stand behind each that took it. K falls like a parabola.
 */
function chancesAt(
  log: Rounds,
  speakers: Int32Array,
  atMs: number,
  stretchMs: number,
  out: Float64Array,
): void {
  const behind = new Float64Array(log.actions)
  out.fill(0)
  const isEndless = stretchMs === Number.POSITIVE_INFINITY
  for (
    let at = isEndless ? 0 : firstFrom(log, speakers, atMs - stretchMs);
    at < speakers.length;
    at++
  ) {
    const n = speakers[at]!
    const distance = isEndless ? 0 : (log.atMs[n]! - atMs) / stretchMs
    if (distance >= 1) break
    const weight = 1 - distance * distance
    const action = log.taken[n]!
    out[action]! += weight
    behind[action]! += weight / log.propensities[n]!
  }
  let sum = 0
  for (let action = 0; action < log.actions; action++) {
    out[action] = Math.max(least, behind[action]! > 0 ? out[action]! / behind[action]! : 0)
    sum += out[action]!
  }
  for (let action = 0; action < log.actions; action++) out[action]! /= sum
}

/** The first of the speakers at or after a time. */
function firstFrom({ atMs }: Rounds, speakers: Int32Array, fromMs: number): number {
  let low = 0
  let high = speakers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (atMs[speakers[middle]!]! < fromMs) low = middle + 1
    else high = middle
  }
  return low
}

function meanLog(chances: Float64Array): number {
  return chances.reduce((sum, chance) => sum + Math.log(chance), 0) / chances.length
}
