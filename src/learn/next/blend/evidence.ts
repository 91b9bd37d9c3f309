/**
 * What several models say about the same cases, kept small: of each case the target, the best of
 * every model and some by lot. Weights are chosen on this and never on the whole catalogue.
 */
import { integer, type Random, shuffle } from '../../../math/random.ts'
import { bestPlaces } from '../../../math/top-k.ts'
import type { NextModel } from '../next-trainer.ts'
import type { Cases } from '../sequences.ts'

export interface Evidence {
  /** Where each case's rows begin; the first of them is the target. */
  readonly starts: Int32Array
  /** [models][rows] scores from 0 up */
  readonly scores: readonly Float32Array[]
}

export interface EvidenceOptions {
  readonly items: number
  /** Cases asked at most, drawn by lot. */
  readonly cases: number
  readonly random: Random
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/** The best of each model that are kept: ten ranks are judged, so what lies far behind cannot matter. */
const keptOfEach = 60
const keptByLot = 40
const block = 64

/** @param models whose scores are from 0 up */
export async function gatherEvidence(
  models: readonly NextModel[],
  cases: Cases,
  options: EvidenceOptions,
): Promise<Evidence> {
  const { items, random, signal, progress } = options
  const all = Int32Array.from(cases.targets.keys())
  const asked = shuffle(random, all).slice(0, options.cases)
  const whole = models.map(() => new Float32Array(block * items))
  const starts = [0]
  const kept: number[][] = models.map(() => [])
  for (let from = 0; from < asked.length; from += block) {
    signal?.throwIfAborted()
    const some = asked.subarray(from, from + block)
    const histories = Array.from(some, (number) => cases.histories[number]!)
    for (const [n, model] of models.entries()) await model.score(histories, whole[n]!)
    for (const [row, number] of some.entries()) {
      const rows = whole.map((scores) => scores.subarray(row * items, (row + 1) * items))
      const list = listOf(rows, cases, number, random)
      for (const [n, scores] of rows.entries())
        for (const item of list) kept[n]!.push(scores[item]!)
      starts.push(kept[0]!.length)
    }
    progress?.(from + some.length, asked.length)
  }
  return { starts: Int32Array.from(starts), scores: kept.map((list) => Float32Array.from(list)) }
}

/** The target, then its rivals. */
function listOf(
  rows: readonly Float32Array[],
  cases: Cases,
  number: number,
  random: Random,
): number[] {
  const target = cases.targets[number]!
  const given = cases.candidates?.[number]
  if (given) return [target, ...given.filter((item) => item !== target)]
  const rivals = new Set(rows.flatMap(bestOf))
  for (let draw = 0; draw < keptByLot; draw++) rivals.add(integer(random, 0, rows[0]!.length))
  for (const item of cases.histories[number]!) rivals.delete(item)
  rivals.delete(target)
  return [target, ...rivals]
}

function bestOf(row: Float32Array): number[] {
  return [...bestPlaces(row, keptOfEach)].filter((item) => row[item]! > 0)
}
