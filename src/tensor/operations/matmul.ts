/** Matrix products of the last two axes; axes in front are batches and stretch. */
import { apply, type Expression } from '../expression.ts'
import type { Shape } from '../onnx.ts'
import { at, fill } from '../plain.ts'
import { broadcast, times } from '../shape.ts'
import { reshape } from './layout.ts'
import { sumTo } from './reduce.ts'

export interface MatmulOptions {
  /** Of the last two axes of the left and the right side. */
  readonly transposeA?: boolean
  readonly transposeB?: boolean
  /** Multiplies every element of the product. Default: 1. */
  readonly scale?: number
}

/** [… × n × k] by [… × k × m] → [… × n × m] */
export function matmul(a: Expression, b: Expression, options: MatmulOptions = {}): Expression {
  // Rows of many batches against one matrix are one tall matrix.
  if (a.shape.length > 2 && b.shape.length === 2 && !options.transposeA) {
    const rows = times(...a.shape.slice(0, -1))
    const tall = product(reshape(a, [rows, a.shape.at(-1)!]), b, options)
    return reshape(tall, [...a.shape.slice(0, -1), tall.shape[1]!])
  }
  return product(a, b, options)
}

function product(a: Expression, b: Expression, options: MatmulOptions): Expression {
  const { transposeA = false, transposeB = false, scale = 1 } = options
  const [rows, inner] = ends(a, transposeA)
  const [meeting, columns] = ends(b, transposeB)
  if (inner !== meeting) {
    throw new RangeError(`[${a.shape}] and [${b.shape}] do not multiply: ${inner} ≠ ${meeting}.`)
  }
  const shape: Shape = [...broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns]
  const isPlain = !transposeA && !transposeB && scale === 1
  return apply(
    {
      name: 'matmul',
      evaluate: ([left, right], size) =>
        fill(size, (place) => {
          const batch = place.slice(0, -2)
          const [row, column] = [place.at(-2)!, place.at(-1)!]
          let total = 0
          for (let k = 0; k < left!.shape.at(transposeA ? -2 : -1)!; k++) {
            const x = at(left!, [...batch, ...(transposeA ? [k, row] : [row, k])])
            total += x * at(right!, [...batch, ...(transposeB ? [column, k] : [k, column])])
          }
          return scale * total
        }),
      gradient: (upstream) => [
        sumTo(slopeOfLeft(upstream, b, options), a.shape),
        sumTo(slopeOfRight(upstream, a, options), b.shape),
      ],
      emit: ({ graph }, values) =>
        isPlain
          ? graph.node('MatMul', values)
          : graph.node(
              'FusedMatMul',
              values,
              {
                transA: { integer: Number(transposeA) },
                transB: { integer: Number(transposeB) },
                alpha: { float: scale },
              },
              { domain: 'com.microsoft' },
            ),
    },
    [a, b],
    shape,
  )
}

function ends({ shape }: Expression, isTransposed: boolean): [Shape[number], Shape[number]] {
  const [before, last] = [shape.at(-2), shape.at(-1)]
  if (before === undefined || last === undefined) {
    throw new RangeError(`[${shape}] is no matrix.`)
  }
  return isTransposed ? [last, before] : [before, last]
}

/** y = A B: by A it is d Bᵀ, turned as A was. */
function slopeOfLeft(upstream: Expression, b: Expression, options: MatmulOptions): Expression {
  const { transposeA = false, transposeB = false, scale = 1 } = options
  if (transposeA) return product(b, upstream, { transposeA: transposeB, transposeB: true, scale })
  return product(upstream, b, { transposeB: !transposeB, scale })
}

/** By B it is Aᵀ d, turned as B was. */
function slopeOfRight(upstream: Expression, a: Expression, options: MatmulOptions): Expression {
  const { transposeA = false, transposeB = false, scale = 1 } = options
  if (transposeB) return product(upstream, a, { transposeA: true, transposeB: transposeA, scale })
  return product(a, upstream, { transposeA: !transposeA, scale })
}
