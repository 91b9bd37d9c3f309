/** Which language a single word is of: softmax regression over its n-grams, weights as signed bytes. */
import { mostNGrams, nGramsOf } from './n-grams.ts'

export interface WordModel {
  readonly languages: readonly string[]
  /** Fills the probability of each language. [languages] */
  probabilities(word: string, into: Float64Array): void
}

export interface WordModelData {
  readonly languages: readonly string[]
  /** 2^bits rows of n-grams. */
  readonly bits: number
  /** One step of a signed byte. */
  readonly step: number
  /** [2^bits × languages] */
  readonly weights: Int8Array
}

export function createWordModel({ languages, bits, step, weights }: WordModelData): WordModel {
  const found = new Int32Array(mostNGrams)
  const size = languages.length
  return {
    languages,
    probabilities(word, into) {
      const count = nGramsOf(word, bits, found)
      into.fill(0)
      for (let place = 0; place < count; place++) {
        const row = found[place]! * size
        for (let language = 0; language < size; language++)
          into[language]! += weights[row + language]!
      }
      softmax(into, count === 0 ? 0 : step / Math.sqrt(count))
    },
  }
}

/** In place, of values times scale. */
export function softmax(values: Float64Array, scale = 1): void {
  let highest = Number.NEGATIVE_INFINITY
  for (const value of values) highest = Math.max(highest, value * scale)
  let sum = 0
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.exp(values[index]! * scale - highest)
    sum += values[index]!
  }
  for (let index = 0; index < values.length; index++) values[index]! /= sum
}

/** One line of JSON, then the weights. */
export function packWordModel({ weights, ...facts }: WordModelData): Uint8Array {
  const head = new TextEncoder().encode(`${JSON.stringify(facts)}\n`)
  const packed = new Uint8Array(head.length + weights.length)
  packed.set(head)
  packed.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), head.length)
  return packed
}

export function unpackWordModel(packed: Uint8Array): WordModelData {
  const end = packed.indexOf(10)
  const facts = JSON.parse(new TextDecoder().decode(packed.subarray(0, end)))
  // A Buffer's slice is no copy: its bytes lie somewhere in a larger block.
  const weights = new Int8Array(packed.buffer, packed.byteOffset + end + 1, packed.length - end - 1)
  return { ...facts, weights: weights.slice() }
}
