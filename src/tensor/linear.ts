/** Linear layers of inference graphs: `y = x Wᵀ`, in floats or in whole numbers of eight bits. */
import type { Graph, Value } from './onnx.ts'

export interface Weight {
  /** [outputs, inputs], as PyTorch keeps it. */
  readonly values: Float32Array
  readonly outputs: number
  readonly inputs: number
}

export type Linear = (graph: Graph, x: Value, weight: Weight) => Value

export const floatLinear: Linear = (graph, x, { values, outputs, inputs }) => {
  const transposed = new Float32Array(values.length)
  transposeBlocks(outputs, inputs, (from, to) => {
    transposed[to] = values[from]!
  })
  return graph.node('MatMul', [x, graph.constant('float32', [inputs, outputs], transposed)])
}

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
      graph.constant('int8', [inputs, outputs], quantized),
      step,
      graph.constant('float32', [outputs], scales),
      zero,
    ],
    {},
    { domain: 'com.microsoft' },
  )
  return graph.node('Mul', [products, reach])
}

/** [inputs, outputs], each output scaled so that its largest weight is ±127. */
function quantizeOutputs({ values, outputs, inputs }: Weight): {
  quantized: Int8Array
  scales: Float32Array
} {
  const scales = new Float32Array(outputs)
  for (let output = 0; output < outputs; output++) {
    let reach = 0
    const end = (output + 1) * inputs
    for (let at = output * inputs; at < end; at++) reach = Math.max(reach, Math.abs(values[at]!))
    scales[output] = reach / largest || 1
  }
  const quantized = new Int8Array(values.length)
  transposeBlocks(outputs, inputs, (from, to, output) => {
    quantized[to] = Math.round(values[from]! / scales[output]!)
  })
  return { quantized, scales }
}

const blockSize = 32

/** Visits [rows, columns] in blocks that stay in the cache while they are written transposed. */
function transposeBlocks(
  rows: number,
  columns: number,
  visit: (from: number, to: number, row: number) => void,
): void {
  for (let top = 0; top < rows; top += blockSize) {
    for (let left = 0; left < columns; left += blockSize) {
      const bottom = Math.min(rows, top + blockSize)
      const right = Math.min(columns, left + blockSize)
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          visit(row * columns + column, column * rows + row, row)
        }
      }
    }
  }
}
