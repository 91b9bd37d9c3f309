/**
 * A network as an ONNX model that any runtime reads: operators of the standard only. Inputs as
 * Hugging Face names them, outputs `last_hidden_state` and, pooled and of length one,
 * `sentence_embedding`. Sizes: batch × length × width.
 */
import { createGraph, type Graph, type Value } from '../../../tensor/onnx.ts'
import { kindTable, positionTable, type TextNetwork, tensorOf, wordTable } from '../text-network.ts'
import { bytesOfRows, turned } from './rounding.ts'

/** `int8` rounds the table of words and every matrix, and what flows into one, row by row. */
export type Precision = 'float' | 'int8'

interface Builder {
  readonly graph: Graph
  readonly network: TextNetwork
  readonly precision: Precision
}

const floatCode = { to: { integer: 1 } }
const lastAxis = { axis: { integer: -1 } }

export function onnxEncoder(network: TextNetwork, precision: Precision): Uint8Array {
  const graph = createGraph(network.name)
  const builder = { graph, network, precision }
  const { layers, width, epsilon } = network.form
  const [ids, mask, kinds] = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
    graph.input(name, 'int64', ['batch', 'length']),
  ) as [Value, Value, Value]
  const seen = graph.node('Cast', [mask], floatCode)
  const shut = graph.node('Mul', [graph.node('Sub', [seen, number(graph, 1)]), number(graph, 1e9)])
  const hiding = graph.node('Unsqueeze', [shut, integers(graph, 1, 2)])
  let x = normed(builder, 'embeddings.LayerNorm', embedded(builder, ids, kinds), epsilon)
  for (let layer = 0; layer < layers; layer++)
    x = layered(builder, `encoder.layer.${layer}`, x, hiding)
  graph.output('last_hidden_state', x, 'float32', ['batch', 'length', width])
  graph.output('sentence_embedding', pooled(builder, x, seen), 'float32', ['batch', width])
  return graph.toBytes()
}

/** Word + place + kind. */
function embedded(builder: Builder, ids: Value, kinds: Value): Value {
  const { graph, network } = builder
  const table = (path: string): Value => {
    const { shape, data } = tensorOf(network, path)
    return graph.constant('float32', shape, data)
  }
  const length = graph.node('Shape', [ids], { start: { integer: 1 } })
  const from = integers(graph, 0)
  const places = graph.node('Slice', [table(positionTable), from, length, from])
  const kind = graph.node('Gather', [table(kindTable), kinds])
  return graph.node('Add', [graph.node('Add', [wordsOf(builder, ids), places]), kind])
}

function wordsOf({ graph, network, precision }: Builder, ids: Value): Value {
  const { shape, data } = tensorOf(network, wordTable)
  if (precision === 'float')
    return graph.node('Gather', [graph.constant('float32', shape, data), ids])
  const [rows, width] = shape as [number, number]
  const { bytes, scales } = bytesOfRows(data, width)
  const whole = graph.node('Gather', [graph.constant('int8', shape, bytes), ids])
  const scale = graph.node('Gather', [graph.constant('float32', [rows, 1], scales), ids])
  return graph.node('Mul', [graph.node('Cast', [whole], floatCode), scale])
}

function layered(builder: Builder, path: string, x: Value, hiding: Value): Value {
  const { graph, network } = builder
  const { epsilon } = network.form
  const looked = attended(builder, `${path}.attention`, x, hiding)
  const between = graph.node('Add', [looked, x])
  const y = normed(builder, `${path}.attention.output.LayerNorm`, between, epsilon)
  const wide = graph.node('Gelu', [linear(builder, `${path}.intermediate.dense`, y)])
  const narrow = linear(builder, `${path}.output.dense`, wide)
  return normed(builder, `${path}.output.LayerNorm`, graph.node('Add', [narrow, y]), epsilon)
}

