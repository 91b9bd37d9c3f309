/**
 * The head: p(action | person, item) = σ(W'·h_text + U'·h_graph + … + w·popularity + b), where each h is
 * the elementwise product of what a part says of the person and of the item. It is bilinear, so that
 * all scores of all people are one matrix product, and every score splits exactly into its parts.
 */
import { type Expression, input, parameter } from '../../tensor/expression.ts'
import { filled, normal, zeros } from '../../tensor/initial.ts'
import { masked } from '../../tensor/layers.ts'
import { binaryCrossEntropy, bpr, sampledSoftmax } from '../../tensor/losses.ts'
import { add, mul, sub } from '../../tensor/operations/arithmetic.ts'
import { dropout } from '../../tensor/operations/dropout.ts'
import { concat, reshape } from '../../tensor/operations/layout.ts'
import { matmul } from '../../tensor/operations/matmul.ts'
import { unitRows } from '../../tensor/operations/norms.ts'
import { sum } from '../../tensor/operations/reduce.ts'
import { differs, gather } from '../../tensor/operations/rows.ts'
import type { Part } from './parts.ts'

export type LossName = 'softmax' | 'bce' | 'bpr'

export interface HeadOptions {
  /** Of the text's projections. */
  readonly textWidth: number
  readonly loss: LossName
  readonly dropout: number
}

export interface Head {
  readonly loss: Expression
  /** [`users` × D + 1] and [`negatives` × D + 1]: their product is the score. */
  readonly people: Expression
  readonly items: Expression
}

/** How far apart scores can be at the beginning. */
const firstScale = 8

/** Inputs are ids, and the tables of the parts, which a trainer holds: see `tablesOf`. */
export function createHead(parts: readonly Part[], options: HeadOptions): Head {
  const users = input('users', 'int32', ['batch'])
  const positives = input('positives', 'int32', ['batch'])
  const negatives = input('negatives', 'int32', ['drawn'])
  const allowed = input('allowed', 'float32', ['batch', 'drawn'])
  const towers = parts.map((part) => createTower(part, options))
  const person = concat(towers.map((tower) => tower.person(users, positives)))
  const itemOf = (ids: Expression): Expression => concat(towers.map((tower) => tower.item(ids)))
  const bias = createBias()
  const seen = dropout(person, options.dropout)
  const right = add(sum(mul(seen, itemOf(positives)), -1), bias(positives))
  const wrong = add(matmul(seen, itemOf(negatives), { transposeB: true }), bias(negatives))
  const whole = concat(towers.map((tower) => tower.person(users)))
  return {
    loss: lossOf(options.loss, right, wrong, allowed),
    people: concat([whole, onesFor(users)]),
    items: concat([itemOf(negatives), reshape(bias(negatives), ['drawn', 1])]),
  }
}

/** The tables that the head's inputs are rows of. */
export function tablesOf(
  parts: readonly Part[],
  popularity: Float32Array,
): Record<string, Float32Array> {
  const tables = parts.flatMap(({ name, giving, items, people }) => [
    [`${name} of people`, people] as const,
    [`${name} of items`, items] as const,
    ...(giving && giving !== items ? [[`${name} given`, giving] as const] : []),
  ])
  return { ...Object.fromEntries(tables), popularity }
}

interface Tower {
  /** @param without an item each, which is taken out of what the person has */
  person(users: Expression, without?: Expression): Expression
  item(ids: Expression): Expression
}

function createTower({ name, width, giving, items }: Part, { textWidth }: HeadOptions): Tower {
  const peopleTable = input(`${name} of people`, 'float32', ['people', width])
  const itemTable = input(`${name} of items`, 'float32', ['items', width])
  const givingTable =
    giving && giving !== items ? input(`${name} given`, 'float32', ['items', width]) : itemTable
  const project = name === 'text' ? projections(width, textWidth) : undefined
  const size = project ? textWidth : width
  const weight = parameter(`${name}.weight`, [size], filled(firstScale), { decays: false })
  return {
    person(users, without) {
      const all = gather(peopleTable, users)
      const rest = without && giving ? sub(all, gather(givingTable, without)) : all
      const direction = project ? unitRows(project.person(rest)) : unitRows(rest)
      return mul(direction, weight)
    },
    item(ids) {
      const row = gather(itemTable, ids)
      return project ? unitRows(project.item(row)) : row
    },
  }
}

/** Both sides begin with the same random projection, which keeps angles: closeness of texts. */
function projections(inputs: number, outputs: number): Record<'person' | 'item', Project> {
  const draw = normal(1 / Math.sqrt(inputs))
  let drawn: Float32Array | undefined
  const sides = (['person', 'item'] as const).map((side) => {
    const weight = parameter(`text.${side}`, [inputs, outputs], (shape, random) => {
      drawn ??= draw(shape, random)
      return drawn.slice()
    })
    return [side, (x: Expression) => matmul(x, weight)] as const
  })
  return Object.fromEntries(sides) as Record<'person' | 'item', Project>
}

type Project = (x: Expression) => Expression

function createBias(): (ids: Expression) => Expression {
  const popularity = input('popularity', 'float32', ['items'])
  const weight = parameter('popularity.weight', [], filled(1), { decays: false })
  const base = parameter('base', [], zeros, { decays: false })
  return (ids) => add(mul(gather(popularity, ids), weight), base)
}

function lossOf(
  name: LossName,
  right: Expression,
  wrong: Expression,
  allowed: Expression,
): Expression {
  if (name === 'softmax') return sampledSoftmax(right, masked(wrong, allowed))
  if (name === 'bpr') return bpr(reshape(right, ['batch', 1]), masked(wrong, allowed))
  return add(binaryCrossEntropy(right, 1), binaryCrossEntropy(wrong, 0, allowed))
}

/** A column of ones, one for each id. */
function onesFor(ids: Expression): Expression {
  return reshape(differs(ids, -1), [...ids.shape, 1])
}
