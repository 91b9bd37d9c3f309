import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { floatLinear, int8Linear, type Linear } from './linear.ts'
import { createGraph, type Graph } from './onnx.ts'

type Feeds = Record<string, Tensor>

async function run(graph: Graph, feeds: Feeds): Promise<Record<string, number[]>> {
  const session = await InferenceSession.create(graph.toBytes(), { intraOpNumThreads: 1 })
  const results = await session.run(feeds)
  await session.release()
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [
      name,
      Array.from(data as Iterable<number | bigint>, Number),
    ]),
  )
}

function floats(shape: number[], ...values: number[]): Tensor {
  return new Tensor('float32', Float32Array.from(values), shape)
}

describe('a graph', () => {
  it('computes what it says, for any size of an open dimension', async () => {
    const graph = createGraph('affine')
    const x = graph.input('x', 'float32', ['rows', 2])
    const weight = graph.constant('float32', [2, 2], Float32Array.of(1, 2, 3, 4))
    const shift = graph.constant('float32', [2], Float32Array.of(10, 20))
    const y = graph.node('Add', [graph.node('MatMul', [x, weight]), shift])
    graph.output('y', y, 'float32', ['rows', 2])
    const { y: one } = await run(graph, { x: floats([1, 2], 1, 1) })
    const { y: two } = await run(graph, { x: floats([2, 2], 1, 0, 0, -1) })
    expect(one).toEqual([14, 26])
    expect(two).toEqual([11, 22, 7, 16])
  })

  it('writes every kind of attribute and constant', async () => {
    const graph = createGraph('kinds')
    const x = graph.input('x', 'float32', [1, 4])
    const leaky = graph.node('LeakyRelu', [x], { alpha: { float: 0.25 } })
    const turned = graph.node('Transpose', [leaky], { perm: { integers: [1, 0] } })
    const at = graph.constant('int64', [2], BigInt64Array.of(-1n, 0n))
    const rows = graph.node('Gather', [turned, at], { axis: { integer: 0 } })
    const half = graph.constant('float16', [1], Uint16Array.of(0x3800))
    const scaled = graph.node('Mul', [rows, graph.node('Cast', [half], { to: { integer: 1 } })])
    graph.output('y', scaled, 'float32', [2, 1])
    const scores = graph.constant('int64', [1], BigInt64Array.of(3n))
    const code = graph.node(
      'LabelEncoder',
      [scores],
      { keys_int64s: { integers: [3] }, values_floats: { floats: [1.5] } },
      { domain: 'ai.onnx.ml' },
    )
    graph.output('label', code, 'float32', [1])
    const { y, label } = await run(graph, { x: floats([1, 4], -8, 1, 2, 6) })
    expect(y).toEqual([3, -1])
    expect(label).toEqual([1.5])
  })

  it('gives every output of an operator, and leaves optional inputs out', async () => {
    const graph = createGraph('outputs')
    const x = graph.input('x', 'float32', [4])
    const two = graph.constant('int64', [1], BigInt64Array.of(2n))
    const { values, places } = graph.nodeOf(['values', 'places'], 'TopK', [x, two])
    const ceiling = graph.constant('float32', [], Float32Array.of(4))
    graph.output('values', graph.node('Clip', [values, undefined, ceiling]), 'float32', [2])
    graph.output('places', places, 'int64', [2])
    const feeds = { x: floats([4], 3, 9, -1, 4) }
    expect(await run(graph, feeds)).toEqual({ values: [4, 4], places: [1, 3] })
  })

  it('refuses a constant whose shape does not fit, and a name used twice', () => {
    const graph = createGraph('wrong')
    expect(() => graph.constant('float32', [2, 2], new Float32Array(3))).toThrow(
      '4 elements, not 3',
    )
    graph.input('x', 'float32', [1])
    expect(() => graph.input('x', 'float32', [1])).toThrow('already has a value named "x"')
  })
})

describe('linear layers', () => {
  const weight = {
    values: Float32Array.from({ length: 40 * 70 }, (_, n) => Math.sin(n) * (1 + (n % 5))),
    outputs: 40,
    inputs: 70,
  }
  const rows = [0, 1, 2].map((row) =>
    Array.from({ length: 70 }, (_, n) => Math.cos(n * (row + 1)) * 10 ** row),
  )
  const expected = rows.flatMap((row) =>
    Array.from({ length: 40 }, (_, output) =>
      row.reduce((sum, value, n) => sum + value * (weight.values[output * 70 + n] ?? 0), 0),
    ),
  )
  async function apply(linear: Linear, given: number[][]): Promise<number[]> {
    const graph = createGraph('linear')
    const x = graph.input('x', 'float32', ['rows', 70])
    graph.output('y', linear(graph, x, weight), 'float32', ['rows', 40])
    const { y = [] } = await run(graph, { x: floats([given.length, 70], ...given.flat()) })
    return y
  }

  it('multiply in floats', async () => {
    const y = await apply(floatLinear, rows)
    for (const [n, value] of y.entries()) expect(value).toBeCloseTo(expected[n] ?? 0, 2)
  })

  it('multiply in eight bits with an error under one per cent of the row', async () => {
    const y = await apply(int8Linear, rows)
    for (const [n, value] of y.entries()) {
      const error = Math.abs(value - (expected[n] ?? 0)) / 10 ** Math.floor(n / 40)
      expect(error).toBeLessThan(0.01 * 70)
    }
  })

  it('in eight bits a row does not depend on its neighbours', async () => {
    const together = await apply(int8Linear, rows)
    const alone = await apply(int8Linear, rows.slice(0, 1))
    expect(together.slice(0, 40)).toEqual(alone)
  })
})
