/**
 * Every operation, in one list: the reference against finite differences along random directions,
 * and ONNX Runtime against the reference, forward and backward.
 */
import { describe, expect, it } from 'vitest'
import { normal, type Random, seededRandom } from '../math/random.ts'
import { emitProgram } from './compile.ts'
import { constant, type Expression, inOrder, input, parameter } from './expression.ts'
import { gradientsOf } from './gradient.ts'
import { zeros } from './initial.ts'
import { attention, masked } from './layers.ts'
import {
  binaryCrossEntropy,
  bpr,
  crossEntropy,
  infoNce,
  sampledSoftmax,
  softCrossEntropy,
} from './losses.ts'
import { add, atLeast, div, maximum, mul, sub } from './operations/arithmetic.ts'
import { dropout, stopGradient } from './operations/dropout.ts'
import {
  exp,
  gelu,
  log,
  relu,
  sigmoid,
  softplus,
  sqrt,
  square,
  tanh,
} from './operations/elementwise.ts'
import { concat, pad, reshape, slice, transpose } from './operations/layout.ts'
import { matmul } from './operations/matmul.ts'
import { layerNorm, unitRows } from './operations/norms.ts'
import { expand, sum } from './operations/reduce.ts'
import { differs, gather, pick } from './operations/rows.ts'
import { logSoftmax, logSumExp, mean, softmax } from './operations/statistics.ts'
import { openProgramSession } from './program-session.ts'
import { workOut } from './reference.ts'
import { sizesOf, times } from './shape.ts'

const sizes = new Map([
  ['batch', 3],
  ['length', 2],
])
const x = input('x', 'float32', ['batch', 4])
const y = input('y', 'float32', ['batch', 4])
const row = parameter('row', [4], zeros)
const w = parameter('w', [4, 5], zeros)
const cube = input('cube', 'float32', ['batch', 'length', 4])
const table = parameter('table', [6, 4], zeros)
const ids = input('ids', 'int32', ['batch', 'length'])
const labels = input('labels', 'int32', ['batch'])
const positive = add(square(x), 0.5)

const cases: Record<string, Expression> = {
  add: add(x, row),
  'add across': add(cube, row),
  sub: sub(row, x),
  mul: mul(x, y),
  'mul with itself': mul(x, x),
  'mul stretched': mul(reshape(x, ['batch', 1, 4]), cube),
  div: div(x, positive),
  'div by one for all': div(x, add(sum(square(row)), 1)),
  maximum: maximum(x, y),
  'where at least': mul(atLeast(x, 0.1), x),
  exp: exp(x),
  log: log(positive),
  sqrt: sqrt(positive),
  square: square(x),
  sigmoid: sigmoid(x),
  tanh: tanh(x),
  relu: relu(x),
  softplus: softplus(mul(x, 3)),
  gelu: gelu(x),
  'gelu of large and small': gelu(mul(x, 4)),
  sum: sum(x),
  'sum over the first axis': sum(cube, 0),
  'sum over two axes, kept': mul(sum(cube, [0, 2], { keeps: true }), cube),
  mean: mean(x),
  'mean over an open axis': mean(cube, [1]),
  'mean of a mean': mul(mean(x, -1, { keeps: true }), x),
  expand: expand(reshape(x, ['batch', 1, 4]), ['batch', 3, 4]),
  'expand in front': expand(row, [3, 4]),
  logSumExp: logSumExp(mul(x, 5)),
  softmax: softmax(mul(x, 2)),
  logSoftmax: logSoftmax(x),
  'softmax with a mask': softmax(masked(x, constant([4], [1, 1, 0, 1]))),
  matmul: matmul(x, w),
  'matmul of many rows': matmul(cube, w),
  'matmul of batches': matmul(cube, transpose(cube), { scale: 0.5 }),
  'matmul turned left': matmul(cube, cube, { transposeA: true }),
  'matmul turned right': matmul(cube, cube, { transposeB: true, scale: 2 }),
  'matmul turned twice': matmul(w, x, { transposeA: true, transposeB: true }),
  'matmul stretched over batches': matmul(cube, reshape(table, [1, 6, 4]), { transposeB: true }),
  reshape: reshape(cube, [times('batch', 'length'), 4]),
  transpose: transpose(cube, [2, 0, 1]),
  slice: slice(x, -1, 1, 3),
  'slice off the front': slice(cube, 2, 3),
  pad: pad(x, 1, 2, 1),
  concat: concat(
    [x, row, y].map((one) => reshape(expand(one, ['batch', 4]), ['batch', 2, 2])),
    1,
  ),
  'concat of open sizes': concat([x, mul(y, 2), reshape(row, [1, 4])], 0),
  gather: gather(table, ids),
  'gather of plain numbers': gather(reshape(table, [24]), labels),
  pick: pick(x, labels),
  'pick in a cube': pick(cube, ids),
  'differs times': mul(reshape(differs(ids, 2), ['batch', 'length', 1]), cube),
  layerNorm: layerNorm(x, row, add(row, 1)),
  'layerNorm of a cube': layerNorm(cube, row, row),
  unitRows: unitRows(cube),
  stopGradient: mul(stopGradient(x), x),
  dropout: dropout(cube, 0.4),
  attention: attention(cube, mul(cube, 2), sub(cube, 1), { heads: 2, dropout: 0.2 }),
  'attention with a mask': attention(cube, cube, cube, {
    heads: 2,
    mask: reshape(differs(ids, 0), ['batch', 1, 1, 'length']),
  }),
  crossEntropy: crossEntropy(x, labels),
  'crossEntropy with weights': crossEntropy(cube, ids, differs(ids, 1)),
  softCrossEntropy: softCrossEntropy(x, softmax(y)),
  sampledSoftmax: sampledSoftmax(pick(x, labels), y),
  infoNce: infoNce(unitRows(x), unitRows(y), 0.2),
  bpr: bpr(reshape(pick(x, labels), ['batch', 1]), y),
  binaryCrossEntropy: binaryCrossEntropy(x, sigmoid(y)),
}

