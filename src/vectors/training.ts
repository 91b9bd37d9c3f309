/**
 * Finds centroids for an inverted file by spherical k-means on a sample, in short steps, and then
 * measures how many lists a search must read.
 */
import { type Random, shuffle } from '../math/random.ts'
import { Centroids } from './centroids.ts'

export interface TrainingSource {
  readonly width: number
  /** Numbers of the rows in use. */
  rows(): Int32Array
  get(row: number): Int8Array | undefined
  /** The true nearest rows. */
  nearestExactly(query: Int8Array, k: number): Int32Array
}

export interface Trained {
  readonly centroids: Centroids
  /** Lists to search for a query. */
  readonly probes: number
}

const sampleOfCentroid = 16
const passes = 4
const rowsOfStep = 64
const measuredQueries = 64
const measuredNeighbours = 100
/** Above the promised .95, because the rows will drift before centroids are trained again. */
const wantedRecall = 0.97

/** Each `next` is one short step; it returns what was found. */
export function* train(source: TrainingSource, random: Random): Generator<void, Trained> {
  const sample = takeSample(source, random)
  let centroids = new Centroids(source.width, sample.slice(0, centroidCount(source) * source.width))
  for (let pass = 0; pass < passes; pass++) {
    yield
    centroids = yield* improve(centroids, sample, source.width, random)
  }
  return { centroids, probes: yield* measure(centroids, sample, source) }
}

/** More lists make each shorter, but ranking them dearer. */
function centroidCount(source: TrainingSource): number {
  return Math.round(3 * Math.sqrt(source.rows().length))
}

/** Vectors of random rows, one after another. */
function takeSample(source: TrainingSource, random: Random): Int8Array {
  const { width } = source
  const size = centroidCount(source) * sampleOfCentroid
  const rows = shuffle(random, source.rows()).subarray(0, size)
  const sample = new Int8Array(rows.length * width)
  for (const [place, row] of rows.entries()) sample.set(source.get(row)!, place * width)
  return sample
}

/** One pass of k-means. */
function* improve(
  centroids: Centroids,
  sample: Int8Array,
  width: number,
  random: Random,
): Generator<void, Centroids> {
  const sums = new Float32Array(centroids.count * width)
  const size = sample.length / width
  for (let place = 0; place < size; place++) {
    const values = sample.subarray(place * width, (place + 1) * width)
    addUnit(sums, centroids.nearest(values, 1)[0]! * width, values)
    if (place % rowsOfStep === rowsOfStep - 1) yield
  }
  const improved = new Int8Array(sums.length)
  for (let at = 0; at < sums.length; at += width) {
    if (fillBytes(improved.subarray(at, at + width), sums.subarray(at, at + width))) continue
    const place = Math.floor(random() * size)
    improved.set(sample.subarray(place * width, (place + 1) * width), at)
  }
  return new Centroids(width, improved)
}

function addUnit(sums: Float32Array, at: number, values: Int8Array): void {
  let squares = 0
  for (let d = 0; d < values.length; d++) squares += values[d]! * values[d]!
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let d = 0; d < values.length; d++) sums[at + d]! += values[d]! * scale
}

/** False for a sum of nothing. */
function fillBytes(bytes: Int8Array, sums: Float32Array): boolean {
  let largest = 0
  for (let d = 0; d < sums.length; d++) largest = Math.max(largest, Math.abs(sums[d]!))
  for (let d = 0; d < sums.length; d++) bytes[d] = Math.round((sums[d]! / (largest || 1)) * 127)
  return largest > 0
}

/** So many lists that they hold the wanted share of the true neighbours of sampled rows. */
function* measure(
  centroids: Centroids,
  sample: Int8Array,
  source: TrainingSource,
): Generator<void, number> {
  const { width } = source
  const ranks: number[] = []
  for (let query = 0; query < Math.min(measuredQueries, sample.length / width); query++) {
    yield
    const values = sample.subarray(query * width, (query + 1) * width)
    const order = centroids.nearest(values, centroids.count)
    for (const row of source.nearestExactly(values, measuredNeighbours)) {
      const list = centroids.nearest(source.get(row)!, 1)[0]!
      ranks.push(order.indexOf(list))
    }
  }
  ranks.sort((a, b) => a - b)
  return 1 + (ranks[Math.ceil(wantedRecall * ranks.length) - 1] ?? 0)
}
