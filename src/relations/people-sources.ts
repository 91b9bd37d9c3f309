/** Where friend suggestions come from. Each source adds people to what is found, with its reason. */
import type { Interest } from '../interest/interest.ts'
import type { Memory, Numbers } from '../memory/memory.ts'
import type { PeopleGraph } from './graph/people-graph.ts'

/** What speaks for one person. */
export interface Found {
  mutual: number
  interest: number
  isFollower: boolean
  /** Among those nearest by the learned graph. */
  isNear: boolean
  /** Ties of mine who know them. */
  readonly by: number[]
  /** Entries of my history about items that they engaged with too. */
  readonly shared: number[]
  /** Entries of my history about what they wrote. */
  readonly wrote: number[]
  /** My own words for what they write or engage with. */
  readonly said: Set<string>
}

export type Candidates = Map<number, Found>

const mostTies = 200
const mostTiesOfATie = 300
const recentRead = 40
const engagersRead = 100
/** What an author is next to one of many who engaged. */
const authorShare = 0.7

/** Nobody leads to others who is blocked, and nobody to whom they blocked. */
export function addTiesOfTies({ ties }: Memory, person: number, found: Candidates): void {
  const blocked = new Set(listOf(ties.blockedEitherWay(person)))
  for (const tie of newestOf(ties.out(person), mostTies)) {
    if (blocked.has(tie)) continue
    const apart = new Set(listOf(ties.blockedEitherWay(tie)))
    const theirs = newestOf(ties.out(tie), mostTiesOfATie)
    const rarity = ties.weight(person, tie) / Math.log(2 + theirs.length)
    for (const other of theirs) {
      if (apart.has(other)) continue
      const entry = entryFor(found, other)
      entry.mutual += rarity * ties.weight(tie, other)
      entry.by.push(tie)
    }
  }
}

/** People who engaged with what I care about, and those who made it. */
export function addByInterest(
  { engagement, items }: Memory,
  { recent }: Interest,
  found: Candidates,
): void {
  const strongest = recent.toSorted((a, b) => b.weight - a.weight).slice(0, recentRead)
  for (const { item, weight, entry, said } of strongest) {
    const engagers = newestOf(engagement.engagers(item), engagersRead)
    const rarity = weight / Math.log(2 + engagers.length)
    for (const other of engagers) {
      const candidate = entryFor(found, other)
      candidate.interest += rarity
      if (said !== undefined) candidate.said.add(said)
      else candidate.shared.push(entry)
    }
    const author = items.authorOf(item)
    if (author < 0) continue
    const candidate = entryFor(found, author)
    candidate.interest += authorShare * weight
    if (said !== undefined) candidate.said.add(said)
    else candidate.wrote.push(entry)
  }
}

export function addFollowers({ ties }: Memory, person: number, found: Candidates): void {
  for (const follower of newestOf(ties.in(person), mostTies)) {
    entryFor(found, follower).isFollower = true
  }
}

/** For newcomers and for nobody in particular: people whom most are tied to. */
export function addWellKnown(
  memory: Memory,
  refuse: (person: number) => string | undefined,
  limit: number,
  found: Candidates,
): void {
  const known: { person: number; count: number }[] = []
  for (let person = 0; person < memory.people.count; person++) {
    if (found.has(person) || refuse(person) !== undefined) continue
    known.push({ person, count: memory.ties.in(person).length })
  }
  known.sort((a, b) => b.count - a.count || a.person - b.person)
  for (const { person } of known.slice(0, limit - found.size)) entryFor(found, person)
}

/** Whom the learned graph places next to a person, ties left out later. */
export function addNear(
  graph: PeopleGraph,
  person: number,
  limit: number,
  found: Candidates,
): void {
  for (const other of graph.nearest(person, limit).people) entryFor(found, other).isNear = true
}

function entryFor(found: Candidates, person: number): Found {
  const entry = found.get(person)
  if (entry) return entry
  const fresh: Found = {
    ...{ mutual: 0, interest: 0, isFollower: false, isNear: false },
    ...{ by: [], shared: [], wrote: [], said: new Set() },
  }
  found.set(person, fresh)
  return fresh
}

/** Borrowed lists may change with the next question, so this one is copied. */
export function listOf({ values, length }: Numbers): number[] {
  return Array.from(values.subarray(0, length))
}

/** The last of a list, however long it is. */
function newestOf({ values, length }: Numbers, limit: number): number[] {
  return Array.from(values.subarray(Math.max(0, length - limit), length))
}
