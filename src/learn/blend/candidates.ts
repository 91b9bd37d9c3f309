/**
 * What weights are chosen on: of each person with something held out, the items that some member puts
 * near the top, with every member's scores of them under every scaling.
 */
import { rowColumns, rowLength } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Model } from '../trainer.ts'
import { bestScores, maskScores, type Scaling, scaleMasked, scalings } from './scale.ts'

export interface Candidates {
  readonly members: number
  /** [people + 1] where each person's candidates start */
  readonly starts: Int32Array
  /** [candidates] 1 for what was held out */
  readonly isHeldOut: Uint8Array
  /** [people] how much was held out, found or not */
  readonly heldOut: Int32Array
  /** [candidates × members] each */
  readonly scores: Readonly<Record<Scaling, Float32Array>>
}

export interface CandidatesOptions {
  readonly people: Int32Array
  /** So many of the best of each member. */
  readonly depth: number
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/** Scores held at once, all members together: 64 MB. */
const blockCells = 16_000_000

export async function candidatesOf(
  models: readonly Model[],
  train: Dataset,
  heldOut: Dataset,
  { people, depth, signal, progress }: CandidatesOptions,
): Promise<Candidates> {
  const items = train.interactions.columns
  const block = Math.max(1, Math.min(256, Math.floor(blockCells / (items * models.length))))
  const found = collector(models.length)
  for (let from = 0; from < people.length; from += block) {
    signal?.throwIfAborted()
    progress?.(from, people.length)
    const some = people.subarray(from, from + block)
    const scores = await Promise.all(models.map((model) => scoresOf(model, some, items)))
    for (const [place, user] of some.entries()) {
      const rows = scores.map((all) => all.subarray(place * items, (place + 1) * items))
      const known = rowColumns(train.interactions, user)
      found.add(rows, known, rowColumns(heldOut.interactions, user), depth)
    }
  }
  return found.candidates(people.map((user) => rowLength(heldOut.interactions, user)))
}

async function scoresOf(model: Model, users: Int32Array, items: number): Promise<Float32Array> {
  const scores = new Float32Array(users.length * items)
  await model.score(users, scores)
  return scores
}

function collector(members: number) {
  const starts = [0]
  const isHeldOut: number[] = []
  const columns: Record<Scaling, number[]> = { spread: [], top: [], rank: [] }
  return {
    /** @param rows [items] per member, overwritten */
    add(
      rows: readonly Float32Array[],
      known: Int32Array,
      heldOut: Int32Array,
      depth: number,
    ): void {
      for (const row of rows) maskScores(row, known)
      const best = rows.map(bestScores)
      const chosen = unionOfBest(rows, best, depth)
      const wanted = new Set(heldOut)
      for (const item of chosen) isHeldOut.push(wanted.has(item) ? 1 : 0)
      for (const scaling of scalings) {
        const scaled = rows.map((row, n) => scaledCopy(row, best[n]!, scaling))
        columns[scaling].push(...chosen.flatMap((item) => scaled.map((row) => row[item]!)))
      }
      starts.push(isHeldOut.length)
    },
    candidates: (heldOut: Int32Array): Candidates => ({
      members,
      starts: Int32Array.from(starts),
      isHeldOut: Uint8Array.from(isHeldOut),
      heldOut,
      scores: {
        spread: Float32Array.from(columns.spread),
        top: Float32Array.from(columns.top),
        rank: Float32Array.from(columns.rank),
      },
    }),
  }
}

function scaledCopy(row: Float32Array, best: Int32Array, scaling: Scaling): Float32Array {
  const copy = row.slice()
  scaleMasked(copy, best, scaling)
  return copy
}

function unionOfBest(
  rows: readonly Float32Array[],
  best: readonly Int32Array[],
  depth: number,
): readonly number[] {
  const chosen = new Set<number>()
  for (const [member, row] of rows.entries()) {
    for (const item of best[member]!.subarray(0, depth)) {
      if (row[item]! > -Infinity) chosen.add(item)
    }
  }
  return [...chosen].sort((a, b) => lotOf(a) - lotOf(b))
}

/** Among equal sums the first is kept: an order that has nothing to do with who proposed an item. */
function lotOf(item: number): number {
  return Math.imul(item + 1, 0x9e3779b1) >>> 0
}
