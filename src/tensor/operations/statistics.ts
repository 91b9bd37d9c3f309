/** Means and soft maxima over axes. */
import { apply, type Expression } from '../expression.ts'
import type { Shape } from '../onnx.ts'
import { at, everyPlace, fill } from '../plain.ts'
import { axisOf } from '../shape.ts'
import { div, mul, sub } from './arithmetic.ts'
import { exp } from './elementwise.ts'
import { reshape } from './layout.ts'
import { axesOf, type ReduceOptions, sum } from './reduce.ts'

/** @param axes all of them when left out */
export function mean(
  x: Expression,
  axes?: number | readonly number[],
  options: ReduceOptions = {},
): Expression {
  const reduced = axesOf(x, axes)
  return div(sum(x, reduced, options), extent(reduced.map((axis) => x.shape[axis]!)))
}

/** How many elements such a shape has in this run. */
function extent(shape: Shape): Expression {
  return apply(
    {
      name: 'extent',
      evaluate: (_, __, sizes) => ({
        shape: [],
        data: Float64Array.of(shape.reduce<number>((count, size) => count * sizes(size), 1)),
      }),
      emit({ graph, sizes }) {
        const count = graph.node('ReduceProd', [sizes(shape)], { keepdims: { integer: 0 } })
        return graph.node('Cast', [count], { to: { integer: 1 } })
      },
    },
    [],
    [],
  )
}

/** log Σ eˣ over the last axis, which goes; safe for large x. */
export function logSumExp(x: Expression): Expression {
  const kept = [...x.shape.slice(0, -1), 1]
  return apply(
    {
      name: 'logSumExp',
      evaluate([given], shape) {
        const width = given!.shape.at(-1)!
        return fill(shape, (place) => {
          const row = Array.from({ length: width }, (_, n) => at(given!, [...place, n]))
          const top = Math.max(...row)
          return top + Math.log(row.reduce((total, value) => total + Math.exp(value - top), 0))
        })
      },
      gradient: (upstream, output) => [
        mul(exp(sub(x, reshape(output, kept))), reshape(upstream, kept)),
      ],
      emit: ({ graph, integers }, [value]) =>
        graph.node('ReduceLogSumExp', [value, integers([-1])], { keepdims: { integer: 0 } }),
    },
    [x],
    x.shape.slice(0, -1),
  )
}

/** eˣ / Σ eˣ over the last axis. */
export function softmax(x: Expression): Expression {
  return apply(
    {
      name: 'softmax',
      evaluate: ([given]) => softmaxRows(given!.shape, given!.data),
      gradient: (upstream, y) => [
        mul(y, sub(upstream, sum(mul(upstream, y), -1, { keeps: true }))),
      ],
      emit: ({ graph }, [value]) => graph.node('Softmax', [value], { axis: { integer: -1 } }),
    },
    [x],
    x.shape,
  )
}

/** log softmax(x) over the last axis. */
export function logSoftmax(x: Expression): Expression {
  return apply(
    {
      name: 'logSoftmax',
      evaluate([given]) {
        const { shape, data } = softmaxRows(given!.shape, given!.data)
        return { shape, data: data.map(Math.log) }
      },
      gradient: (upstream, y) => [sub(upstream, mul(exp(y), sum(upstream, -1, { keeps: true })))],
      emit: ({ graph }, [value]) => graph.node('LogSoftmax', [value], { axis: { integer: -1 } }),
    },
    [x],
    x.shape,
  )
}

function softmaxRows(
  shape: readonly number[],
  given: Float64Array,
): { shape: readonly number[]; data: Float64Array } {
  const width = shape[axisOf(-1, shape.length)]!
  const data = new Float64Array(given.length)
  everyPlace(shape, (_, n) => {
    const row = given.subarray(n - (n % width), n - (n % width) + width)
    const top = Math.max(...row)
    const total = row.reduce((all, value) => all + Math.exp(value - top), 0)
    data[n] = Math.exp(given[n]! - top) / total
  })
  return { shape, data }
}
