/** Linear layers of inference graphs: `y = x Wᵀ`, in floats or in whole numbers of eight bits. */
import type { Graph, Value } from './onnx.ts'

export interface Weight {
  /** [outputs, inputs], as PyTorch keeps it. */
  readonly values: Float32Array
  readonly outputs: number
  readonly inputs: number
}

export type Linear = (graph: Graph, x: Value, weight: Weight) => Value

export const floatLinear: Linear = (graph, x, { values, outputs, inputs }) =>
  graph.node('MatMul', [x, turned(graph, graph.constant('float32', [outputs, inputs], values))])

const activationZero = 128
const largest = 127

/**
 * Quantises each row of `x` by its own largest value, and each output of the weight by its own.
 * ONNX Runtime's DynamicQuantizeMatMul takes one scale for a whole batch instead, so that a text's
 * vector would depend on its neighbours in the batch. Weights use all eight bits: without VNNI two
 * neighbouring products saturate only when both weights and both activations are near their largest.
 */
export const int8Linear: Linear = (graph, x, weight) => {
  const { outputs, inputs } = weight
  const { quantized, scales } = quantizeOutputs(weight)
  const zero = graph.constant('uint8', [], Uint8Array.of(activationZero))
  const step = graph.constant('float32', [], Float32Array.of(1 / largest))
  const lastAxis = graph.constant('int64', [1], BigInt64Array.of(-1n))
  const reach = graph.node('ReduceMax', [graph.node('Abs', [x]), lastAxis])
  const rows = graph.node('QuantizeLinear', [graph.node('Div', [x, reach]), step, zero])
  const products = graph.node(
    'MatMulIntegerToFloat',
    [
      rows,
      turned(graph, graph.constant('int8', [outputs, inputs], quantized)),
      step,
      graph.constant('float32', [outputs], scales),
      zero,
    ],
    {},
    { domain: 'com.microsoft' },
  )
  return graph.node('Mul', [products, reach])
}

/** ONNX Runtime turns a constant once, when it loads the graph. */
function turned(graph: Graph, matrix: Value): Value {
  return graph.node('Transpose', [matrix])
}

/** Each output scaled so that its largest weight is ±127. */
export function quantizeOutputs({ values, outputs, inputs }: Weight): {
  quantized: Int8Array
  scales: Float32Array
} {
  const quantized = new Int8Array(values.length)
  const scales = new Float32Array(outputs)
  for (let output = 0; output < outputs; output++) {
    const start = output * inputs
    const end = start + inputs
    let reach = 0
    for (let at = start; at < end; at++) {
      const size = Math.abs(values[at]!)
      if (size > reach) reach = size
    }
    scales[output] = reach / largest
    const steps = reach > 0 ? largest / reach : 0
    // Rounds to the nearest, as Math.round does, in a third of its time.
    for (let at = start; at < end; at++) quantized[at] = ((values[at]! * steps + 128.5) | 0) - 128
  }
  return { quantized, scales }
}
