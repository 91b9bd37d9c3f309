/** Where the right answer stands: the rank of each case's target among what a model was asked to order. */
import { type Random, shuffle } from '../../math/random.ts'
import type { NextModel } from './next-trainer.ts'
import type { Cases } from './sequences.ts'

export interface RankOptions {
  readonly items: number
  /** Orders items of equal score. */
  readonly random: Random
  /** Ranks what the person had already too; by default it is masked. */
  readonly keepsKnown?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/** Scores held at once: 16 MB. */
const blockCells = 4_000_000
const blockCases = 256

/** @returns one per case, 0 = first */
export async function rankTargets(
  model: NextModel,
  cases: Cases,
  { items, random, keepsKnown = false, signal, progress }: RankOptions,
): Promise<Int32Array> {
  const lots = shuffle(
    random,
    Int32Array.from({ length: items }, (_, item) => item),
  )
  const block = Math.max(1, Math.min(blockCases, Math.floor(blockCells / items)))
  const scores = new Float32Array(block * items)
  const ranks = new Int32Array(cases.targets.length)
  for (let from = 0; from < ranks.length; from += block) {
    signal?.throwIfAborted()
    const histories = cases.histories.slice(from, from + block)
    await model.score(histories, scores)
    for (const [place, history] of histories.entries()) {
      const row = scores.subarray(place * items, (place + 1) * items)
      const target = cases.targets[from + place]!
      const among = cases.candidates?.[from + place]
      if (!keepsKnown && !among) mask(row, history, target)
      ranks[from + place] = among
        ? rankAmong(row, target, among, lots)
        : rankInRow(row, target, lots)
    }
    progress?.(Math.min(from + block, ranks.length), ranks.length)
  }
  return ranks
}

function mask(row: Float32Array, history: Int32Array, target: number): void {
  for (const item of history) if (item !== target) row[item] = -Infinity
}

function rankInRow(row: Float32Array, target: number, lots: Int32Array): number {
  const score = row[target]!
  // Written so that NaN, a broken model's answer, stands last.
  if (!(score > -Infinity)) return row.length - 1
  const lot = lots[target]!
  let rank = 0
  for (let item = 0; item < row.length; item++) {
    const other = row[item]!
    if (other > score || (other === score && lots[item]! < lot)) rank += 1
  }
  return rank
}

function rankAmong(
  row: Float32Array,
  target: number,
  candidates: Int32Array,
  lots: Int32Array,
): number {
  const score = row[target]!
  if (Number.isNaN(score)) return candidates.length - 1
  let rank = 0
  for (const item of candidates) {
    if (item === target) continue
    const other = row[item]!
    if (other > score || (other === score && lots[item]! < lots[target]!)) rank += 1
  }
  return rank
}
