/** The usual parts of networks, put together of operations, with their parameters. */
import { type Expression, parameter } from './expression.ts'
import { glorot, ones, zeros } from './initial.ts'
import { add, mul, sub } from './operations/arithmetic.ts'
import { dropout } from './operations/dropout.ts'
import { reshape, transpose } from './operations/layout.ts'
import { matmul } from './operations/matmul.ts'
import { layerNorm } from './operations/norms.ts'
import { softmax } from './operations/statistics.ts'

/** x W + b: [… × inputs] → [… × outputs]; parameters `name.weight` and `name.bias`. */
export function dense(name: string, x: Expression, outputs: number): Expression {
  const inputs = widthOf(x)
  const weight = parameter(`${name}.weight`, [inputs, outputs], glorot)
  return add(matmul(x, weight), parameter(`${name}.bias`, [outputs], zeros, { decays: false }))
}

/** Layer norm with its own `name.gain` and `name.shift`. */
export function norm(name: string, x: Expression): Expression {
  const width = [widthOf(x)]
  const gain = parameter(`${name}.gain`, width, ones, { decays: false })
  const shift = parameter(`${name}.shift`, width, zeros, { decays: false })
  return layerNorm(x, gain, shift)
}

export interface AttentionOptions {
  readonly heads: number
  /** Stretched to [batch × heads × queries × keys]: 1 where a query may look, 0 where not. */
  readonly mask?: Expression
  readonly dropout?: number
}

/**
 * Scaled dot-product attention in several heads (Vaswani et al. 2017, eq. 1).
 * @param queries [batch × queries × width] @param keys and values [batch × keys × width]
 */
export function attention(
  queries: Expression,
  keys: Expression,
  values: Expression,
  { heads, mask, dropout: rate = 0 }: AttentionOptions,
): Expression {
  const scale = 1 / Math.sqrt(widthOf(queries) / heads)
  const [q, k, v] = [queries, keys, values].map((x) => split(x, heads))
  const logits = matmul(q!, k!, { transposeB: true, scale })
  const weights = softmax(mask ? masked(logits, mask) : logits)
  const mixed = matmul(dropout(weights, rate), v!)
  return reshape(transpose(mixed, [0, 2, 1, 3]), queries.shape)
}

/** Logits where the mask is 1, far below all others where it is 0. */
export function masked(logits: Expression, mask: Expression): Expression {
  return add(logits, mul(sub(mask, 1), 1e9))
}

/** [batch × length × width] → [batch × heads × length × width / heads] */
function split(x: Expression, heads: number): Expression {
  const [batch, length] = x.shape
  if (x.shape.length !== 3 || widthOf(x) % heads !== 0) {
    throw new RangeError(`[${x.shape}] cannot be split into ${heads} heads.`)
  }
  return transpose(reshape(x, [batch!, length!, heads, widthOf(x) / heads]), [0, 2, 1, 3])
}

function widthOf({ shape }: Expression): number {
  const width = shape.at(-1)
  if (typeof width === 'number') return width
  throw new RangeError(`The last axis of [${shape}] must be a number.`)
}