type Values = Map<Expression, Float64Array>

/** A different number of the output counts differently, so that no mistake cancels. */
function lossOf(output: Expression, random: Random): Expression {
  const rank = output.shape.length
  if (rank === 0) return output
  const width = Number(output.shape[rank - 1])
  const last = Number.isNaN(width) ? 1 : width
  const weights = constant(
    [last],
    Float32Array.from({ length: last }, () => normal(random)),
  )
  return sum(mul(tanh(output), weights))
}

function draw(root: Expression, random: Random): Values {
  const values: Values = new Map()
  for (const one of inOrder([root])) {
    const { source, type, shape } = one
    if (source.kind === 'operation' || source.kind === 'constant') continue
    const length = sizesOf(shape, sizes).reduce((product, size) => product * size, 1)
    const next = (): number => {
      if (type === 'int32') return Math.floor(random() * 4)
      if (source.kind === 'mask') return random() < source.rate ? 0 : 1 / (1 - source.rate)
      return Math.fround(normal(random))
    }
    values.set(one, Float64Array.from({ length }, next))
  }
  return values
}

function evaluate(roots: readonly Expression[], values: Values): Float64Array[] {
  const bySource = new Map([...values].map(([one, data]) => [one.source, data]))
  return workOut(roots, { sizes, valueOf: (leaf) => bySource.get(leaf)! }).map(({ data }) => data)
}

function floatLeaves(values: Values): Expression[] {
  return [...values.keys()].filter(
    ({ type, source }) => type === 'float32' && source.kind !== 'mask',
  )
}

function moved(values: Values, along: Values, by: number): Values {
  return new Map(
    [...values].map(([one, data]) => [
      one,
      data.map((value, n) => value + by * (along.get(one)?.[n] ?? 0)),
    ]),
  )
}

describe.each(Object.entries(cases))('%s', (name, output) => {
  const random = seededRandom(7)
  const loss = lossOf(output, random)
  const values = draw(loss, random)
  const leaves = floatLeaves(values)
  const gradients = gradientsOf(loss, leaves)

  it('has the slope that finite differences find', () => {
    if (name === 'stopGradient') return expectStopped()
    const slopes = evaluate(gradients, values)
    for (let direction = 0; direction < 4; direction++) {
      const along: Values = new Map(
        leaves.map((one) => [one, values.get(one)!.map(() => normal(random))]),
      )
      const step = 1e-5
      const [[ahead], [behind]] = [step, -step].map((by) =>
        evaluate([loss], moved(values, along, by)),
      ) as [Float64Array[], Float64Array[]]
      const measured = (ahead![0]! - behind![0]!) / (2 * step)
      const claimed = leaves.reduce(
        (total, one, n) =>
          total + slopes[n]!.reduce((part, slope, at) => part + slope * along.get(one)![at]!, 0),
        0,
      )
      expect(Math.abs(claimed - measured)).toBeLessThan(1e-6 * (1 + Math.abs(measured)))
    }
  })

  /** x · stop(x) has the slope x, not 2x, inside the tanh of the loss. */
  function expectStopped(): void {
    const [[slope], [full]] = [
      evaluate(gradients, values),
      evaluate(gradientsOf(lossOf(mul(x, x), seededRandom(7)), [x]), values),
    ] as [Float64Array[], Float64Array[]]
    for (const [n, part] of slope!.entries()) expect(part).toBeCloseTo(full![n]! / 2, 9)
  }

  it('is the same in ONNX Runtime, forward and backward', async () => {
    const results = Object.fromEntries(
      [output, loss, ...gradients].map((one, n) => [`r${n}`, one] as const),
    )
    const { bytes, outputs, masks } = emitProgram({ states: [], results }, true)
    const session = await openProgramSession({ bytes, threads: 1, states: [], outputs })
    const masksInOrder = inOrder([loss]).filter(({ source }) => source.kind === 'mask')
    const feeds = [...values].map(([one, data]) => {
      const shape = sizesOf(one.shape, sizes)
      const held = one.type === 'int32' ? Int32Array.from(data) : Float32Array.from(data)
      const { source } = one
      const key = 'name' in source ? source.name : masks[masksInOrder.indexOf(one)]!.name
      return [key, { shape, data: held }] as const
    })
    const answers = await session.run({ feeds: Object.fromEntries(feeds), masks: [] })
    await session.close()
    const expected = evaluate([output, loss, ...gradients], values)
    for (const [n, wanted] of expected.entries()) {
      const got = answers[`r${n}`]!.data
      expect(got.length).toBe(wanted.length)
      for (const [at, value] of wanted.entries()) {
        expect(Math.abs(got[at]! - value), `${name} ${n}[${at}]`).toBeLessThan(
          2e-5 * (1 + Math.abs(value)),
        )
      }
    }
  })
})
