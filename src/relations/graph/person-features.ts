/**
 * What a person writes, likes and said they care about, as a few numbers for the graph of ties: the mean
 * of the texts' vectors, projected at random. Inner products stay about what they were (Johnson and
 * Lindenstrauss 1984; signs for entries: Achlioptas 2003), and texts of all encoder spaces fit in one row.
 */
import type { Embedding } from '../../domain/embedding.ts'
import type { Declared } from '../../interest/declared.ts'
import { seededRandom } from '../../math/random.ts'
import { actionWeight, engagementWeight } from '../../memory/action-weights.ts'
import type { Memory } from '../../memory/memory.ts'

export const featureWidth = 64
/** Newest items of their own, and newest entries of their history that are read. */
const written = 30
const done = 60
/** A word said counts as so many items: they were asked. */
const saidWeight = 3
const writtenWeight = 2

/** @returns a unit row [64]; undefined when no text says anything of the person */
export type PersonFeatures = (person: number) => Float32Array | undefined

export function createPersonFeatures(memory: Memory, declared?: Declared): PersonFeatures {
  const project = createProjection()
  return (person) => {
    const sums = new Map<string, Float64Array>()
    const add = (embedding: Embedding | undefined, weight: number): void => {
      if (!embedding) return
      const { space, values } = embedding
      const sum = sums.get(space) ?? new Float64Array(values.length)
      sums.set(space, sum)
      const scale = weight / lengthOf(values)
      for (let d = 0; d < values.length; d++) sum[d]! += scale * values[d]!
    }
    for (const { embedding } of declared?.of(person) ?? []) add(embedding, saidWeight)
    eachText(memory, person, (item, weight) => add(memory.vectors.get(item), weight))
    if (sums.size === 0) return undefined
    const row = new Float32Array(featureWidth)
    for (const [space, sum] of sums) project(space, sum, row)
    const length = lengthOf(row)
    for (let d = 0; d < row.length; d++) row[d]! /= length
    return row
  }
}

function eachText(
  { items, histories }: Memory,
  person: number,
  visit: (item: number, weight: number) => void,
): void {
  const own = items.byAuthor(person)
  for (let place = Math.max(0, own.length - written); place < own.length; place++) {
    visit(own.values[place]!, writtenWeight)
  }
  const length = histories.length(person)
  for (let entry = Math.max(0, length - done); entry < length; entry++) {
    const item = histories.itemAt(person, entry)
    if (item < 0 || actionWeight(histories.actionAt(person, entry)) < engagementWeight) continue
    visit(item, 1)
  }
}

/** Adds the projection of a sum of vectors of a space to a row. */
function createProjection(): (space: string, sum: Float64Array, row: Float32Array) => void {
  const signsOf = new Map<string, Int8Array>()
  return (space, sum, row) => {
    const signs = signsOf.get(space) ?? signsFor(space, sum.length)
    signsOf.set(space, signs)
    for (let d = 0; d < sum.length; d++) {
      const value = sum[d]!
      if (value === 0) continue
      for (let at = 0; at < featureWidth; at++) row[at]! += value * signs[d * featureWidth + at]!
    }
  }
}

/** [width × featureWidth] the same for a space each time. */
function signsFor(space: string, width: number): Int8Array {
  let seed = 0
  for (const character of space) seed = (seed * 31 + character.codePointAt(0)!) % 2 ** 31
  const random = seededRandom(seed)
  return Int8Array.from({ length: width * featureWidth }, () => (random() < 0.5 ? -1 : 1))
}

function lengthOf(values: ArrayLike<number>): number {
  let squares = 0
  for (let d = 0; d < values.length; d++) squares += values[d]! ** 2
  return Math.sqrt(squares) || 1
}
