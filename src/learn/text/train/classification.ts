/** Telling classes apart as expressions: an encoder, a linear head on its one vector, the loss. */
import { type Expression, input, parameter } from '../../../tensor/expression.ts'
import { glorot, zeros } from '../../../tensor/initial.ts'
import { softCrossEntropy } from '../../../tensor/losses.ts'
import { add, mul } from '../../../tensor/operations/arithmetic.ts'
import { dropout } from '../../../tensor/operations/dropout.ts'
import { matmul } from '../../../tensor/operations/matmul.ts'
import { unitRows } from '../../../tensor/operations/norms.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { encoderGraph, encoderInputs } from '../encoder-graph.ts'
import { layersOf, type Tuning } from '../layers.ts'
import type { TextNetwork } from '../text-network.ts'
import { withAdversary } from './adversary.ts'

export interface ClassificationOptions {
  readonly tuning: Tuning
  /** Products with weights that stay are worked out in eight bits. */
  readonly rounds: boolean
  /** Before the head. */
  readonly dropout: number
  /** Inside the encoder. */
  readonly encoderDropout: number
  /** Of the adversary, as a length; 0: none. The rows of a text are some tens long together. */
  readonly adversary: number
  /** α of mixup; 0: none. */
  readonly mixup: number
  /** True: logits are `cosineScale` times cosines between a text and its classes. */
  readonly usesCosine: boolean
}

export interface ClassificationGraph {
  /** [batch × classes] */
  readonly logits: Expression
  readonly loss: Expression
}

/** For few examples a class: directions alone are compared (Wang et al. 2018, NormFace). */
const cosineScale = 20

export const headWeight = 'head.weight'
export const headBias = 'head.bias'

/**
 * @param begins parameters of the head, where it does not begin by lot
 * @param first the layer that rows go into
 */
export function classificationGraph(
  network: TextNetwork,
  classes: number,
  options: ClassificationOptions,
  begins: Parameters = {},
  first = 0,
): ClassificationGraph {
  const { form } = network
  const { tuning, rounds, mixup, adversary } = options
  const wantsGradient = tuning.kind === 'full' && tuning.words
  const inputs = encoderInputs(form, { wantsGradient })
  const layers = layersOf(network, tuning, { rounds })
  const head = headOf(form.width, classes, options, begins)
  const targets = input('targets', 'float32', ['batch', classes])
  const mix = mixup > 0 ? input('mix', 'float32', ['batch', 'batch']) : undefined
  const logitsOf = (rows: Expression, rate: number, mixing?: Expression): Expression => {
    const { pooled } = encoderGraph(form, layers, { ...inputs, rows }, { rate, first })
    return head(mixing ? matmul(mixing, pooled) : pooled)
  }
  const loss = withAdversary(inputs.rows, adversary, (rows) =>
    softCrossEntropy(logitsOf(rows, options.encoderDropout, mix), targets),
  )
  return { logits: logitsOf(inputs.rows, 0), loss }
}

/** [batch × width] → [batch × classes] */
export function headOf(
  width: number,
  classes: number,
  { dropout: rate, usesCosine }: Pick<ClassificationOptions, 'dropout' | 'usesCosine'>,
  { [headWeight]: weights, [headBias]: biases }: Parameters = {},
): (x: Expression) => Expression {
  const weight = parameter(headWeight, [classes, width], weights ? () => weights : glorot)
  const bias = parameter(headBias, [classes], biases ? () => biases : zeros, {
    decays: false,
  })
  return (x) => {
    const [left, right] = usesCosine ? [unitRows(x), unitRows(weight)] : [x, weight]
    const products = matmul(dropout(left, rate), right, { transposeB: true })
    return add(usesCosine ? mul(products, cosineScale) : products, bias)
  }
}