function attended(builder: Builder, path: string, x: Value, hiding: Value): Value {
  const { graph, network } = builder
  const { heads, width } = network.form
  const split = (part: string, perm: readonly number[]): Value => {
    const y = linear(builder, `${path}.self.${part}`, x)
    const cut = graph.node('Reshape', [y, integers(graph, 0, 0, heads, width / heads)])
    return graph.node('Transpose', [cut], { perm: { integers: perm } })
  }
  const products = graph.node('MatMul', [split('query', [0, 2, 1, 3]), split('key', [0, 2, 3, 1])])
  const scaled = graph.node('Mul', [products, number(graph, 1 / Math.sqrt(width / heads))])
  const weights = graph.node('Softmax', [graph.node('Add', [scaled, hiding])], lastAxis)
  const mixed = graph.node('MatMul', [weights, split('value', [0, 2, 1, 3])])
  const back = graph.node('Transpose', [mixed], { perm: { integers: [0, 2, 1, 3] } })
  const whole = graph.node('Reshape', [back, integers(graph, 0, 0, width)])
  return linear(builder, `${path}.output.dense`, whole)
}

function linear(builder: Builder, path: string, x: Value): Value {
  const { graph, network, precision } = builder
  const weight = tensorOf(network, `${path}.weight`)
  const bias = tensorOf(network, `${path}.bias`)
  const [outputs, inputs] = weight.shape as [number, number]
  const y =
    precision === 'int8'
      ? rounded(graph, x, weight.data, outputs, inputs)
      : graph.node('MatMul', [
          x,
          graph.constant('float32', [inputs, outputs], turned(weight.data, outputs, inputs)),
        ])
  return graph.node('Add', [y, graph.constant('float32', bias.shape, bias.data)])
}

const largest = 127
const middle = 128

/** Each row of x by its own largest value, so that no text depends on its neighbours. */
function rounded(
  graph: Graph,
  x: Value,
  weight: Float32Array,
  outputs: number,
  inputs: number,
): Value {
  const { bytes, scales } = bytesOfRows(weight, inputs)
  const zero = graph.constant('uint8', [], Uint8Array.of(middle))
  const step = number(graph, 1 / largest)
  const reach = graph.node('ReduceMax', [graph.node('Abs', [x]), integers(graph, -1)])
  const rows = graph.node('QuantizeLinear', [graph.node('Div', [x, reach]), step, zero])
  const matrix = graph.constant('int8', [inputs, outputs], turned(bytes, outputs, inputs))
  const sums = graph.node('MatMulInteger', [rows, matrix, zero])
  const scale = graph.constant(
    'float32',
    [outputs],
    scales.map((value) => value / largest),
  )
  const products = graph.node('Mul', [graph.node('Cast', [sums], floatCode), scale])
  return graph.node('Mul', [products, reach])
}

function normed({ graph, network }: Builder, path: string, x: Value, epsilon: number): Value {
  const [gain, shift] = ['weight', 'bias'].map((part) => {
    const { shape, data } = tensorOf(network, `${path}.${part}`)
    return graph.constant('float32', shape, data)
  })
  return graph.node('LayerNormalization', [x, gain, shift], {
    ...lastAxis,
    epsilon: { float: epsilon },
  })
}

/** Of length one: a sum over the tokens has the direction of their mean. */
function pooled({ graph, network }: Builder, x: Value, seen: Value): Value {
  const { pooling } = network.form
  const one =
    pooling === 'first'
      ? graph.node('Gather', [x, graph.constant('int64', [], BigInt64Array.of(0n))], {
          axis: { integer: 1 },
        })
      : graph.node(
          'ReduceSum',
          [
            graph.node('Mul', [x, graph.node('Unsqueeze', [seen, integers(graph, -1)])]),
            integers(graph, 1),
          ],
          { keepdims: { integer: 0 } },
        )
  return graph.node('LpNormalization', [one], { ...lastAxis, p: { integer: 2 } })
}

function number(graph: Graph, value: number): Value {
  return graph.constant('float32', [], Float32Array.of(value))
}

function integers(graph: Graph, ...values: number[]): Value {
  return graph.constant('int64', [values.length], BigInt64Array.from(values, BigInt))
}
