/**
 * What a network talks about: clusters of its posts' vectors, each with an id that stays and words
 * that name it. A later fit begins with the topics that were; what still gathers the same posts keeps
 * its id and its words, what is new gets a new id.
 */
import { type Random, shuffle } from '../../math/random.ts'
import { labelClusters } from './labels.ts'
import { assign, type Clusters, dot, sphericalKMeans } from './spherical-k-means.ts'

export interface Topic {
  /** Never given to another topic. */
  readonly id: number
  /** Most telling first. */
  readonly words: readonly string[]
  /** Unit vector. [width] */
  readonly centre: Float32Array
  /** Posts of the last fit. */
  readonly size: number
}

export interface Topics {
  readonly width: number
  readonly topics: readonly Topic[]
  readonly nextId: number
}

export interface Posts {
  /** One space only: directions of two encoders cannot be compared. */
  readonly vectors: readonly ArrayLike<number>[]
  /** `tellingWords` of each. */
  readonly words: readonly (readonly string[])[]
  /** Who wrote each: one person's own words name no topic. */
  readonly voices?: ArrayLike<number> | undefined
}

export interface TopicOptions {
  readonly random: Random
  /** Otherwise chosen by silhouette among some sizes. */
  readonly k?: number | undefined
  readonly before?: Topics | undefined
}

export interface TopicsFit {
  readonly topics: Topics
  /** The topic id of each post. */
  readonly assigned: Int32Array
}

const triedSizes = [8, 12, 16, 24, 32, 48, 64]
/** Of the posts that either has, those that both have: from here on it is the same topic. */
const sameTopic = 0.3
/** What a topic was counts as so much of the posts it was made from. */
const anchorShare = 0.5
const wordsOfTopic = 8
/** A topic keeps those of its words that are among so many that tell it now, while they are half of them. */
const wordsAround = 16
const silhouetteRows = 1_000

/** @throws RangeError when vectors differ in width */
export function fitTopics(posts: Posts, { random, k, before }: TopicOptions): TopicsFit {
  const width = posts.vectors[0]?.length ?? before?.width ?? 0
  const rows = unitRows(posts.vectors, width)
  const count = posts.vectors.length
  const begin = before && before.width === width ? centresOf(before) : undefined
  const anchors = before?.topics.map((topic) => anchorShare * topic.size)
  const size = k ?? before?.topics.length ?? chooseSize(rows, width, random)
  const clusters = sphericalKMeans(rows, { width, k: Math.max(1, size), random, begin, anchors })
  const clusterCount = count === 0 ? 0 : clusters.centres.length / width
  const { voices } = posts
  const labels = labelClusters(posts.words, clusters.assigned, clusterCount, {
    most: wordsAround,
    voices,
  })
  const { ids, nextId } = nameClusters(rows, clusters, clusterCount, width, before)
  const sizes = new Int32Array(clusterCount)
  for (const cluster of clusters.assigned) sizes[cluster]!++
  const topics = labels.map((words, cluster): Topic => {
    const old = before?.topics.find(({ id }) => id === ids[cluster])
    return {
      id: ids[cluster]!,
      words: wordsThatStay(old?.words ?? [], words),
      centre: clusters.centres.slice(cluster * width, (cluster + 1) * width),
      size: sizes[cluster]!,
    }
  })
  return {
    // Where all posts are gone, nothing is left to be a topic.
    topics: { width, topics: topics.filter((topic) => topic.size > 0), nextId },
    assigned: clusters.assigned.map((cluster) => ids[cluster]!),
  }
}

/** The nearest topic of each vector, by id, and its cosine; -1 when there are no topics. */
export function topicsOf(
  vectors: readonly ArrayLike<number>[],
  { topics, width }: Topics,
): { id: number; closeness: number }[] {
  const rows = unitRows(vectors, width)
  const assigned = new Int32Array(vectors.length)
  const closeness = new Float32Array(vectors.length)
  assign(rows, centresOf({ topics, width }), width, assigned, closeness)
  return Array.from(assigned, (place, row) => ({
    id: topics[place]?.id ?? -1,
    closeness: place < 0 ? 0 : closeness[row]!,
  }))
}

/**
 * A cluster takes the id of the old topic that would gather the same posts, the best pair first; each
 * old id is taken once.
 */
