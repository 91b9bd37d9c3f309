/**
 * Clusters of directions (Dhillon and Modha 2001): each row belongs to the centre with the highest
 * cosine, each centre is the mean direction of its rows. Given centres are where it begins.
 */
import { type Random, weightedChoice } from '../../math/random.ts'

export interface Clusters {
  /** Unit rows. [k × width] */
  readonly centres: Float32Array
  /** The centre of each row. [n] */
  readonly assigned: Int32Array
  /** Its cosine with that centre. [n] */
  readonly closeness: Float32Array
}

export interface ClusterOptions {
  readonly width: number
  readonly k: number
  readonly random: Random
  /** Centres to begin with, at most k; others are chosen far from them (k-means++). [≤ k × width] */
  readonly begin?: Float32Array | undefined
  /** How many rows each given centre counts as, so that it moves only as far as new rows move it. */
  readonly anchors?: ArrayLike<number> | undefined
}

const mostRounds = 30
/** Fewer rows than this share changing their cluster end it. */
const settledShare = 0.001

/** @param rows unit vectors [n × width] */
export function sphericalKMeans(rows: Float32Array, options: ClusterOptions): Clusters {
  const { width } = options
  const count = rows.length / width
  const k = Math.min(options.k, count)
  const centres = firstCentres(rows, { ...options, k })
  const assigned = new Int32Array(count).fill(-1)
  const closeness = new Float32Array(count)
  for (let round = 0; round < mostRounds; round++) {
    const changed = assign(rows, centres, width, assigned, closeness)
    if (changed <= settledShare * count) break
    moveCentres(rows, centres, assigned, options)
  }
  return { centres, assigned, closeness }
}

/** Fills `assigned` and `closeness`. @returns rows whose cluster changed */
export function assign(
  rows: Float32Array,
  centres: Float32Array,
  width: number,
  assigned: Int32Array,
  closeness: Float32Array,
): number {
  let changed = 0
  for (let row = 0; row < assigned.length; row++) {
    let best = -1
    let highest = Number.NEGATIVE_INFINITY
    for (let centre = 0; centre * width < centres.length; centre++) {
      const cosine = dot(rows, row * width, centres, centre * width, width)
      if (cosine <= highest) continue
      highest = cosine
      best = centre
    }
    if (assigned[row] !== best) changed++
    assigned[row] = best
    closeness[row] = highest
  }
  return changed
}

/** k-means++ (Arthur and Vassilvitskii 2007) with 1 − cosine for the squared distance. */
function firstCentres(
  rows: Float32Array,
  { width, k, random, begin }: ClusterOptions,
): Float32Array {
  const count = rows.length / width
  const centres = new Float32Array(k * width)
  const given = Math.min(k, (begin?.length ?? 0) / width)
  if (begin) centres.set(begin.subarray(0, given * width))
  const distances = new Float64Array(count).fill(1)
  const draw = (centre: number) => {
    for (let row = 0; row < count; row++) {
      const distance = Math.max(0, 1 - dot(rows, row * width, centres, centre * width, width))
      distances[row] = Math.min(distances[row]!, distance)
    }
  }
  for (let centre = 0; centre < given; centre++) draw(centre)
  for (let centre = given; centre < k; centre++) {
    const row = Math.max(0, weightedChoice(random, distances))
    centres.set(rows.subarray(row * width, (row + 1) * width), centre * width)
    draw(centre)
  }
  return centres
}

/** A centre that lost all its rows stays where it is. */
function moveCentres(
  rows: Float32Array,
  centres: Float32Array,
  assigned: Int32Array,
  { width, begin, anchors }: ClusterOptions,
): void {
  const sums = new Float32Array(centres.length)
  for (let index = 0; begin && anchors && index < begin.length; index++) {
    sums[index] = begin[index]! * anchors[Math.floor(index / width)]!
  }
  for (let row = 0; row < assigned.length; row++) {
    const from = assigned[row]! * width
    for (let index = 0; index < width; index++) sums[from + index]! += rows[row * width + index]!
  }
  for (let from = 0; from < sums.length; from += width) {
    const length = Math.sqrt(dot(sums, from, sums, from, width))
    if (length === 0) continue
    for (let index = 0; index < width; index++) centres[from + index] = sums[from + index]! / length
  }
}

export function dot(
  a: Float32Array,
  fromA: number,
  b: Float32Array,
  fromB: number,
  width: number,
): number {
  let sum = 0
  for (let index = 0; index < width; index++) sum += a[fromA + index]! * b[fromB + index]!
  return sum
}
