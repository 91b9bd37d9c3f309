/**
 * Friend suggestion: people whom my ties know (two steps in the graph, rare ties count more: Adamic
 * and Adar, 2003), people who engaged with what I engaged with, who write about the same, and who
 * follow me. Never across a block, a mute, a private account or an opt-out.
 */
import type { Interest } from '../interest/interest.ts'
import type { Memory } from '../memory/memory.ts'
import { createSubjects, type Subjects } from './subjects.ts'

export interface PeopleRequest {
  /** Person number, or -1: then the best known people are suggested. */
  readonly person: number
  readonly limit: number
  readonly exclude: ReadonlySet<number>
}

export interface PersonSuggestion {
  readonly person: number
  /** Sum of the parts. */
  readonly score: number
  readonly parts: Readonly<Record<SuggestionPart, number>>
  readonly from: readonly SuggestionSource[]
  /** My ties who know them, closest first. */
  readonly mutual: readonly number[]
  /** Entries of my history about items that they engaged with too, strongest first. */
  readonly shared: readonly number[]
  /** Tags that both write under, most telling first. */
  readonly subjects: readonly string[]
}

export type SuggestionPart = 'mutual' | 'interest' | 'writing' | 'follows-you' | 'known'
export type SuggestionSource = 'ties-of-ties' | 'co-engaged' | 'followers' | 'well-known'

export interface PeopleSuggestions {
  /** Best first. */
  readonly people: readonly PersonSuggestion[]
  readonly dropped: ReadonlyMap<string, number>
}

const weights: Readonly<Record<SuggestionPart, number>> = {
  mutual: 0.45,
  interest: 0.3,
  writing: 0.1,
  'follows-you': 0.1,
  known: 0.05,
}
const mostTies = 200
const mostTiesOfATie = 300
const recentRead = 40
const engagersRead = 100
const reasonsKept = 3
/** Whose writing is read: so many for each place of the page, and at least so many. */
const readForEach = 3
const leastRead = 60
/** Of whom clearly less was asked. */
const unwantedCloseness = -0.5

interface Found {
  mutual: number
  interest: number
  isFollower: boolean
  readonly by: number[]
  readonly shared: number[]
}

type Candidates = Map<number, Found>

export function suggestPeople(
  memory: Memory,
  interest: Interest,
  request: PeopleRequest,
): PeopleSuggestions {
  const found: Candidates = new Map()
  const dropped = new Map<string, number>()
  if (request.person >= 0) {
    walkTwoSteps(memory, request.person, found)
    addCoEngaged(memory, interest, found)
    addFollowers(memory, request.person, found)
  }
  const refuse = refusals(memory, interest, request)
  removeForbidden(refuse, found, dropped)
  if (found.size < request.limit) addWellKnown(memory, refuse, request.limit, found)
  const subjects = createSubjects(memory, request.person)
  return { people: rank(memory, found, subjects, request.limit), dropped }
}

function walkTwoSteps({ ties }: Memory, person: number, found: Candidates): void {
  const mine = listOf(ties.out(person)).slice(-mostTies)
  for (const tie of mine) {
    const theirs = listOf(ties.out(tie)).slice(-mostTiesOfATie)
    const rarity = ties.weight(person, tie) / Math.log(2 + theirs.length)
    for (const other of theirs) {
      const entry = entryFor(found, other)
      entry.mutual += rarity * ties.weight(tie, other)
      entry.by.push(tie)
    }
  }
}

function addCoEngaged({ engagement }: Memory, { recent }: Interest, found: Candidates): void {
  const strongest = recent.toSorted((a, b) => b.weight - a.weight).slice(0, recentRead)
  for (const { item, weight, entry } of strongest) {
    const engagers = listOf(engagement.engagers(item)).slice(-engagersRead)
    const rarity = weight / Math.log(2 + engagers.length)
    for (const other of engagers) {
      const candidate = entryFor(found, other)
      candidate.interest += rarity
      candidate.shared.push(entry)
    }
  }
}

function addFollowers({ ties }: Memory, person: number, found: Candidates): void {
  for (const follower of listOf(ties.in(person)).slice(-mostTies)) {
    entryFor(found, follower).isFollower = true
  }
}

/** For newcomers and for nobody in particular: people whom most are tied to. */
function addWellKnown(memory: Memory, refuse: Refuse, limit: number, found: Candidates): void {
  const known: { person: number; count: number }[] = []
  for (let person = 0; person < memory.people.count; person++) {
    if (found.has(person) || refuse(person) !== undefined) continue
    known.push({ person, count: memory.ties.in(person).length })
  }
  known.sort((a, b) => b.count - a.count || a.person - b.person)
  for (const { person } of known.slice(0, limit - found.size)) entryFor(found, person)
}

