/**
 * Products with weights that stay as they are, in whole numbers of eight bits both ways: each row that
 * comes in is rounded by its own largest value, each output of the weights by its own. The gradient is such
 * a product too (SwitchBack, Wortsman et al. 2023, §2.2): what is trained beside it stays in floats.
 */
import { apply, type Emitter, type Expression } from '../expression.ts'
import { quantizeOutputs, type Weight } from '../linear.ts'
import type { Value } from '../onnx.ts'
import { at, fill } from '../plain.ts'
import { times } from '../shape.ts'
import { reshape } from './layout.ts'

/**
 * x Wᵀ, about a hundredth of its length off: [… × inputs] → [… × outputs].
 * @param weight constant; rounded here
 */
export function roundedLinear(x: Expression, weight: Weight): Expression {
  return reshape(product(tallOf(x), weight), [...x.shape.slice(0, -1), weight.outputs])
}

/** One expression for all weights that read the same, so that it is rounded once. */
const tall = new WeakMap<Expression, Expression>()

function tallOf(x: Expression): Expression {
  const known = tall.get(x) ?? reshape(x, [times(...x.shape.slice(0, -1)), x.shape.at(-1)!])
  tall.set(x, known)
  return known
}

function product(x: Expression, weight: Weight): Expression {
  const { outputs, inputs, values } = weight
  if (x.shape.at(-1) !== inputs) {
    throw new RangeError(`[${x.shape}] does not go into weights of ${outputs} × ${inputs}.`)
  }
  return apply(
    {
      name: 'roundedProduct',
      // What it means is the product itself; rounding is how it is worked out.
      evaluate: ([given], shape) =>
        fill(shape, (place) => {
          const [row, output] = place as [number, number]
          let total = 0
          for (let k = 0; k < inputs; k++)
            total += at(given!, [row, k]) * values[output * inputs + k]!
          return total
        }),
      gradient: (upstream) => [product(upstream, turned(weight))],
      emit: (emitter, [value]) => emit(emitter, value!, x, weight),
    },
    [x],
    [x.shape[0]!, outputs],
  )
}

function emit(emitter: Emitter, value: Value, x: Expression, weight: Weight): Value {
  const { graph, number } = emitter
  const { rows, steps } = roundedRows(emitter, value, x)
  const { quantized, scales } = quantizeOutputs(weight)
  const { outputs, inputs } = weight
  const products = graph.node(
    'MatMulIntegerToFloat',
    [
      rows,
      // ONNX Runtime turns a constant once, when it loads the graph.
      graph.node('Transpose', [graph.constant('int8', [outputs, inputs], quantized)]),
      number(1),
      graph.constant('float32', [outputs], scales),
      graph.constant('uint8', [], Uint8Array.of(middle)),
    ],
    {},
    { domain: 'com.microsoft' },
  )
  return graph.node('Mul', [products, steps])
}

const middle = 128
const largest = 127
/** Rows of zeros, as the slopes of padding are, have no largest value to divide by. */
const least = 1e-30

interface RoundedRows {
  /** [rows × inputs] uint8 */
  readonly rows: Value
  /** [rows × 1] float32 */
  readonly steps: Value
}

/** Of one expression once, however many weights it meets. */
function roundedRows(emitter: Emitter, value: Value, x: Expression): RoundedRows {
  const { graph, number, integers, sizes, beside } = emitter
  const known = beside.get(x)
  if (known?.['rows'] && known['steps']) return { rows: known['rows'], steps: known['steps'] }
  const last = integers([-1])
  const top = graph.node('ReduceMax', [value, last])
  const bottom = graph.node('Neg', [graph.node('ReduceMin', [value, last])])
  const reach = graph.node('Max', [top, bottom, number(least)])
  const steps = graph.node('Mul', [reach, number(1 / largest)])
  const size = sizes([x.shape[0]!])
  const zeros = graph.node('Expand', [graph.constant('uint8', [1], Uint8Array.of(middle)), size])
  const rows = graph.node('QuantizeLinear', [value, graph.node('Reshape', [steps, size]), zeros], {
    axis: { integer: 0 },
  })
  beside.set(x, { ...known, rows, steps })
  return { rows, steps }
}

function turned({ values, outputs, inputs }: Weight): Weight {
  const other = new Float32Array(values.length)
  for (let n = 0; n < outputs; n++)
    for (let k = 0; k < inputs; k++) other[k * outputs + n] = values[n * inputs + k]!
  return { values: other, outputs: inputs, inputs: outputs }
}
