/** A trainer as a ranker: fit, score every item, mask what is known, keep the best k. */
import { type Random, shuffle } from '../math/random.ts'
import { type Csr, rowColumns } from './csr.ts'
import type { BuiltRanker, Ranker } from './ranker.ts'
import type { Model, Trainer } from './trainer.ts'

/** Scores held at once: 16 MB. */
const blockCells = 4_000_000
const blockUsers = 256

export function trainedRanker(trainer: Trainer): Ranker {
  return {
    name: trainer.name,
    usesChance: trainer.usesChance,
    async build(train, context) {
      const model = await trainer.fit(train, context)
      return modelRanker(model, train.interactions.columns, context.random)
    },
  }
}

/**
 * Equal scores are ordered by lot: numbers follow first appearance, and to appear early is itself a
 * sign of popularity, seen in the test part too.
 */
export function modelRanker(model: Model, items: number, random: Random): BuiltRanker {
  const lots = shuffle(
    random,
    Int32Array.from({ length: items }, (_, item) => item),
  )
  const block = Math.max(1, Math.min(blockUsers, Math.floor(blockCells / items)))
  const scores = new Float32Array(block * items)
  return {
    async rank(users, k, known) {
      const ranked = new Int32Array(users.length * k).fill(-1)
      for (let from = 0; from < users.length; from += block) {
        const some = users.subarray(from, from + block)
        await model.score(some, scores)
        for (const [place, user] of some.entries()) {
          const row = scores.subarray(place * items, (place + 1) * items)
          mask(row, known, user)
          best(row, lots, ranked.subarray((from + place) * k, (from + place + 1) * k))
        }
      }
      return ranked
    },
    async close() {
      await model.close?.()
    },
  }
}

function mask(row: Float32Array, known: Csr, user: number): void {
  for (const item of rowColumns(known, user)) row[item] = -Infinity
}

/** Fills `list` with the items of the largest scores; the smaller lot wins among equals. */
function best(scores: Float32Array, lots: Int32Array, list: Int32Array): void {
  const kept = new Float32Array(list.length).fill(-Infinity)
  const last = list.length - 1
  let least = -Infinity
  let leastLot = Infinity
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!
    // Written so that NaN, a broken model's answer, is left out.
    if (!(score >= least) || (score === least && lots[item]! > leastLot)) continue
    if (score === -Infinity) continue
    insert(item, score, { kept, list, lots })
    least = kept[last]!
    leastLot = lots[list[last]!] ?? Infinity
  }
}

interface Best {
  readonly kept: Float32Array
  readonly list: Int32Array
  readonly lots: Int32Array
}

/** In place of the last one. */
function insert(item: number, score: number, { kept, list, lots }: Best): void {
  let place = list.length - 1
  while (place > 0) {
    const other = kept[place - 1]!
    const isAhead = other > score || (other === score && lots[list[place - 1]!]! < lots[item]!)
    if (isAhead) break
    kept[place] = other
    list[place] = list[place - 1]!
    place -= 1
  }
  kept[place] = score
  list[place] = item
}
