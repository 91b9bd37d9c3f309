/** Passing on, holding back: dropout by seeded masks, and values that no gradient passes. */
import { apply, type Expression, leaf } from '../expression.ts'
import type { Shape } from '../onnx.ts'
import { mul } from './arithmetic.ts'

/**
 * Dropout (Srivastava et al. 2014): in training each element is 0 with the probability `rate`, the
 * others grow by 1 / (1 - rate); the trainer draws the mask from its seed and the step. A forward
 * program passes everything.
 */
export function dropout(x: Expression, rate: number): Expression {
  return rate === 0 ? x : mul(x, dropoutMask(x.shape, rate))
}

/** To drop the same places at several spots, or whole rows: [batch, 1]. */
export function dropoutMask(shape: Shape, rate: number): Expression {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`A dropout rate is in [0, 1), not ${rate}.`)
  return leaf({ kind: 'mask', rate }, shape)
}

/** x, taken as if it were constant. */
export function stopGradient(x: Expression): Expression {
  return apply(
    {
      name: 'stopGradient',
      evaluate: ([given]) => given!,
      gradient: () => [undefined],
      emit: (_, [value]) => value!,
    },
    [x],
    x.shape,
  )
}
