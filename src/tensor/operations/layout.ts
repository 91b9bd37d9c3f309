/** Moving elements without changing them: reshape, transpose, slice, pad, concatenate. */
import { apply, type Emitter, type Expression } from '../expression.ts'
import type { Shape, Value } from '../onnx.ts'
import { at, fill } from '../plain.ts'
import { axisOf, type Dimension, plus, sameShape } from '../shape.ts'

/** The same elements in the same order. Open dimensions may be joined: [times('batch', 50), 64]. */
export function reshape(x: Expression, shape: Shape): Expression {
  if (sameShape(x.shape, shape)) return x
  const isFixed = [...x.shape, ...shape].every((size) => typeof size === 'number')
  if (isFixed && product(x.shape) !== product(shape)) {
    throw new RangeError(`[${x.shape}] has other elements than [${shape}] asks for.`)
  }
  return apply(
    {
      name: 'reshape',
      evaluate: ([given], size) => ({ shape: size, data: given!.data }),
      gradient: (upstream) => [reshape(upstream, x.shape)],
      emit: (emitter, [value]) => emitter.graph.node('Reshape', [value, target(emitter, shape)]),
    },
    [x],
    shape,
  )
}

function product(shape: Shape): number {
  return shape.reduce<number>((sum, size) => sum * Number(size), 1)
}

/** One open dimension needs no look at its size: ONNX infers it. */
function target({ integers, sizes }: Emitter, shape: Shape): Value {
  const open = shape.filter((size) => typeof size === 'string').length
  if (open > 1 || shape.includes(0)) return sizes(shape)
  return integers(shape.map((size) => (typeof size === 'string' ? -1 : size)))
}

/** @param order which axis of `x` stands at each place; left out: the last two change places */
export function transpose(x: Expression, order: readonly number[] = swapped(x)): Expression {
  const inverse = order.map((_, axis) => order.indexOf(axis))
  return apply(
    {
      name: 'transpose',
      evaluate: ([given], size) =>
        fill(size, (place) =>
          at(
            given!,
            inverse.map((from) => place[from]!),
          ),
        ),
      gradient: (upstream) => [transpose(upstream, inverse)],
      emit: ({ graph }, [value]) => graph.node('Transpose', [value], { perm: { integers: order } }),
    },
    [x],
    order.map((axis) => x.shape[axis]!),
  )
}

function swapped({ shape }: Expression): number[] {
  const axes = shape.map((_, axis) => axis)
  return [...axes.slice(0, -2), axes.length - 1, axes.length - 2]
}

/** The elements from `start` up to `end` (left out: the end) along one axis. */
export function slice(
  x: Expression,
  axis: number,
  start: Dimension,
  end: Dimension = x.shape[axisOf(axis, x.shape.length)]!,
): Expression {
  const along = axisOf(axis, x.shape.length)
  const size = minus(end, start)
  const after = minus(x.shape[along]!, end)
  return apply(
    {
      name: 'slice',
      evaluate: ([given], shape, sizes) =>
        fill(shape, (place) => given!.data[within(given!.shape, place, along, sizes(start))]!),
      gradient: (upstream) => [pad(upstream, along, start, after)],
      emit: ({ graph, sizes, integers }, [value]) =>
        graph.node('Slice', [value, sizes([start]), sizes([end]), integers([along])]),
    },
    [x],
    x.shape.with(along, size),
  )
}

/** Zeros before and after along one axis. */
export function pad(x: Expression, axis: number, before: Dimension, after: Dimension): Expression {
  const along = axisOf(axis, x.shape.length)
  const inner = x.shape[along]!
  const nothing: Dimension[] = x.shape.map(() => 0)
  return apply(
    {
      name: 'pad',
      evaluate: ([given], shape, sizes) =>
        fill(shape, (place) => {
          const from = place[along]! - sizes(before)
          if (from < 0 || from >= given!.shape[along]!) return 0
          return given!.data[within(given!.shape, place, along, -sizes(before))]!
        }),
      gradient: (upstream) => [slice(upstream, along, before, plus(before, inner))],
      emit: ({ graph, sizes }, [value]) =>
        graph.node('Pad', [
          value,
          sizes([...nothing.with(along, before), ...nothing.with(along, after)]),
        ]),
    },
    [x],
    x.shape.with(along, plus(plus(before, inner), after)),
  )
}

/** One after the other along an axis; the other axes are equal. */
export function concat(parts: readonly Expression[], axis = -1): Expression {
  const first = parts[0]
  if (!first) throw new RangeError('There is nothing to put together.')
  const along = axisOf(axis, first.shape.length)
  const starts = [0 as Dimension]
  for (const part of parts) {
    if (!sameShape(part.shape.with(along, 0), first.shape.with(along, 0))) {
      throw new RangeError(`[${first.shape}] and [${part.shape}] do not fit at axis ${along}.`)
    }
    starts.push(plus(starts.at(-1)!, part.shape[along]!))
  }
  return apply(
    {
      name: 'concat',
      evaluate: (given, shape) =>
        fill(shape, (place) => {
          let rest = place[along]!
          const part = given.find((one) => {
            if (rest < one.shape[along]!) return true
            rest -= one.shape[along]!
            return false
          })
          return at(part!, place.with(along, rest))
        }),
      gradient: (upstream) =>
        parts.map((_, n) => slice(upstream, along, starts[n]!, starts[n + 1]!)),
      emit: ({ graph }, values) => graph.node('Concat', values, { axis: { integer: along } }),
    },
    parts,
    first.shape.with(along, starts.at(-1)!),
    first.type,
  )
}

/** The index of a place that is moved along one axis. */
function within(
  shape: readonly number[],
  place: readonly number[],
  along: number,
  move: number,
): number {
  return shape.reduce(
    (index, size, axis) => index * size + place[axis]! + (axis === along ? move : 0),
    0,
  )
}

/** Of open sizes only those that are told apart by their ends: 'a+b' - 'a' is 'b'. */
function minus(end: Dimension, start: Dimension): Dimension {
  if (start === 0) return end
  if (typeof end === 'number' && typeof start === 'number') return end - start
  if (end === start) return 0
  const [left, right] = [String(end), String(start)]
  if (left.startsWith(`${right}+`)) {
    const rest = left.slice(right.length + 1)
    return /^\d+$/.test(rest) ? Number(rest) : rest
  }
  throw new RangeError(`The size between "${start}" and "${end}" is not known before a run.`)
}
