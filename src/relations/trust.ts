/**
 * How far one person may rely on another: a tie of one's own, paths of two and three ties (each step
 * counts less, and through somebody with many ties less still), minus the distrust of blocks and
 * reports, which travels one step only (Guha et al., WWW 2004, §3.2).
 */
import type { TrustPart } from '../domain/relation.ts'
import type { Memory, Numbers } from '../memory/memory.ts'

export interface Trust {
  /** From 0 to 1; the sum of its parts. */
  readonly value: number
  readonly parts: Readonly<Record<TrustPart, number>>
  /** Ties of the first who are tied to the second, most trusted first. */
  readonly through: readonly number[]
}

/** Whom a person reported, or reported items of. */
export type ReportedBy = (person: number) => ReadonlySet<number>

export interface TrustOptions {
  readonly reportedBy: ReportedBy
  /** False: as if the tie between the two were not known. */
  readonly countsTie?: boolean | undefined
}

/** A tie of one's own, and how much it rises when it is returned. */
const ownTie = 0.6
const returned = 0.25
/** What is left of trust after each further step. */
export const ofSecondStep = 0.6
const ofThirdStep = 0.3
const mostTies = 200
const mostTiesOnTheWay = 60
/** Of those who are trusted, how much their block or report counts; of strangers together. */
const ofTrusted = 0.6
const ofStrangers = 0.4
const strangersForHalf = 5
const throughKept = 10

export function trustOf(
  memory: Memory,
  from: number,
  to: number,
  { reportedBy, countsTie = true }: TrustOptions,
): Trust {
  const direct = countsTie ? tieTrust(memory, from, to) : 0
  const { warmth, through } = pathsBetween(memory, from, to)
  const reached = 1 - (1 - direct) * Math.exp(-warmth)
  const distrust = -reached * distrustOf(memory, from, to, reportedBy)
  return {
    value: Math.max(0, reached + distrust),
    parts: { direct, 'through-ties': reached - direct, distrust },
    through,
  }
}

/** Of one step, from 0 to 1; none through a block or a mute. */
export function tieTrust({ ties }: Memory, from: number, to: number): number {
  if (ties.has(from, to, 'block') || ties.has(from, to, 'mute')) return 0
  const own = ties.weight(from, to)
  return own === 0 ? 0 : ownTie * own + returned * own * ties.weight(to, from)
}

/** Adds up what every path of two and three ties brings; never more than one lookup a tie. */
function pathsBetween(memory: Memory, from: number, to: number) {
  const through: { person: number; warmth: number }[] = []
  let warmth = 0
  for (const tie of newestOf(memory.ties.out(from), mostTies)) {
    if (tie === to || tie === from) continue
    const first = tieTrust(memory, from, tie)
    if (first === 0) continue
    const last = tieTrust(memory, tie, to)
    if (last > 0) {
      const added = first * last * ofSecondStep * rarity(memory, tie)
      through.push({ person: tie, warmth: added })
      warmth += added
    }
    warmth += first * ofThirdStep * onwards(memory, tie, from, to)
  }
  through.sort((a, b) => b.warmth - a.warmth || a.person - b.person)
  return { warmth, through: through.slice(0, throughKept).map(({ person }) => person) }
}

function onwards(memory: Memory, tie: number, from: number, to: number): number {
  let warmth = 0
  for (const next of newestOf(memory.ties.out(tie), mostTiesOnTheWay)) {
    if (next === to || next === from) continue
    const last = memory.ties.weight(next, to)
    if (last === 0) continue
    warmth +=
      memory.ties.weight(tie, next) * ownTie * tieTrust(memory, next, to) * rarity(memory, next)
  }
  return warmth * rarity(memory, tie)
}

/** Being tied to somebody who is tied to everybody says little (Adamic & Adar 2003). */
export function rarity({ ties }: Memory, person: number): number {
  return 1 / Math.log2(2 + ties.out(person).length)
}

function distrustOf(memory: Memory, from: number, to: number, reportedBy: ReportedBy): number {
  const { ties } = memory
  if (ties.has(from, to, 'block') || reportedBy(from).has(to)) return 1
  let left = 1
  for (const tie of newestOf(ties.out(from), mostTies)) {
    if (!ties.has(tie, to, 'block') && !reportedBy(tie).has(to)) continue
    left *= 1 - ofTrusted * tieTrust(memory, from, tie)
  }
  const blockers = countBlockers(memory, to)
  const ofOthers = (ofStrangers * blockers) / (blockers + strangersForHalf + ties.in(to).length)
  return 1 - left * (1 - ofOthers)
}

function countBlockers({ ties }: Memory, person: number): number {
  let count = 0
  const { values, length } = ties.blockedEitherWay(person)
  for (let place = 0; place < length; place++) {
    if (ties.has(values[place]!, person, 'block')) count++
  }
  return count
}

function newestOf({ values, length }: Numbers, limit: number): Int32Array {
  return values.subarray(Math.max(0, length - limit), length)
}
