/** Parts of the people and of the catalogue whose quality a mean would hide. */
import { quantile } from '../../math/stats.ts'
import { rowColumns, rowLength } from '../data/csr.ts'
import { activeUsers, type Dataset, type ItemFacts } from '../data/dataset.ts'
import type { Split } from '../data/split.ts'
import { type Lists, listValues, meanKnown } from './lists.ts'

export interface Segment {
  readonly name: string
  /** Only these people are tested; everybody when left out. */
  readonly hasPerson?: ((user: number) => boolean) | undefined
  /** Only these items count as relevant; all when left out. Lists are not changed. */
  readonly hasItem?: ((item: number) => boolean) | undefined
}

export interface SegmentValue {
  /** Who has something to find in it. */
  readonly people: number
  readonly metrics: ReadonlyMap<string, number>
}

/** Of the items, by the number of people who have them in training; the rest that somebody has is the tail. */
const headShare = 0.2
/** Languages of fewer test pairs are not shown. */
const fewestPairs = 20
const bands = [
  { name: 'people unseen in training', from: 0, to: 0 },
  { name: 'people with 1–5', from: 1, to: 5 },
  { name: 'people with 6–20', from: 6, to: 20 },
  { name: 'people with over 20', from: 21, to: Infinity },
] as const

/** @param languages one per item, undefined where it cannot be told */
export function segmentsOf(
  { train, test }: Split,
  languages?: readonly (string | undefined)[],
): Segment[] {
  return [
    ...peopleSegments(train, test),
    ...itemSegments(train),
    ...(languages ? languageSegments(test, languages) : []),
  ]
}

function peopleSegments({ interactions }: Dataset, test: Dataset): Segment[] {
  const counts = [...activeUsers(test)].map((user) => rowLength(interactions, user))
  const quarter = quantile(counts, 0.25)
  return [
    ...bands.map(({ name, from, to }) => ({
      name,
      hasPerson: (user: number) => {
        const count = rowLength(interactions, user)
        return count >= from && count <= to
      },
    })),
    {
      name: `least active quarter (≤ ${Math.floor(quarter)})`,
      hasPerson: (user) => rowLength(interactions, user) <= quarter,
    },
  ]
}

function itemSegments({ interactions }: Dataset): Segment[] {
  const people = new Int32Array(interactions.columns)
  for (const item of interactions.columnOf) people[item]! += 1
  const order = Int32Array.from(people.keys()).sort((a, b) => people[b]! - people[a]! || a - b)
  const isHead = new Uint8Array(people.length)
  for (const item of order.subarray(0, Math.ceil(headShare * order.length))) isHead[item] = 1
  return [
    { name: 'head items', hasItem: (item) => isHead[item] === 1 && people[item]! > 0 },
    { name: 'tail items', hasItem: (item) => isHead[item] === 0 && people[item]! > 0 },
    { name: 'items unseen in training', hasItem: (item) => people[item] === 0 },
  ]
}

function languageSegments(
  { interactions }: Dataset,
  languages: readonly (string | undefined)[],
): Segment[] {
  const pairs = new Map<string, number>()
  for (const item of interactions.columnOf) {
    const language = languages[item] ?? 'unknown'
    pairs.set(language, (pairs.get(language) ?? 0) + 1)
  }
  return [...pairs]
    .filter(([, count]) => count >= fewestPairs)
    .sort(([, a], [, b]) => b - a)
    .map(([language]) => ({
      name: `language ${language}`,
      hasItem: (item) => (languages[item] ?? 'unknown') === language,
    }))
}

/** One per item. */
export function languagesOf(
  facts: readonly ItemFacts[],
  languageOf: (text: string) => string | undefined,
): (string | undefined)[] {
  return facts.map(({ text }) => languageOf(text))
}

/** Recall and NDCG at the first list length; segments with nobody in them are left out. */
export function segmentValues(
  lists: Lists,
  { test }: Split,
  segments: readonly Segment[],
  k: number,
): Map<string, SegmentValue> {
  return new Map(
    segments.flatMap((segment): [string, SegmentValue][] => {
      const people = peopleIn(segment, lists, test)
      if (people === 0) return []
      const names = ['recall', 'ndcg'] as const
      const values = listValues(lists, test.interactions, { at: [k], names, ...segment })
      const metrics = new Map([...values].map(([name, value]) => [name, meanKnown(value)]))
      return [[segment.name, { people, metrics }]]
    }),
  )
}

function peopleIn({ hasPerson, hasItem }: Segment, { users }: Lists, test: Dataset): number {
  return users.filter(
    (user) =>
      hasPerson?.(user) !== false &&
      (!hasItem || rowColumns(test.interactions, user).some(hasItem)),
  ).length
}
