/** A trainer as a ranker: fit, score every item, mask what is known, keep the best k. */
import { integer, type Random, seededRandom, shuffle } from '../../math/random.ts'
import { rowColumns, rowLength } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Model, Trainer } from '../trainer.ts'
import { bestOf } from './list-best.ts'
import type { BuiltRanker, Probe, Ranker, RankRequest } from './ranker.ts'

/** Scores held at once, twice: 2 × 16 MB. */
const blockCells = 4_000_000
const blockUsers = 256

export function trainedRanker(trainer: Trainer): Ranker {
  return {
    name: trainer.name,
    usesChance: trainer.usesChance,
    givesScores: true,
    async build(train, context) {
      // Drawn first: a fit that goes on from a checkpoint uses less chance than a whole one.
      const lots = seededRandom(integer(context.random, 0, 2 ** 32))
      return modelRanker(await trainer.fit(train, context), train, lots)
    },
  }
}

/**
 * Equal scores are ordered by lot: numbers follow first appearance, and to appear early is itself a
 * sign of popularity, seen in the test part too. People without any interaction in the training part
 * are ranked by popularity, unless the model says that it can tell something of them.
 */
export function modelRanker(model: Model, train: Dataset, random: Random): BuiltRanker {
  const items = train.items.size
  const lots = shuffle(
    random,
    Int32Array.from({ length: items }, (_, item) => item),
  )
  const block = Math.max(1, Math.min(blockUsers, Math.floor(blockCells / items)))
  const buffers = [new Float32Array(block * items), new Float32Array(block * items)] as const
  const popularity = popularityOf(train)
  let strangers = 0

  /** True when the row now holds popularity. */
  function meetStranger(user: number, row: Float32Array): boolean {
    if (rowLength(train.interactions, user) > 0) return false
    if (model.knowsStrangers && !saysNothing(row)) return false
    row.set(popularity)
    return true
  }

  function finishRow(request: RankRequest, place: number, row: Float32Array): Int32Array {
    const { users, k, known, allowed, probe } = request
    if (meetStranger(users[place]!, row)) strangers += 1
    if (probe) look(probe, place, row)
    for (const item of rowColumns(known, users[place]!)) row[item] = -Infinity
    if (allowed) forbid(row, allowed)
    return k > 0 ? bestOf(row, lots, k) : new Int32Array(0)
  }

  return {
    givesProbabilities: model.givesProbabilities,
    get servedByPopularity() {
      return strangers
    },
    async rank(request) {
      const { users, k } = request
      const ranked = new Int32Array(users.length * k).fill(-1)
      const score = (from: number, buffer: Float32Array): void | Promise<void> =>
        model.score(users.subarray(from, from + block), buffer)
      // A model in a worker scores the next people while the lists of these are made.
      let scoring = score(0, buffers[0])
      for (let from = 0, turn = 0; from < users.length; from += block, turn = 1 - turn) {
        await scoring
        const scores = buffers[turn === 0 ? 0 : 1]
        if (from + block < users.length) scoring = score(from + block, buffers[turn === 0 ? 1 : 0])
        for (let place = from; place < Math.min(from + block, users.length); place++) {
          const row = scores.subarray((place - from) * items, (place - from + 1) * items)
          ranked.set(finishRow(request, place, row), place * k)
        }
      }
      return ranked
    },
    async close() {
      await model.close?.()
    },
  }
}

function popularityOf({ interactions }: Dataset): Float32Array {
  const people = new Float32Array(interactions.columns)
  for (const item of interactions.columnOf) people[item]! += 1
  return people
}

function saysNothing(row: Float32Array): boolean {
  return row.every((score) => score === row[0] || Number.isNaN(score))
}

function look({ items, scores }: Probe, place: number, row: Float32Array): void {
  const wanted = items[place]!
  for (let n = 0; n < wanted.length; n++) scores[place]![n] = row[wanted[n]!]!
}

function forbid(row: Float32Array, allowed: Uint8Array): void {
  for (let item = 0; item < row.length; item++) if (!allowed[item]) row[item] = -Infinity
}
