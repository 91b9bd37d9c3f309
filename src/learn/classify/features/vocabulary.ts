/** Which buckets count, and for how much: weights by inverse document frequency, learned from training texts. */
import { type GramOptions, type Grams, gramsOf } from './grams.ts'

export interface Vocabulary {
  readonly options: GramOptions
  /** Buckets that count, ascending; a feature is a place in this list. */
  readonly buckets: Int32Array
  /** [features] ln((1 + texts) / (1 + texts with it)) + 1 */
  readonly idf: Float32Array
}

/** Some features of a text and how strongly each is there. */
export interface SparseRow {
  readonly ids: Int32Array
  readonly values: Float32Array
}

/** @param least texts that a bucket must occur in */
export function learnVocabulary(
  texts: readonly string[],
  options: GramOptions,
  least: number,
): Vocabulary {
  const frequency = new Int32Array(2 ** options.bits)
  for (const text of texts) {
    const { words, letters } = gramsOf(text, options)
    for (const bucket of new Set([...words, ...letters])) frequency[bucket]! += 1
  }
  const buckets: number[] = []
  for (const [bucket, count] of frequency.entries()) if (count >= least) buckets.push(bucket)
  const idf = buckets.map((bucket) => Math.log((1 + texts.length) / (1 + frequency[bucket]!)) + 1)
  return { options, buckets: Int32Array.from(buckets), idf: Float32Array.from(idf) }
}

/** Only these features of the vocabulary. @param kept places, ascending */
export function narrowed({ options, buckets, idf }: Vocabulary, kept: Int32Array): Vocabulary {
  return {
    options,
    buckets: kept.map((feature) => buckets[feature]!),
    idf: Float32Array.from(kept, (feature) => idf[feature]!),
  }
}

/** Texts to rows of a vocabulary; words and letters are each of length one. */
export function createRows(vocabulary: Vocabulary): (text: string) => SparseRow {
  const { options, buckets, idf } = vocabulary
  // A classifier of vectors alone need not look at letters.
  if (buckets.length === 0) return () => ({ ids: new Int32Array(0), values: new Float32Array(0) })
  const places = new Int32Array(2 ** options.bits).fill(-1)
  for (const [place, bucket] of buckets.entries()) places[bucket] = place
  // All 0 between two calls.
  const counts = new Int32Array(buckets.length)
  return (text) => {
    const ids: number[] = []
    const values: number[] = []
    const grams: Grams = gramsOf(text, options)
    for (const found of [grams.words, grams.letters])
      addBlock(found, places, idf, counts, ids, values)
    return { ids: Int32Array.from(ids), values: Float32Array.from(values) }
  }
}

function addBlock(
  found: readonly number[],
  places: Int32Array,
  idf: Float32Array,
  counts: Int32Array,
  ids: number[],
  values: number[],
): void {
  const from = values.length
  for (const bucket of found) {
    const place = places[bucket]!
    if (place < 0) continue
    if (counts[place] === 0) ids.push(place)
    counts[place]!++
  }
  let squares = 0
  for (let at = from; at < ids.length; at++) {
    const place = ids[at]!
    const value = (1 + Math.log(counts[place]!)) * idf[place]!
    counts[place] = 0
    values.push(value)
    squares += value * value
  }
  const norm = Math.sqrt(squares)
  for (let at = from; at < values.length; at++) values[at]! /= norm
}
