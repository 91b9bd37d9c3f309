/**
 * The self-attention network of next items (SASRec, Kang & McAuley, ICDM 2018) as expressions. Every place of
 * a sequence answers what came after it. Sizes: batch × length places, `places` of them with an
 * answer, `local` items to choose among, numbered by where they stand in the list that is fed.
 */
import { type Expression, input, parameter } from '../../../tensor/expression.ts'
import { normal, zeros } from '../../../tensor/initial.ts'
import { dense, norm } from '../../../tensor/layers.ts'
import { add, mul, sub } from '../../../tensor/operations/arithmetic.ts'
import { dropout } from '../../../tensor/operations/dropout.ts'
import { exp, gelu, log } from '../../../tensor/operations/elementwise.ts'
import { reshape, transpose } from '../../../tensor/operations/layout.ts'
import { matmul } from '../../../tensor/operations/matmul.ts'
import { sum } from '../../../tensor/operations/reduce.ts'
import { gather } from '../../../tensor/operations/rows.ts'
import { mean, softmax } from '../../../tensor/operations/statistics.ts'
import { times } from '../../../tensor/shape.ts'

export interface NetworkOptions {
  readonly items: number
  /** Of the vocabulary that items are described with; 0 = items are known by their number alone. */
  readonly words: number
  /** Read of one item at most. */
  readonly wordsPerItem: number
  readonly width: number
  readonly blocks: number
  readonly heads: number
  /** Longer histories lose their beginning. */
  readonly length: number
  readonly dropout: number
}

export interface Network {
  /** [] softmax cross-entropy of every answer among the local items */
  readonly loss: Expression
  /** [places × local] */
  readonly scores: Expression
}

const beginning = normal(0.02)

export function networkOf(options: NetworkOptions): Network {
  const local = input('local', 'int32', ['local'])
  const rows = localRows(local, options)
  const hidden = gather(
    reshape(encoded(rows, options), [times('batch', 'length'), options.width]),
    input('places', 'int32', ['places']),
  )
  const bias = gather(parameter('bias', [options.items], zeros), local)
  const scores = add(matmul(hidden, rows, { transposeB: true }), bias)
  // Drawn items stand for many: the logarithm of their chance to be drawn is taken from their logit.
  const lift = input('lift', 'float32', ['local'])
  const answers = input('answers', 'int32', ['places'])
  const right = add(sum(mul(hidden, gather(rows, answers)), -1), gather(bias, answers))
  return { loss: mean(sub(logOfSum(add(scores, lift)), right)), scores }
}

/** Scores lie near 0, for the last norm and weight decay keep them there; e^(88 + shift) is where floats end. */
const shift = 20

/** ln Σ e^x along the last axis: one pass of exponentials where ONNX Runtime's own takes several slow ones. */
function logOfSum(x: Expression): Expression {
  return add(log(sum(exp(sub(x, shift)), -1)), shift)
}

/** [local × width]: an item is itself and the mean of its words. */
function localRows(
  local: Expression,
  { items, words, wordsPerItem, width }: NetworkOptions,
): Expression {
  const own = gather(parameter('items', [items, width], beginning), local)
  if (words === 0) return own
  const read = gather(
    parameter('words', [words, width], beginning),
    input('wordsOf', 'int32', ['local', wordsPerItem]),
  )
  const shares = input('wordShares', 'float32', ['local', wordsPerItem])
  return add(own, sum(mul(read, reshape(shares, ['local', wordsPerItem, 1])), 1))
}

/** [batch × length × width] */
function encoded(rows: Expression, options: NetworkOptions): Expression {
  const { width, blocks, dropout: rate } = options
  const ids = input('history', 'int32', ['batch', 'length'])
  const nearness = nearnessOf(options)
  let x = dropout(mul(gather(rows, ids), Math.sqrt(width)), rate)
  for (let block = 0; block < blocks; block++) {
    const name = `block${block}`
    x = add(x, dropout(looked(`${name}.look`, norm(`${name}.before`, x), nearness, options), rate))
    const wide = gelu(dense(`${name}.wide`, norm(`${name}.between`, x), 2 * width))
    x = add(x, dropout(dense(`${name}.narrow`, wide, width), rate))
  }
  return norm('last', x)
}

/**
 * [heads × length × length] added to the logits of attention: how much a place counts by how far
 * back it lies (a learned relative bias, as in T5), and -1e9 for what lies ahead.
 */
function nearnessOf({ length, heads }: NetworkOptions): Expression {
  const table = parameter('nearness', [length, heads], zeros, { decays: false })
  const back = input('back', 'int32', ['length', 'length'])
  const ahead = input('ahead', 'float32', ['length', 'length'])
  return add(transpose(gather(table, back), [2, 0, 1]), ahead)
}

/** Self-attention in several heads (Vaswani et al. 2017, eq. 1) with the bias above. */
function looked(
  name: string,
  x: Expression,
  nearness: Expression,
  { heads, width, dropout: rate }: NetworkOptions,
): Expression {
  const split = (part: string): Expression =>
    transpose(
      reshape(dense(`${name}.${part}`, x, width), ['batch', 'length', heads, width / heads]),
      [0, 2, 1, 3],
    )
  const [queries, keys, values] = [split('query'), split('key'), split('value')]
  const scale = 1 / Math.sqrt(width / heads)
  const logits = add(matmul(queries, keys, { transposeB: true, scale }), nearness)
  const mixed = matmul(dropout(softmax(logits), rate), values)
  const joined = reshape(transpose(mixed, [0, 2, 1, 3]), ['batch', 'length', width])
  return dense(`${name}.out`, joined, width)
}
