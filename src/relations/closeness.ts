/**
 * How close one person is to another, as a sum of named parts: the tie, what passes each way (how often,
 * how lately, of which kind, in which tone), that both do, whom both know, less what is hostile.
 */
import type { ClosenessPart } from '../domain/relation.ts'
import type { Memory } from '../memory/memory.ts'
import { type Acts, actsOf, type ToneOf } from './acts.ts'
import { commonCircle } from './common-circle.ts'

export interface Closeness {
  /** From 0 to 1; the sum of its parts. */
  readonly value: number
  readonly parts: Readonly<Record<ClosenessPart, number>>
  /** From 0 to 1. */
  readonly confidence: number
  /** What the first did, and what the second did. */
  readonly there: Acts
  readonly back: Acts
}

export interface ClosenessOptions {
  readonly nowMs: number
  readonly toneOf?: ToneOf | undefined
  /** False: as if the tie between the two were not known. */
  readonly countsTies?: boolean | undefined
}

const most = {
  ...{ tie: 0.2, tieBack: 0.1, attention: 0.25, response: 0.15, reciprocity: 0.2 },
  /** Less than a few likes, so that it decides only where little has passed. */
  circle: 0.1,
} as const
/** Weight of acts at which half is reached. */
const halfFull = 3
/** Evidence at which 1 - 1/e of certainty is reached. */
const usualEvidence = 4
const shareLeftByMute = 0.5

export function closenessOf(
  memory: Memory,
  from: number,
  to: number,
  { nowMs, toneOf = () => undefined, countsTies = true }: ClosenessOptions,
): Closeness {
  const there = actsOf(memory, from, to, nowMs, toneOf)
  const back = actsOf(memory, to, from, nowMs, toneOf)
  const tie = countsTies ? memory.ties.weight(from, to) : 0
  const tieBack = countsTies ? memory.ties.weight(to, from) : 0
  const given = fullness(there.friendly)
  const returned = fullness(back.friendly)
  const warm = {
    tie: most.tie * tie + most.tieBack * tieBack,
    attention: most.attention * given,
    response: most.response * returned,
    reciprocity: most.reciprocity * Math.sqrt(given * returned),
    circle: most.circle * commonCircle(memory, from, to),
  }
  const sum = warm.tie + warm.attention + warm.response + warm.reciprocity + warm.circle
  const hostility = -sum * fullness(there.hostile + back.hostile)
  const distance = -(sum + hostility) * shareTakenByDistance(memory, from, to)
  const evidence = there.friendly + there.hostile + back.friendly + back.hostile + tie + tieBack
  return {
    value: Math.max(0, sum + hostility + distance),
    parts: { ...warm, hostility, distance },
    confidence: 1 - Math.exp(-evidence / usualEvidence),
    there,
    back,
  }
}

/** From 0 towards 1: the tenth like says less than the first. */
function fullness(weight: number): number {
  return weight / (weight + halfFull)
}

function shareTakenByDistance({ ties }: Memory, from: number, to: number): number {
  if (ties.has(from, to, 'block') || ties.has(to, from, 'block')) return 1
  return ties.has(from, to, 'mute') ? 1 - shareLeftByMute : 0
}
