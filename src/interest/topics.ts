/**
 * Groups what a person likes into a few topics, each named by the real item in its middle. Leaders
 * are chosen by weight, then every group moves to its medoid and is gathered once more; all
 * cosines come in batches.
 */
import type { Memory } from '../memory/memory.ts'
import type { Contrast } from './contrast.ts'
import type { Topic } from './interest.ts'
import type { ItemSignal } from './signals.ts'

/** Items this much closer than strangers belong to one topic. */
const togetherCloseness = 0.35
const longTopics = 5
const shortTopics = 2
/** How much of the interest is what lasts, and how much what is on their mind now. */
const longShare = 0.65
const entriesKept = 8

type Horizon = Topic['horizon']

interface Group {
  readonly leader: number
  readonly members: number[]
  weight: number
}

export function findTopics(
  memory: Memory,
  contrast: Contrast,
  likes: readonly ItemSignal[],
): Topic[] {
  const encoded = likes.filter(({ item }) => memory.vectors.spaceOf(item) >= 0)
  if (encoded.length === 0) return []
  const table = closenessTable(memory, contrast, encoded)
  const long = topicsOf(encoded, table, 'long', longTopics)
  const short = topicsOf(encoded, table, 'short', shortTopics)
  return mergeSame([...long, ...short]).sort((a, b) => b.weight - a.weight)
}

/** Closeness of each pair, row by row. [n * n] */
function closenessTable(
  { vectors }: Memory,
  contrast: Contrast,
  likes: readonly ItemSignal[],
): Float32Array {
  const size = likes.length
  const table = new Float32Array(size * size)
  const others = Int32Array.from(likes, ({ item }) => item)
  const row = new Float32Array(size)
  for (let index = 0; index < size; index++) {
    const space = vectors.spaceOf(others[index]!)
    vectors.cosines(others[index]!, others, size, row)
    contrast.toCloseness(row, size, space)
    table.set(row, index * size)
  }
  return table
}

function topicsOf(
  likes: readonly ItemSignal[],
  table: Float32Array,
  horizon: Horizon,
  limit: number,
): Topic[] {
  const weights = likes.map((like) => like[horizon])
  const byWeight = likes.map((_, index) => index).sort((a, b) => weights[b]! - weights[a]!)
  const leaders = gather(byWeight, table, weights, []).map((group) =>
    medoidOf(group, table, weights),
  )
  const groups = gather(byWeight, table, weights, leaders)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  const total = groups.reduce((sum, { weight }) => sum + weight, 0)
  const share = horizon === 'long' ? longShare : 1 - longShare
  return groups.slice(0, limit).map((group) => ({
    medoid: likes[medoidOf(group, table, weights)]!.item,
    weight: (share * group.weight) / total,
    horizon,
    entries: entriesOf(group, likes, weights),
  }))
}

/** Each item joins the closest leader; one that is close to none leads a group of its own. */
function gather(
  order: readonly number[],
  table: Float32Array,
  weights: readonly number[],
  leaders: readonly number[],
): Group[] {
  const groups: Group[] = leaders.map((leader) => ({ leader, members: [], weight: 0 }))
  for (const index of order) {
    let closest: Group | undefined
    let highest = togetherCloseness
    for (const group of groups) {
      const closeness = table[group.leader * order.length + index]!
      if (closeness < highest) continue
      closest = group
      highest = closeness
    }
    if (!closest) {
      closest = { leader: index, members: [], weight: 0 }
      groups.push(closest)
    }
    closest.members.push(index)
    closest.weight += weights[index]!
  }
  return groups.filter(({ members }) => members.length > 0)
}

function medoidOf({ members }: Group, table: Float32Array, weights: readonly number[]): number {
  const size = weights.length
  let medoid = members[0]!
  let highest = -1
  for (const candidate of members) {
    let sum = 0
    for (const member of members) sum += weights[member]! * table[candidate * size + member]!
    if (sum <= highest) continue
    medoid = candidate
    highest = sum
  }
  return medoid
}

function entriesOf(
  { members }: Group,
  likes: readonly ItemSignal[],
  weights: readonly number[],
): number[] {
  return members
    .toSorted((a, b) => weights[b]! - weights[a]!)
    .slice(0, entriesKept)
    .map((member) => likes[member]!.entry)
}

/** A short topic around the same item as a long one adds its weight to it. */
function mergeSame(topics: readonly Topic[]): Topic[] {
  const byMedoid = new Map<number, Topic>()
  for (const topic of topics) {
    const same = byMedoid.get(topic.medoid)
    byMedoid.set(topic.medoid, same ? { ...same, weight: same.weight + topic.weight } : topic)
  }
  return [...byMedoid.values()]
}