function removeForbidden(refuse: Refuse, found: Candidates, dropped: Map<string, number>): void {
  for (const person of found.keys()) {
    const reason = refuse(person)
    if (reason === undefined) continue
    found.delete(person)
    dropped.set(reason, (dropped.get(reason) ?? 0) + 1)
  }
}

/** The name of the rule that forbids a person, or undefined. */
type Refuse = (person: number) => string | undefined

function refusals(
  { people, ties }: Memory,
  { authors }: Interest,
  { person, exclude }: PeopleRequest,
): Refuse {
  const tied = new Set(person < 0 ? [] : listOf(ties.out(person)))
  const muted = new Set(person < 0 ? [] : listOf(ties.muted(person)))
  const blocked = new Set(person < 0 ? [] : listOf(ties.blockedEitherWay(person)))
  const rules: readonly (readonly [string, (other: number) => boolean])[] = [
    ['own', (other) => other === person],
    ['removed', (other) => !people.isLive(other)],
    ['excluded', (other) => exclude.has(other)],
    ['blocked', (other) => blocked.has(other)],
    ['muted', (other) => muted.has(other)],
    ['private', (other) => people.isPrivate(other)],
    ['opted-out', (other) => people.get(other)?.isSuggested === false],
    ['less', (other) => (authors.get(other) ?? 0) < unwantedCloseness],
    ['known-already', (other) => tied.has(other)],
  ]
  return (other) => rules.find(([, forbids]) => forbids(other))?.[0]
}

function rank(
  memory: Memory,
  found: Candidates,
  subjects: Subjects,
  limit: number,
): PersonSuggestion[] {
  let mutual = 0
  let interest = 0
  let known = 0
  for (const [person, entry] of found) {
    mutual = Math.max(mutual, entry.mutual)
    interest = Math.max(interest, entry.interest)
    known = Math.max(known, Math.log1p(memory.ties.in(person).length))
  }
  const share = (value: number, highest: number) => (highest > 0 ? value / highest : 0)
  const partsOf = (person: number, entry: Found) => ({
    mutual: weights.mutual * share(entry.mutual, mutual),
    interest: weights.interest * share(entry.interest, interest),
    writing: 0,
    'follows-you': entry.isFollower ? weights['follows-you'] : 0,
    known: weights.known * share(Math.log1p(memory.ties.in(person).length), known),
  })
  // Reading what everybody writes would take long: those who come near the page are enough.
  return [...found]
    .map(([person, entry]) => suggestionOf(person, entry, partsOf(person, entry)))
    .sort(bestFirst)
    .slice(0, Math.max(leastRead, readForEach * limit))
    .map((suggestion) => withWriting(suggestion, subjects))
    .sort(bestFirst)
    .slice(0, limit)
}

function bestFirst(a: PersonSuggestion, b: PersonSuggestion): number {
  return b.score - a.score || a.person - b.person
}

type Parts = PersonSuggestion['parts']

function suggestionOf(person: number, entry: Found, parts: Parts): PersonSuggestion {
  return { person, score: sumOf(parts), parts, subjects: [], ...storyOf(entry) }
}

function withWriting(suggestion: PersonSuggestion, subjects: Subjects): PersonSuggestion {
  const { likeness, tags } = subjects.sharedWith(suggestion.person)
  const parts = { ...suggestion.parts, writing: weights.writing * likeness }
  return { ...suggestion, score: sumOf(parts), parts, subjects: tags }
}

function sumOf(parts: Parts): number {
  return parts.mutual + parts.interest + parts.writing + parts['follows-you'] + parts.known
}

function storyOf({ by, shared, isFollower }: Found) {
  const from: SuggestionSource[] = []
  if (by.length > 0) from.push('ties-of-ties')
  if (shared.length > 0) from.push('co-engaged')
  if (isFollower) from.push('followers')
  if (from.length === 0) from.push('well-known')
  return { from, mutual: by, shared: shared.slice(0, reasonsKept) }
}

function entryFor(found: Candidates, person: number): Found {
  const entry = found.get(person)
  if (entry) return entry
  const fresh: Found = { mutual: 0, interest: 0, isFollower: false, by: [], shared: [] }
  found.set(person, fresh)
  return fresh
}

/** Borrowed lists may change with the next question, so this one is copied. */
function listOf({ values, length }: { values: Int32Array; length: number }): number[] {
  return Array.from(values.subarray(0, length))
}
