/** Sums, differences, products and quotients, element by element; shapes stretch as in numpy. */
import {
  apply,
  asExpression,
  type Expression,
  type Operand,
  type Operation,
} from '../expression.ts'
import { at, fill } from '../plain.ts'
import { broadcast, sameShape } from '../shape.ts'
import { sumTo } from './reduce.ts'

export function add(a: Operand, b: Operand): Expression {
  return binary('Add', a, b, {
    of: (x, y) => x + y,
    slopes: (upstream) => [upstream, upstream],
  })
}

export function sub(a: Operand, b: Operand): Expression {
  return binary('Sub', a, b, {
    of: (x, y) => x - y,
    slopes: (upstream) => [upstream, mul(upstream, -1)],
  })
}

export function mul(a: Operand, b: Operand): Expression {
  return binary('Mul', a, b, {
    of: (x, y) => x * y,
    slopes: (upstream, x, y) => [mul(upstream, y), mul(upstream, x)],
  })
}

export function div(a: Operand, b: Operand): Expression {
  return binary('Div', a, b, {
    of: (x, y) => x / y,
    slopes: (upstream, _, y, output) => {
      const byX = div(upstream, y)
      return [byX, mul(mul(byX, output), -1)]
    },
  })
}

/** Where both are equal, the first one takes the slope. */
export function maximum(a: Operand, b: Operand): Expression {
  return binary('Max', a, b, {
    of: Math.max,
    slopes: (upstream, x, y) => {
      const isFirst = atLeast(x, y)
      return [mul(upstream, isFirst), mul(upstream, sub(1, isFirst))]
    },
  })
}

/** 1 where a ≥ b, else 0; without a slope. */
export function atLeast(a: Operand, b: Operand): Expression {
  return binary('GreaterOrEqual', a, b, {
    of: (x, y) => (x >= y ? 1 : 0),
    slopes: () => [undefined, undefined],
    emit: ({ graph }, values) =>
      graph.node('Cast', [graph.node('GreaterOrEqual', values)], { to: { integer: 1 } }),
  })
}

interface Binary {
  of(x: number, y: number): number
  slopes(
    upstream: Expression,
    x: Expression,
    y: Expression,
    output: Expression,
  ): readonly [Expression | undefined, Expression | undefined]
  readonly emit?: Operation['emit']
}

function binary(name: string, a: Operand, b: Operand, { of, slopes, emit }: Binary): Expression {
  const x = asExpression(a)
  const y = asExpression(b)
  for (const { type, shape } of [x, y]) {
    if (type !== 'float32')
      throw new RangeError(`"${name}" works on floats, not [${shape}] ${type}.`)
  }
  const shape = broadcast(x.shape, y.shape)
  const inputs = [unstretched(x, y, shape), unstretched(y, x, shape)]
  return apply(
    {
      name,
      evaluate: ([left, right], size) =>
        fill(size, (place) => of(at(left!, place), at(right!, place))),
      gradient(upstream, output) {
        const [byX, byY] = slopes(upstream, inputs[0]!, inputs[1]!, output)
        return [byX && sumTo(byX, inputs[0]!.shape), byY && sumTo(byY, inputs[1]!.shape)]
      },
      emit: emit ?? (({ graph }, values) => graph.node(name, values)),
    },
    inputs,
    shape,
  )
}

/** Stretching is done by the operation itself: what was only stretched before it is spared. */
function unstretched(x: Expression, other: Expression, shape: Expression['shape']): Expression {
  const before = x.inputs[0]
  if (x.source.kind !== 'operation' || x.source.name !== 'expand' || !before) return x
  return sameShape(broadcast(before.shape, other.shape), shape) ? before : x
}
