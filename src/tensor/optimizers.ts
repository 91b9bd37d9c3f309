/** How parameters follow their gradients: each optimizer is a few expressions. */
import type { Expression } from './expression.ts'
import { add, div, mul, sub } from './operations/arithmetic.ts'
import { sqrt, square } from './operations/elementwise.ts'

export interface Optimizer {
  /** What is kept beside each parameter, of its shape, beginning at 0. */
  readonly moments: readonly string[]
  /** Numbers that change from step to step, beside the learning rate. @param step from 1 */
  scalars(step: number): readonly number[]
  next(now: Moment): { readonly parameter: Expression; readonly moments: readonly Expression[] }
}

interface Moment {
  readonly parameter: Expression
  /** Clipped already. */
  readonly gradient: Expression
  /** In the order of the optimizer's `moments`. */
  readonly moments: readonly Expression[]
  /** [] */
  readonly rate: Expression
  /** In the order of the optimizer's `scalars`, [] each. */
  readonly scalars: readonly Expression[]
  /** False for biases and norms. */
  readonly decays: boolean
}

export interface SgdOptions {
  /** Of the last direction that goes on. Default: 0. */
  readonly momentum?: number
}

export function sgd({ momentum = 0 }: SgdOptions = {}): Optimizer {
  return {
    moments: momentum > 0 ? ['velocity'] : [],
    scalars: () => [],
    next({ parameter, gradient, moments, rate }) {
      const before = moments[0]
      const velocity = before ? add(mul(before, momentum), gradient) : gradient
      return {
        parameter: sub(parameter, mul(velocity, rate)),
        moments: before ? [velocity] : [],
      }
    },
  }
}

export interface AdamOptions {
  /** How much of the mean gradient stays. Default: 0.9. */
  readonly beta1?: number
  /** How much of its mean square stays. Default: 0.999. */
  readonly beta2?: number
  /** Default: 1e-8. */
  readonly epsilon?: number
}

/** Adam (Kingma & Ba 2015, algorithm 1). */
export function adam(options: AdamOptions = {}): Optimizer {
  return adamW({ ...options, decay: 0 })
}

export interface AdamWOptions extends AdamOptions {
  /** By which share of the rate parameters shrink each step. Default: 0.01. */
  readonly decay?: number
}

/** AdamW: the decay is apart from the gradient (Loshchilov & Hutter 2019, algorithm 2). */
export function adamW(options: AdamWOptions = {}): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = 0.01 } = options
  return {
    moments: ['mean', 'square'],
    // What the moments lack because they began at 0.
    scalars: (step) => [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)],
    next({ parameter, gradient, moments, rate, scalars, decays }) {
      const mean = add(mul(moments[0]!, beta1), mul(gradient, 1 - beta1))
      const meanSquare = add(mul(moments[1]!, beta2), mul(square(gradient), 1 - beta2))
      const deviation = sqrt(mul(meanSquare, scalars[1]!))
      const step = mul(rate, scalars[0]!)
      const moved = div(mul(mean, step), add(deviation, epsilon))
      const shrunk = decays && decay > 0 ? mul(parameter, sub(1, mul(rate, decay))) : parameter
      return { parameter: sub(shrunk, moved), moments: [mean, meanSquare] }
    },
  }
}
