/**
 * The head: p(action | person, item) = σ(W'·h_text + U'·h_graph + … + w·popularity + b), where each h is
 * the elementwise product of what a part says of the person and of the item. It is bilinear, so that
 * all scores of all people are one matrix product, and every score splits exactly into its parts.
 */
import { type Expression, type Initial, input, parameter } from '../../tensor/expression.ts'
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
  const { person, item, size } = name === 'text' ? projections(width, textWidth) : turn(name, width)
  const weight = parameter(`${name}.weight`, [size], filled(firstScale), { decays: false })
  return {
    person(users, without) {
      const all = gather(peopleTable, users)
      const rest = without && giving ? sub(all, gather(givingTable, without)) : all
      return mul(person(rest), weight)
    },
    item: (ids) => item(gather(itemTable, ids)),
  }
}

/** What is learned of one part: how rows of people and of items become what is multiplied. */
interface Sides {
  readonly size: number
  person(x: Expression): Expression
  item(x: Expression): Expression
}

/** Both sides begin with the same random projection, which keeps angles: closeness of texts. */
function projections(inputs: number, size: number): Sides {
  let drawn: Float32Array | undefined
  const once: Initial = (shape, random) => {
    drawn ??= normal(1 / Math.sqrt(inputs))(shape, random)
    return drawn.slice()
  }
  const project = (side: string): ((x: Expression) => Expression) => {
    const weight = parameter(`text.${side}`, [inputs, size], once)
    return (x) => unitRows(matmul(x, weight))
  }
  return { size, person: project('person'), item: project('item') }
}

/** Items stay as the graph has them; people begin so, and are turned by what is learned. */
function turn(name: string, size: number): Sides {
  const weight = parameter(`${name}.turn`, [size, size], identity, { decays: false })
  return { size, person: (x) => matmul(unitRows(x), weight), item: (x) => x }
}

const identity: Initial = ([size = 0]) =>
  Float32Array.from({ length: size * size }, (_, n) => (n % (size + 1) === 0 ? 1 : 0))

function createBias(): (ids: Expression) => Expression {
  const popularity = input('popularity', 'float32', ['items'])
  const weight = parameter('popularity.weight', [], filled(0.5), { decays: false })
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
