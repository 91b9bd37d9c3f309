/**
 * Sampled softmax on cosines: what a person has against items by lot that the whole batch shares. One
 * sample says what thousands of pairs would, so tens of epochs do (Wu et al., TOIS 2024).
 */
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { Table } from '../../kernel/learning-memory.ts'
import { integer, type Random } from '../../math/random.ts'
import type { Factors } from '../trainers/factor-model.ts'
import type { Batch } from './batches.ts'
import type { Objective, Scene } from './fit-graph.ts'

export interface SoftmaxOptions {
  readonly temperature: number
  /** Interactions that share their items by lot: a batch is cut into such groups. */
  readonly group: number
  /** Items by lot per group, a multiple of 8: many groups of few see more items for the same work. */
  readonly negatives: number
}

export function softmaxObjective(
  { kernel, train, batch: length, final, gradient }: Scene,
  { temperature, group, negatives }: SoftmaxOptions,
): Required<Objective> {
  const { rows: people, columns } = train.interactions
  const groups = Math.ceil(length / group)
  const each = Math.ceil(length / groups)
  const [anchors, wanted, others] = [each, each, negatives].map((rows) =>
    createUnitRows(kernel, rows, final),
  ) as [UnitRows, UnitRows, UnitRows]
  const parts = [anchors, wanted, others]
  const sample = { anchors: anchors.rows, wanted: wanted.rows, others: others.rows }
  const gradients = {
    anchors: anchors.gradient,
    wanted: wanted.gradient,
    others: others.gradient,
  }

  async function stepGroup({ users, items }: Batch, from: number, random: Random): Promise<number> {
    for (let place = 0; place < each; place++) {
      // The last group is filled up from the first.
      anchors.numbers[place] = users[(from + place) % length]!
      wanted.numbers[place] = items[(from + place) % length]!
    }
    for (let place = 0; place < negatives; place++) {
      others.numbers[place] = people + integer(random, 0, columns)
    }
    for (const part of parts) await gather(kernel, part, final)
    const loss = await kernel.sharedLoss(sample, gradients, temperature)
    for (const part of parts) await giveBack(kernel, part, gradient, 1 / groups)
    return loss
  }

  return {
    async step(batch, random) {
      let sum = 0
      for (let n = 0; n < groups; n++) sum += await stepGroup(batch, n * each, random)
      return sum / groups
    },
    finish: unitItems,
  }
}

/** Rows of a table by number, each divided by its norm, and the gradient at them. */
interface UnitRows {
  readonly numbers: Int32Array
  readonly rows: Table
  readonly gradient: Table
  readonly norms: Float32Array
}

function createUnitRows(kernel: LearningKernel, rows: number, { width }: Table): UnitRows {
  return {
    numbers: kernel.integers(new Int32Array(rows)),
    rows: kernel.table(rows, width),
    gradient: kernel.table(rows, width),
    norms: kernel.floats(rows),
  }
}

async function gather(kernel: LearningKernel, part: UnitRows, table: Table): Promise<void> {
  await kernel.gatherRows(part.numbers, table, part.rows)
  await kernel.normaliseRows(part.rows, part.rows, part.norms)
}

async function giveBack(
  kernel: LearningKernel,
  part: UnitRows,
  target: Table,
  factor: number,
): Promise<void> {
  await kernel.normaliseRowsBack(part.rows, part.norms, part.gradient)
  await kernel.scatterRows(part.numbers, part.gradient, target, factor)
}

/** So that inner products order items as cosines do, and people's scores can be compared. */
function unitItems({ width, users, items }: Factors): Factors {
  return { width, users: unitRows(users, width), items: unitRows(items, width) }
}

function unitRows(values: Float32Array, width: number): Float32Array {
  const units = Float32Array.from(values)
  for (let from = 0; from < units.length; from += width) {
    const row = units.subarray(from, from + width)
    const norm = Math.hypot(...row)
    if (norm > 0) for (let at = 0; at < width; at++) row[at]! /= norm
  }
  return units
}
