/** Adversarial training: the same texts, moved a little to where the loss rises most. */
import type { Expression } from '../../../tensor/expression.ts'
import { gradientsOf } from '../../../tensor/gradient.ts'
import { add, div, mul } from '../../../tensor/operations/arithmetic.ts'
import { stopGradient } from '../../../tensor/operations/dropout.ts'
import { sqrt, square } from '../../../tensor/operations/elementwise.ts'
import { sum } from '../../../tensor/operations/reduce.ts'

/**
 * Fast gradient method on the rows of words (Miyato et al. 2017, eq. 4): r = ε g / ‖g‖ for each
 * text. Both losses count half; the whole stays one graph.
 * @param rows [batch × length × width] @param lossOf the loss of such rows
 */
export function withAdversary(
  rows: Expression,
  epsilon: number,
  lossOf: (rows: Expression) => Expression,
): Expression {
  const plain = lossOf(rows)
  if (epsilon === 0) return plain
  const [slope] = gradientsOf(plain, [rows]) as [Expression]
  const norm = sqrt(add(sum(square(slope), [1, 2], { keeps: true }), 1e-20))
  const moved = add(rows, stopGradient(mul(div(slope, norm), epsilon)))
  return mul(add(plain, lossOf(moved)), 0.5)
}
