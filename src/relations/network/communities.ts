/** What is to be said about each community: size, words, languages, how much it keeps to itself. */
import type { NetworkReport } from '../../domain/network.ts'
import { degreeOf, type Graph } from '../../math/graph.ts'
import { actionWeight, engagementWeight } from '../../memory/action-weights.ts'
import type { Memory } from '../../memory/memory.ts'
import { type CommunityMood, communityMoods } from './community-moods.ts'

/** Fewer are people who happen to know each other. */
const leastPeople = 3
const keywordsKept = 6
const languagesKept = 3
const centreKept = 3
const pairsKept = 200

interface Figures {
  readonly id: number
  readonly members: number[]
  /** Ends of ties of its people, and those of them that stay inside. */
  ends: number
  inside: number
  /** Engagements of its people, those with its own items, and those that its items received. */
  engaged: number
  engagedInside: number
  received: number
  /** Times each tag is on an item of its people. */
  readonly tags: Map<string, number>
  readonly languages: Map<string, number>
}

/** @param ids [people] community of each */
export function describeCommunities(
  memory: Memory,
  graph: Graph,
  ids: Int32Array,
): Pick<NetworkReport, 'communities' | 'between'> {
  const figures = new Map<number, Figures>()
  const of = (person: number): Figures => figuresFor(figures, ids[person]!)
  const between = new Map<string, number>()
  for (let person = 0; person < graph.size; person++) {
    if (!memory.people.isLive(person)) continue
    of(person).members.push(person)
    countLanguages(memory, person, of(person))
    countTies(graph, person, ids, of(person), between)
    countEngagement(memory, person, of)
  }
  countTags(memory, of)
  const engaged = sumOf(figures, ({ engaged: own }) => own)
  const words = sumOf(figures, ({ tags }) => [...tags.values()].reduce((a, b) => a + b, 0))
  const everywhere = tagsEverywhere(figures)
  const moods = communityMoods(memory, ids)
  const kept = [...figures.values()].filter(({ members }) => members.length >= leastPeople)
  return {
    communities: kept
      .sort((a, b) => b.members.length - a.members.length || a.id - b.id)
      .map((one) => ({
        id: one.id,
        people: one.members.length,
        keywords: keywordsOf(one, everywhere, words / Math.max(1, kept.length)),
        languages: mostOf(one.languages, languagesKept),
        inside: one.ends === 0 ? 0 : one.inside / one.ends,
        echo: echoOf(one, engaged),
        centre: centreOf(memory, graph, one.members),
        ...moodOf(moods, one.id),
      })),
    between: pairsOf(between, new Set(kept.map(({ id }) => id))),
  }
}

function moodOf(moods: ReadonlyMap<number, CommunityMood>, id: number): { mood?: CommunityMood } {
  const mood = moods.get(id)
  return mood ? { mood } : {}
}

function figuresFor(figures: Map<number, Figures>, id: number): Figures {
  const known = figures.get(id)
  if (known) return known
  const fresh: Figures = {
    ...{ id, members: [], ends: 0, inside: 0, engaged: 0, engagedInside: 0, received: 0 },
    tags: new Map(),
    languages: new Map(),
  }
  figures.set(id, fresh)
  return fresh
}

function countLanguages({ people }: Memory, person: number, { languages }: Figures): void {
  for (const language of people.get(person)?.languages ?? []) add(languages, language)
}

function countTies(
  { starts, neighbours }: Graph,
  person: number,
  ids: Int32Array,
  figures: Figures,
  between: Map<string, number>,
): void {
  for (let place = starts[person]!; place < starts[person + 1]!; place++) {
    const other = ids[neighbours[place]!]!
    figures.ends += 1
    if (other === figures.id) figures.inside += 1
    else if (other > figures.id) add(between, `${figures.id} ${other}`)
  }
}

function countEngagement(
  { histories, items }: Memory,
  person: number,
  of: (person: number) => Figures,
): void {
  const own = of(person)
  const length = histories.length(person)
  for (let entry = 0; entry < length; entry++) {
    const item = histories.itemAt(person, entry)
    if (item < 0 || actionWeight(histories.actionAt(person, entry)) < engagementWeight) continue
    const author = items.authorOf(item)
    if (author < 0 || author === person) continue
    const theirs = of(author)
    own.engaged += 1
    theirs.received += 1
    if (theirs === own) own.engagedInside += 1
  }
}

function countTags({ items, people }: Memory, of: (person: number) => Figures): void {
  for (let item = 0; item < items.count; item++) {
    const author = items.authorOf(item)
    if (author < 0 || !people.isLive(author)) continue
    for (const tag of items.get(item)?.tags ?? []) add(of(author).tags, tag)
  }
}

function tagsEverywhere(figures: ReadonlyMap<number, Figures>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { tags } of figures.values()) {
    for (const [tag, times] of tags) sums.set(tag, (sums.get(tag) ?? 0) + times)
  }
  return sums
}

/**
 * Class-based TF-IDF (Grootendorst 2022): tf of the tag in the community · ln(1 + mean tags of a
 * community / times the tag is used at all), for tags used here more than their share elsewhere.
 */
function keywordsOf(
  { tags }: Figures,
  everywhere: ReadonlyMap<string, number>,
  meanWords: number,
): string[] {
  const own = [...tags.values()].reduce((a, b) => a + b, 0)
  const all = [...everywhere.values()].reduce((a, b) => a + b, 0)
  const weights = new Map<string, number>()
  for (const [tag, times] of tags) {
    const total = everywhere.get(tag) ?? times
    const isTelling = own === all || times / own > 1.1 * (total / all)
    if (isTelling) weights.set(tag, (times / own) * Math.log(1 + meanWords / total))
  }
  return mostOf(weights, keywordsKept)
}

/** (share of engagement that stays - share expected by chance) / (1 - share expected by chance) */
function echoOf({ engaged, engagedInside, received }: Figures, all: number): number {
  const expected = received / Math.max(1, all)
  if (engaged === 0 || expected >= 1) return 0
  return (engagedInside / engaged - expected) / (1 - expected)
}

function centreOf({ people }: Memory, graph: Graph, members: readonly number[]): string[] {
  return members
    .filter((person) => !people.isPrivate(person))
    .sort((a, b) => degreeOf(graph, b) - degreeOf(graph, a) || a - b)
    .slice(0, centreKept)
    .flatMap((person) => people.get(person)?.id ?? [])
}

function pairsOf(between: ReadonlyMap<string, number>, kept: ReadonlySet<number>) {
  const pairs: { from: number; to: number; ties: number }[] = []
  for (const [key, ties] of between) {
    const [from = 0, to = 0] = key.split(' ').map(Number)
    if (kept.has(from) && kept.has(to)) pairs.push({ from, to, ties })
  }
  return pairs.sort((a, b) => b.ties - a.ties).slice(0, pairsKept)
}

function mostOf(counts: ReadonlyMap<string, number>, limit: number): string[] {
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, limit)
    .map(([name]) => name)
}

function sumOf(figures: ReadonlyMap<number, Figures>, of: (one: Figures) => number): number {
  let sum = 0
  for (const one of figures.values()) sum += of(one)
  return sum
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
