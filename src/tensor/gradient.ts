/** Reverse-mode differentiation: the gradient of an expression is again an expression. */
import { constant, type Expression, inOrder } from './expression.ts'
import { add } from './operations/arithmetic.ts'

/**
 * The loss by each of `wanted`.
 * @param loss a single number, []
 * @throws RangeError when the loss does not depend on one of them
 */
export function gradientsOf(loss: Expression, wanted: readonly Expression[]): Expression[] {
  if (loss.shape.length > 0) throw new RangeError(`A loss is one number, not [${loss.shape}].`)
  const order = inOrder([loss])
  const leading = leadingTo(wanted, order)
  const slopes = new Map<Expression, Expression>([[loss, constant([], [1])]])
  for (const output of order.reverse()) {
    const upstream = slopes.get(output)
    if (!upstream || !leading.has(output) || output.source.kind !== 'operation') continue
    const parts = partsOf(output, upstream)
    for (const [n, input] of output.inputs.entries()) {
      const part = parts[n]
      if (!part || !leading.has(input)) continue
      const before = slopes.get(input)
      slopes.set(input, before ? add(before, part) : part)
    }
  }
  return wanted.map((one) => {
    const slope = slopes.get(one)
    if (slope) return slope
    throw new RangeError(`The loss does not depend on ${nameOf(one)}.`)
  })
}

function leadingTo(wanted: readonly Expression[], order: readonly Expression[]): Set<Expression> {
  const leading = new Set(wanted)
  for (const expression of order) {
    if (expression.inputs.some((given) => leading.has(given))) leading.add(expression)
  }
  return leading
}

function partsOf(output: Expression, upstream: Expression): readonly (Expression | undefined)[] {
  const { source } = output
  if (source.kind !== 'operation') return []
  if (source.gradient) return source.gradient(upstream, output)
  // Numbers that only count or compare have no slope; what is left out here is that of a gradient.
  if (output.inputs.every(({ type }) => type === 'int32')) return []
  throw new RangeError(`"${source.name}" has no derivative.`)
}

function nameOf({ source, shape }: Expression): string {
  return 'name' in source ? `"${source.name}"` : `a value of [${shape}]`
}
