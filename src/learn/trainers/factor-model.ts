/** A model whose scores are inner products of a person's and an item's vector. */

import type { PackedFactor } from '../../kernel/learning/dense.ts'
import { type LearningKernel, openLearningKernel } from '../../kernel/learning-kernel.ts'
import type { Table } from '../../kernel/learning-memory.ts'
import type { Machine, Model, SavedModel, SavedTensor } from '../trainer.ts'

export interface Factors {
  /** [people × width] */
  readonly users: Float32Array
  /** [items × width] */
  readonly items: Float32Array
  readonly width: number
}

/** @param more what else a reader needs, beside the two tables, to make the model of */
export function factorModel(
  factors: Factors,
  more: SavedModel = { tensors: {}, meta: {} },
  machine: Machine = {},
): Model {
  let scorer: Promise<Scorer> | undefined
  let last: Promise<void> = Promise.resolve()
  return {
    async score(users, scores) {
      scorer ??= openScorer(factors, machine)
      const { score } = await scorer
      // One after another: they share the kernel's tables.
      const scored = last.then(() => score(users, scores))
      last = scored.catch(() => undefined)
      await scored
    },
    save() {
      return { tensors: { ...tensorsOf(factors), ...more.tensors }, meta: more.meta }
    },
    async close() {
      await last
      await (await scorer)?.kernel.close()
      scorer = undefined
    },
  }
}

/** @throws RangeError for a saved model without its two tables */
export function factorsOf({ tensors }: SavedModel): Factors {
  const { users, items } = tensors
  if (!(users?.data instanceof Float32Array && items?.data instanceof Float32Array)) {
    throw new RangeError('A saved factor model has tensors `users` and `items` of floats.')
  }
  return { users: users.data, items: items.data, width: items.shape[1]! }
}

export function tensorsOf({ users, items, width }: Factors): SavedModel['tensors'] {
  return { users: tensorOf(users, width), items: tensorOf(items, width) }
}

export function tensorOf(data: Float32Array, width: number): SavedTensor {
  return { shape: [data.length / width, width], data }
}

interface Scorer {
  readonly kernel: LearningKernel
  score(users: Int32Array, scores: Float32Array): Promise<void>
}

async function openScorer({ users, items, width }: Factors, machine: Machine): Promise<Scorer> {
  const kernel = openLearningKernel(machine)
  const count = items.length / width
  const padded = kernel.table(count, width)
  putRows(padded, items, width)
  const packed: PackedFactor = await kernel.pack(padded, { isTransposed: true })
  let room = { asked: kernel.table(0, width), scores: kernel.floats(0) }

  return {
    kernel,
    async score(people, scores) {
      if (room.asked.rows < people.length) {
        const asked = kernel.table(people.length, width)
        room = { asked, scores: kernel.floats(people.length * count) }
      }
      const asked = { ...room.asked, rows: people.length }
      for (const [place, user] of people.entries()) {
        asked.values.set(users.subarray(user * width, (user + 1) * width), place * asked.width)
      }
      const out = { rows: people.length, width: count, values: room.scores }
      await kernel.multiply(asked, packed, out)
      scores.set(room.scores.subarray(0, people.length * count))
    },
  }
}

/** Rows of `width` into a table whose rows may be longer. */
function putRows(table: Table, rows: Float32Array, width: number): void {
  for (let row = 0; row < table.rows; row++) {
    table.values.set(rows.subarray(row * width, (row + 1) * width), row * table.width)
  }
}
