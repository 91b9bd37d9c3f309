/**
 * From a text vector to an item vector, so that an item nobody has met yet has a place among the
 * others: ridge regression, each item counted by how well its own vector is known. (As the item side
 * of "collaborative topic regression" does, Wang and Blei, KDD 2011, in closed form.)
 */
import { setImmediate } from 'node:timers/promises'
import type { ContentMap } from './serving-model.ts'

export interface TextSample {
  /** Signed bytes, any scale. */
  readonly text: Int8Array
  /** [width] */
  readonly vector: Float32Array
  /** How many engagements it was learnt from. */
  readonly evidence: number
}

export interface ContentFit {
  readonly space: string
  readonly width: number
  readonly ridge?: number
  readonly signal?: AbortSignal | undefined
}

/** Engagements at which an item counts half. */
const halfEvidence = 5
const samplesPerBreath = 128

/** @returns undefined when there are too few samples to say anything */
export async function fitContentMap(
  samples: readonly TextSample[],
  { space, width, ridge = 3, signal }: ContentFit,
): Promise<ContentMap | undefined> {
  const textWidth = samples[0]?.text.length ?? 0
  if (textWidth === 0 || samples.length < 20) return undefined
  const size = textWidth + 1
  const normal = new Float64Array(size * size)
  const right = new Float64Array(size * width)
  const input = new Float64Array(size)
  for (const [place, { text, vector, evidence }] of samples.entries()) {
    if (place % samplesPerBreath === 0) {
      await setImmediate()
      signal?.throwIfAborted()
    }
    toInput(text, input)
    addOuter(normal, right, input, vector, evidence / (evidence + halfEvidence))
  }
  for (let a = 0; a < textWidth; a++) normal[a * size + a]! += ridge
  normal[size * size - 1]! += 1e-6
  solveInPlace(normal, right, size, width)
  return { space, textWidth, map: Float32Array.from(right) }
}

/** Writes the item vector of a text. @param out [width] */
export function mapText({ textWidth, map }: ContentMap, text: Int8Array, out: Float32Array): void {
  const width = out.length
  const scale = 1 / Math.max(1e-9, lengthOf(text))
  for (let a = 0; a < width; a++) out[a] = map[textWidth * width + a]!
  for (let d = 0; d < textWidth; d++) {
    const value = text[d]! * scale
    if (value === 0) continue
    const row = d * width
    for (let a = 0; a < width; a++) out[a]! += value * map[row + a]!
  }
}

function toInput(text: Int8Array, input: Float64Array): void {
  const scale = 1 / Math.max(1e-9, lengthOf(text))
  for (let d = 0; d < text.length; d++) input[d] = text[d]! * scale
  input[text.length] = 1
}

function lengthOf(text: Int8Array): number {
  let squares = 0
  for (let d = 0; d < text.length; d++) squares += text[d]! ** 2
  return Math.sqrt(squares)
}

function addOuter(
  normal: Float64Array,
  right: Float64Array,
  input: Float64Array,
  vector: Float32Array,
  weight: number,
): void {
  const size = input.length
  const width = vector.length
  for (let a = 0; a < size; a++) {
    const scaled = weight * input[a]!
    if (scaled === 0) continue
    for (let b = 0; b <= a; b++) normal[a * size + b]! += scaled * input[b]!
    for (let b = 0; b < width; b++) right[a * width + b]! += scaled * vector[b]!
  }
}

/** Cholesky: `normal` (lower half, positive definite) becomes its factor, `right` the solution. */
function solveInPlace(
  normal: Float64Array,
  right: Float64Array,
  size: number,
  width: number,
): void {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = normal[a * size + b]!
      for (let c = 0; c < b; c++) sum -= normal[a * size + c]! * normal[b * size + c]!
      normal[a * size + b] = a === b ? Math.sqrt(Math.max(sum, 1e-12)) : sum / normal[b * size + b]!
    }
  }
  const row = (a: number): Float64Array => right.subarray(a * width, (a + 1) * width)
  for (let a = 0; a < size; a++) {
    for (let c = 0; c < a; c++) subtract(row(a), row(c), normal[a * size + c]!)
    divide(row(a), normal[a * size + a]!)
  }
  for (let a = size - 1; a >= 0; a--) {
    for (let c = a + 1; c < size; c++) subtract(row(a), row(c), normal[c * size + a]!)
    divide(row(a), normal[a * size + a]!)
  }
}

function subtract(target: Float64Array, other: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at]! -= factor * other[at]!
}

function divide(target: Float64Array, divisor: number): void {
  for (let at = 0; at < target.length; at++) target[at]! /= divisor
}
