/**
 * Friend suggestion: people whom my ties know (two steps in the graph, rare ties count more: Adamic
 * and Adar, 2003), people who made or engaged with what I care about, who write about the same, who
 * follow me, and whom the learned graph places next to me. Never across a block, a mute, a private account or an opt-out.
 */
import type { Interest } from '../interest/interest.ts'
import type { Memory } from '../memory/memory.ts'
import type { PeopleGraph } from './graph/people-graph.ts'
import {
  addByInterest,
  addFollowers,
  addNear,
  addTiesOfTies,
  addWellKnown,
  type Candidates,
  type Found,
  listOf,
} from './people-sources.ts'
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
  /** Entries of my history about what they made, strongest first. */
  readonly wrote: readonly number[]
  /** What I said I care about, in my words, that they write about or engage with. */
  readonly said: readonly string[]
  /** Tags that both write under, most telling first. */
  readonly subjects: readonly string[]
}

export type SuggestionPart = 'mutual' | 'interest' | 'graph' | 'writing' | 'follows-you' | 'known'
export type SuggestionSource =
  | 'ties-of-ties'
  | 'co-engaged'
  | 'authors'
  | 'graph'
  | 'followers'
  | 'well-known'

export interface PeopleSuggestions {
  /** Best first. */
  readonly people: readonly PersonSuggestion[]
  readonly dropped: ReadonlyMap<string, number>
}

const weights: Readonly<Record<SuggestionPart, number>> = {
  mutual: 0.45,
  interest: 0.3,
  graph: 0.3,
  writing: 0.1,
  'follows-you': 0.1,
  known: 0.05,
}
const reasonsKept = 3
/** Whose writing is read: so many for each place of the page, and at least so many. */
const readForEach = 3
const leastRead = 60
/** Of whom clearly less was asked. */
const unwantedCloseness = -0.5

/** Places that the learned graph may fill, for each place of the page. */
const nearForEach = 3

/** @param graph left out, or not ready: its part is 0 for everybody */
export function suggestPeople(
  memory: Memory,
  interest: Interest,
  request: PeopleRequest,
  graph?: PeopleGraph,
): PeopleSuggestions {
  const { person, limit } = request
  const found: Candidates = new Map()
  const dropped = new Map<string, number>()
  if (person >= 0) {
    addTiesOfTies(memory, person, found)
    addByInterest(memory, interest, found)
    addFollowers(memory, person, found)
    if (graph?.isReady) addNear(graph, person, nearForEach * limit, found)
  }
  const refuse = refusals(memory, interest, request)
  removeForbidden(refuse, found, dropped)
  if (found.size < limit) addWellKnown(memory, refuse, limit, found)
  const subjects = createSubjects(memory, person)
  const likeness = likenessOf(graph, person, [...found.keys()])
  return { people: rank(memory, found, { subjects, likeness }, limit), dropped }
}

/** By person number, from 0 to 1; nobody is far from somebody for being of another kind. */
function likenessOf(
  graph: PeopleGraph | undefined,
  person: number,
  others: readonly number[],
): ReadonlyMap<number, number> {
  const cosines = new Float32Array(others.length)
  graph?.likeness(person, Int32Array.from(others), others.length, cosines)
  return new Map(others.map((other, n) => [other, Math.max(0, cosines[n]!)]))
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

interface Likeness {
  readonly subjects: Subjects
  /** By the learned graph. */
  readonly likeness: ReadonlyMap<number, number>
}

function rank(
  memory: Memory,
  found: Candidates,
  { subjects, likeness }: Likeness,
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
    graph: weights.graph * (likeness.get(person) ?? 0),
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
  return Object.values(parts).reduce((sum, part) => sum + part, 0)
}

function storyOf({ by, shared, wrote, said, isFollower, isNear }: Found) {
  const from: SuggestionSource[] = []
  if (by.length > 0) from.push('ties-of-ties')
  if (shared.length > 0 || said.size > 0) from.push('co-engaged')
  if (wrote.length > 0) from.push('authors')
  if (isNear) from.push('graph')
  if (isFollower) from.push('followers')
  if (from.length === 0) from.push('well-known')
  return {
    from,
    mutual: by,
    shared: shared.slice(0, reasonsKept),
    wrote: wrote.slice(0, reasonsKept),
    said: [...said].slice(0, reasonsKept),
  }
}
