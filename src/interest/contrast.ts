/**
 * How close is close? Unrelated texts have a cosine near 0 with one encoder and near 0.5 with
 * another. The contrast of a space is the mean cosine of unrelated items in it, measured on a
 * sample, so that closeness can be compared between languages and encoders.
 */
import type { Memory } from '../memory/memory.ts'

export interface Contrast {
  /**
   * Turns the first `count` cosines, all in one space, into closeness in place: 0 for as close as
   * strangers or further, 1 for the same.
   */
  toCloseness(cosines: Float32Array, count: number, space: number): void
}

const sampleSize = 64
/** Until a space has shown this many items, its contrast is taken as unknown: 0. */
const leastSample = 8
/** One odd sample (a network of copies) may not make everything look unrelated. */
const highestMean = 0.8

export function createContrast({ items, vectors }: Memory): Contrast {
  let measuredAt = -1
  let means = new Map<number, number>()

  /** Measured again whenever the network has doubled, so the answer hangs on the state alone. */
  function measure(): void {
    const size = 2 ** Math.floor(Math.log2(items.count + 1))
    if (size === measuredAt) return
    measuredAt = size
    means = meansOfSpaces(sampleOf(size))
  }

  function sampleOf(size: number): Map<number, number[]> {
    const bySpace = new Map<number, number[]>()
    const step = Math.max(1, Math.floor(size / (sampleSize * 4)))
    for (let item = 0; item < Math.min(size, items.count); item += step) {
      const space = items.isLive(item) ? vectors.spaceOf(item) : -1
      if (space < 0) continue
      const sample = bySpace.get(space) ?? []
      if (sample.length < sampleSize) sample.push(item)
      bySpace.set(space, sample)
    }
    return bySpace
  }

  function meansOfSpaces(samples: Map<number, number[]>): Map<number, number> {
    const found = new Map<number, number>()
    for (const [space, sample] of samples) {
      if (sample.length >= leastSample) found.set(space, meanOf(sample))
    }
    return found
  }

  function meanOf(sample: number[]): number {
    const others = Int32Array.from(sample)
    const cosines = new Float32Array(sample.length)
    let sum = 0
    for (const item of sample) {
      vectors.cosines(item, others, others.length, cosines)
      for (const cosine of cosines) sum += cosine
    }
    // Each item's cosine with itself, 1, does not count.
    const mean = (sum - sample.length) / (sample.length * (sample.length - 1))
    return Math.min(highestMean, Math.max(0, mean))
  }

  return {
    toCloseness(cosines, count, space) {
      measure()
      const mean = means.get(space) ?? 0
      const scale = 1 / (1 - mean)
      for (let at = 0; at < count; at++) {
        const above = (cosines[at]! - mean) * scale
        cosines[at] = above < 0 ? 0 : Math.min(1, above)
      }
    },
  }
}
