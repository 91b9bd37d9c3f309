/** Bringing vectors to one measure: layer norm and unit length, over the last axis. */
import { apply, type Expression, type Plain } from '../expression.ts'
import { add, div, mul, sub } from './arithmetic.ts'
import { sqrt, square } from './elementwise.ts'
import { sum } from './reduce.ts'
import { mean } from './statistics.ts'

/**
 * Layer norm (Ba et al. 2016): y = γ (x - mean) / deviation + β.
 * @param gain [width] @param shift [width]
 */
export function layerNorm(
  x: Expression,
  gain: Expression,
  shift: Expression,
  epsilon = 1e-5,
): Expression {
  return apply(
    {
      name: 'layerNorm',
      evaluate([given, gains, shifts], shape) {
        const width = shape.at(-1)!
        const { centred, inverse } = moments(given!, epsilon)
        const data = centred.map(
          (value, n) =>
            gains!.data[n % width]! * value * inverse[Math.floor(n / width)]! +
            shifts!.data[n % width]!,
        )
        return { shape, data }
      },
      gradient(upstream, output) {
        const inverse = besides(output, 'inverse', x, epsilon)
        const standard = mul(sub(x, besides(output, 'mean', x, epsilon)), inverse)
        const byStandard = mul(upstream, gain)
        const along = mul(standard, mean(mul(byStandard, standard), -1, { keeps: true }))
        const across = mean(byStandard, -1, { keeps: true })
        const rows = x.shape.slice(0, -1).map((_, axis) => axis)
        return [
          mul(inverse, sub(sub(byStandard, across), along)),
          sum(mul(upstream, standard), rows),
          sum(upstream, rows),
        ]
      },
      emit({ graph, beside }, values, output) {
        const all = graph.nodeOf(['y', 'mean', 'inverse'], 'LayerNormalization', values, {
          axis: { integer: -1 },
          epsilon: { float: epsilon },
        })
        beside.set(output, all)
        return all.y
      },
    },
    [x, gain, shift],
    x.shape,
  )
}

/** What the layer norm worked out on its way: mean and 1 / deviation, [… × 1]. */
function besides(
  output: Expression,
  which: 'mean' | 'inverse',
  x: Expression,
  epsilon: number,
): Expression {
  return apply(
    {
      name: `layerNorm.${which}`,
      evaluate: ([, given], shape) => ({ shape, data: moments(given!, epsilon)[which] }),
      emit: ({ beside }) => beside.get(output)![which]!,
    },
    [output, x],
    [...x.shape.slice(0, -1), 1],
  )
}

function moments(
  { shape, data }: Plain,
  epsilon: number,
): Record<'mean' | 'inverse' | 'centred', Float64Array> {
  const width = shape.at(-1)!
  const rows = data.length / width
  const rowOf = (row: number): Float64Array => data.subarray(row * width, (row + 1) * width)
  const means = Float64Array.from({ length: rows }, (_, row) =>
    rowOf(row).reduce((total, value) => total + value / width, 0),
  )
  const inverse = means.map(
    (middle, row) =>
      1 /
      Math.sqrt(
        rowOf(row).reduce((total, value) => total + (value - middle) ** 2 / width, epsilon),
      ),
  )
  return {
    mean: means,
    inverse,
    centred: data.map((value, n) => value - means[Math.floor(n / width)]!),
  }
}

/** x / √(Σ x² + ε): rows of length one, and of zeros where there is nothing. */
export function unitRows(x: Expression, epsilon = 1e-12): Expression {
  const length = sqrt(add(sum(square(x), -1, { keeps: true }), epsilon))
  const scaled = div(x, length)
  return apply(
    {
      name: 'unitRows',
      evaluate: ([given]) => given!,
      // Shorter than through the parts: what points along y is lost.
      gradient: (upstream) => [
        undefined,
        div(sub(upstream, mul(scaled, sum(mul(upstream, scaled), -1, { keeps: true }))), length),
      ],
      emit: (_, [value]) => value!,
    },
    [scaled, x],
    x.shape,
  )
}
