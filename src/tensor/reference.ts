/**
 * The reference: works expressions out one by one in plain JavaScript and doubles. Slow and
 * obvious; every operation run by ONNX Runtime must agree with it.
 */
import { type Expression, inOrder, type Leaf, type Plain } from './expression.ts'
import { type Sizes, sizeOf, sizesOf } from './shape.ts'

/** What stands at the leaves. @param sizes of open dimensions */
export interface Given {
  readonly sizes?: Sizes
  /** @param leaf that is no constant @param shape resolved */
  valueOf(leaf: Exclude<Leaf, { kind: 'constant' }>, shape: readonly number[]): ArrayLike<number>
}

/** The values of `roots`, in their order. */
export function workOut(roots: readonly Expression[], given: Given): Plain[] {
  const { sizes = new Map() } = given
  const values = new Map<Expression, Plain>()
  for (const expression of inOrder(roots)) {
    const { source, inputs } = expression
    const shape = sizesOf(expression.shape, sizes)
    if (source.kind === 'operation') {
      const of = inputs.map((input) => values.get(input)!)
      const value = source.evaluate(of, shape, (dimension) => sizeOf(dimension, sizes))
      values.set(expression, checked(value, shape, source.name))
    } else {
      const data = source.kind === 'constant' ? source.data : given.valueOf(source, shape)
      values.set(expression, checked({ shape, data: Float64Array.from(data) }, shape, source.kind))
    }
  }
  return roots.map((root) => values.get(root)!)
}

function checked(value: Plain, shape: readonly number[], name: string): Plain {
  const size = shape.reduce((product, part) => product * part, 1)
  if (String(value.shape) === String(shape) && value.data.length === size) return value
  throw new RangeError(
    `"${name}" gave ${value.data.length} elements as [${value.shape}], not [${shape}].`,
  )
}