function nameClusters(
  rows: Float32Array,
  { assigned, centres }: Clusters,
  count: number,
  width: number,
  before: Topics | undefined,
): { ids: number[]; nextId: number } {
  const ids = new Array<number>(count).fill(-1)
  let nextId = before?.nextId ?? 0
  if (before && before.width === width && before.topics.length > 0) {
    const old = new Int32Array(assigned.length)
    assign(rows, centresOf(before), width, old, new Float32Array(assigned.length))
    const taken = new Set<number>()
    const near = (cluster: number, topic: number) =>
      dot(centres, cluster * width, before.topics[topic]!.centre, 0, width)
    for (const { cluster, topic } of overlaps(assigned, old, count, before.topics.length, near)) {
      if (ids[cluster] !== -1 || taken.has(topic)) continue
      ids[cluster] = before.topics[topic]!.id
      taken.add(topic)
    }
  }
  return { ids: ids.map((id) => (id < 0 ? nextId++ : id)), nextId }
}

/**
 * Pairs that share enough, the most alike first. Posts of a new topic are found in the old one that was
 * nearest, so what they share is weighed by how near the centres are.
 */
function overlaps(
  assigned: Int32Array,
  old: Int32Array,
  count: number,
  oldCount: number,
  near: (cluster: number, topic: number) => number,
): { cluster: number; topic: number }[] {
  const shared = new Int32Array(count * oldCount)
  const sizes = new Int32Array(count)
  const oldSizes = new Int32Array(oldCount)
  for (let row = 0; row < assigned.length; row++) {
    shared[assigned[row]! * oldCount + old[row]!]!++
    sizes[assigned[row]!]!++
    oldSizes[old[row]!]!++
  }
  const pairs: { cluster: number; topic: number; share: number }[] = []
  for (let cluster = 0; cluster < count; cluster++) {
    for (let topic = 0; topic < oldCount; topic++) {
      const both = shared[cluster * oldCount + topic]!
      const share = both / Math.max(1, sizes[cluster]! + oldSizes[topic]! - both)
      if (share >= sameTopic) pairs.push({ cluster, topic, share: share * near(cluster, topic) })
    }
  }
  return pairs.sort((a, b) => b.share - a.share)
}

/** What nobody says any more goes, also where the topic is the same: posts may have been erased. */
function wordsThatStay(old: readonly string[], now: readonly string[]): string[] {
  const stay = old.filter((word) => now.includes(word))
  const isSame = stay.length > 0 && 2 * stay.length >= old.length
  return [...new Set(isSame ? [...stay, ...now] : now)].slice(0, wordsOfTopic)
}

/**
 * The size with the highest simplified silhouette (Hruschka et al. 2006) on a sample: by how much the
 * own centre is nearer than the next one.
 */
function chooseSize(rows: Float32Array, width: number, random: Random): number {
  const count = rows.length / Math.max(1, width)
  const order = shuffle(
    random,
    Int32Array.from({ length: count }, (_, row) => row),
  )
  const picked = order.subarray(0, silhouetteRows)
  const sample = new Float32Array(picked.length * width)
  for (const [place, row] of picked.entries()) {
    sample.set(rows.subarray(row * width, (row + 1) * width), place * width)
  }
  let best = 1
  let highest = Number.NEGATIVE_INFINITY
  for (const k of triedSizes) {
    if (k * 3 > picked.length) break
    const value = silhouette(sample, sphericalKMeans(sample, { width, k, random }), width)
    if (value <= highest) continue
    highest = value
    best = k
  }
  return best
}

function silhouette(rows: Float32Array, { centres, assigned }: Clusters, width: number): number {
  let total = 0
  for (const [row, cluster] of assigned.entries()) {
    let own = -1
    let next = -1
    for (let centre = 0; centre * width < centres.length; centre++) {
      const cosine = dot(rows, row * width, centres, centre * width, width)
      if (centre === cluster) own = cosine
      else next = Math.max(next, cosine)
    }
    total += (own - next) / Math.max(1 - own, 1 - next, Number.EPSILON)
  }
  return total / Math.max(1, assigned.length)
}

function centresOf({ topics, width }: Pick<Topics, 'topics' | 'width'>): Float32Array {
  const centres = new Float32Array(topics.length * width)
  for (const [place, { centre }] of topics.entries()) centres.set(centre, place * width)
  return centres
}

function unitRows(vectors: readonly ArrayLike<number>[], width: number): Float32Array {
  const rows = new Float32Array(vectors.length * width)
  for (const [place, vector] of vectors.entries()) {
    if (vector.length !== width)
      throw new RangeError(`A vector has ${vector.length} numbers, not ${width}.`)
    let squares = 0
    for (let index = 0; index < width; index++) squares += vector[index]! ** 2
    const length = Math.sqrt(squares) || 1
    for (let index = 0; index < width; index++)
      rows[place * width + index] = vector[index]! / length
  }
  return rows
}
