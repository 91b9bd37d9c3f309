/** Sums over axes and stretching along them: each is the other's derivative. */
import { apply, type Expression } from '../expression.ts'
import type { Shape } from '../onnx.ts'
import { at, everyPlace, fill, offset } from '../plain.ts'
import { axisOf, sameShape } from '../shape.ts'
import { reshape } from './layout.ts'

export interface ReduceOptions {
  /** Reduced axes stay, with the size 1. */
  readonly keeps?: boolean
}

/** @param axes all of them when left out */
export function sum(
  x: Expression,
  axes?: number | readonly number[],
  { keeps = false }: ReduceOptions = {},
): Expression {
  const reduced = axesOf(x, axes)
  const kept = x.shape.map((size, axis) => (reduced.includes(axis) ? 1 : size))
  return apply(
    {
      name: 'sum',
      evaluate([given], shape) {
        const from = given!
        const data = new Float64Array(shape.reduce((product, size) => product * size, 1))
        const rest = from.shape.map((size, axis) => (reduced.includes(axis) ? 1 : size))
        everyPlace(from.shape, (place, n) => {
          data[offset(rest, place)]! += from.data[n]!
        })
        return { shape, data }
      },
      gradient: (upstream) => [expand(reshape(upstream, kept), x.shape)],
      emit: ({ graph, integers }, [value]) =>
        graph.node('ReduceSum', [value, integers(reduced)], {
          keepdims: { integer: keeps ? 1 : 0 },
        }),
    },
    [x],
    keeps ? kept : x.shape.filter((_, axis) => !reduced.includes(axis)),
  )
}

export function axesOf({ shape }: Expression, axes?: number | readonly number[]): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis)
  const list = typeof axes === 'number' ? [axes] : axes
  return list.map((axis) => axisOf(axis, shape.length)).sort((a, b) => a - b)
}

/** Repeats along axes of size 1, and along new ones in front. */
export function expand(x: Expression, shape: Shape): Expression {
  if (sameShape(x.shape, shape)) return x
  return apply(
    {
      name: 'expand',
      evaluate: ([given], size) => fill(size, (place) => at(given!, place)),
      gradient: (upstream) => [sumTo(upstream, x.shape)],
      emit: ({ graph, sizes }, [value]) => graph.node('Expand', [value, sizes(shape)]),
    },
    [x],
    shape,
  )
}

/** Sums what was stretched by an elementwise operation back to where it came from. */
export function sumTo(x: Expression, shape: Shape): Expression {
  if (sameShape(x.shape, shape)) return x
  const added = x.shape.length - shape.length
  const axes = x.shape.flatMap((size, axis) => {
    if (axis < added) return [axis]
    return shape[axis - added] === 1 && size !== 1 ? [axis] : []
  })
  return reshape(sum(x, axes, { keeps: true }), shape)
}
