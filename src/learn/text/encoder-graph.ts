/**
 * A BERT encoder (Devlin et al. 2019) as expressions. Token rows come in from outside, so that the
 * large table of words is never part of a graph. Sizes: batch texts × length tokens × width.
 */
import { type Expression, input } from '../../tensor/expression.ts'
import { attention } from '../../tensor/layers.ts'
import { add } from '../../tensor/operations/arithmetic.ts'
import { dropout } from '../../tensor/operations/dropout.ts'
import { gelu } from '../../tensor/operations/elementwise.ts'
import { reshape } from '../../tensor/operations/layout.ts'
import { matmul } from '../../tensor/operations/matmul.ts'
import { layerNorm } from '../../tensor/operations/norms.ts'
import type { Layers } from './layers.ts'
import type { EncoderForm } from './text-network.ts'

interface EncoderGraphOptions {
  readonly rate?: number
  readonly first?: number
}

export interface EncoderGraph {
  /** [batch × length × width] */
  readonly hidden: Expression
  /** [batch × width], of no particular length. */
  readonly pooled: Expression
}

/** What a run is fed with; `rowsOf` of token-batch.ts makes them. */
export interface EncoderInputs {
  /** [batch × length × width] word + place + kind */
  readonly rows: Expression
  /** [batch × length] 1 where there is a token, else 0 */
  readonly mask: Expression
  /** [batch × length] how much each token counts in the one vector; 1 in all */
  readonly shares: Expression
}

/** @param prefix of the names, for graphs that read several batches of as many texts */
export function encoderInputs(
  { width }: EncoderForm,
  { prefix = '', wantsGradient = false }: { prefix?: string; wantsGradient?: boolean } = {},
): EncoderInputs {
  const shape = ['batch', `${prefix}length`]
  return {
    rows: input(`${prefix}rows`, 'float32', [...shape, width], { wantsGradient }),
    mask: input(`${prefix}mask`, 'float32', shape),
    shares: input(`${prefix}shares`, 'float32', shape),
  }
}

/**
 * @param rate of dropout behind the embeddings, the attention and each layer
 * @param first the layer that the rows go into; above 0 they are what the layers below it say
 */
export function encoderGraph(
  form: EncoderForm,
  layers: Layers,
  { rows, mask, shares }: EncoderInputs,
  { rate = 0, first = 0 }: EncoderGraphOptions = {},
): EncoderGraph {
  const seen = reshape(mask, [mask.shape[0]!, 1, 1, mask.shape[1]!])
  let x = first > 0 ? rows : dropout(normed(form, layers, 'embeddings.LayerNorm', rows), rate)
  for (let layer = first; layer < form.layers; layer++) {
    const path = `encoder.layer.${layer}`
    const looked = look(form, layers, `${path}.attention`, x, seen, rate)
    x = normed(form, layers, `${path}.attention.output.LayerNorm`, add(looked, x))
    const wide = gelu(layers.linear(`${path}.intermediate.dense`, x))
    const narrow = dropout(layers.linear(`${path}.output.dense`, wide), rate)
    x = normed(form, layers, `${path}.output.LayerNorm`, add(narrow, x))
  }
  return { hidden: x, pooled: pool(form, x, shares) }
}

function look(
  { heads }: EncoderForm,
  layers: Layers,
  path: string,
  x: Expression,
  mask: Expression,
  rate: number,
): Expression {
  const [queries, keys, values] = ['query', 'key', 'value'].map((part) =>
    layers.linear(`${path}.self.${part}`, x),
  ) as [Expression, Expression, Expression]
  const mixed = attention(queries, keys, values, { heads, mask, dropout: rate })
  return dropout(layers.linear(`${path}.output.dense`, mixed), rate)
}

function normed({ epsilon }: EncoderForm, layers: Layers, path: string, x: Expression): Expression {
  return layerNorm(x, layers.weight(`${path}.weight`), layers.weight(`${path}.bias`), epsilon)
}

/** [batch × 1 × length] · [batch × length × width] */
function pool({ width }: EncoderForm, x: Expression, shares: Expression): Expression {
  const [batch, length] = shares.shape as [string, string]
  return reshape(matmul(reshape(shares, [batch, 1, length]), x), [batch, width])
}
