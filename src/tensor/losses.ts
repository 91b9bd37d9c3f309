/** What training makes small; each is one number, the mean over the batch. */
import type { Expression, Operand } from './expression.ts'
import { add, div, mul, sub } from './operations/arithmetic.ts'
import { softplus } from './operations/elementwise.ts'
import { concat, reshape } from './operations/layout.ts'
import { matmul } from './operations/matmul.ts'
import { sum } from './operations/reduce.ts'
import { pick } from './operations/rows.ts'
import { logSoftmax, logSumExp, mean } from './operations/statistics.ts'

/**
 * Softmax cross-entropy over all classes.
 * @param logits [… × classes] @param labels [… ] int32
 * @param weights [… ] how much each row counts; 0 leaves padding out
 */
export function crossEntropy(
  logits: Expression,
  labels: Expression,
  weights?: Expression,
): Expression {
  return weightedMean(mul(pick(logSoftmax(logits), labels), -1), weights)
}

/**
 * Softmax cross-entropy with shares in place of one label, as smoothed or mixed labels have them.
 * @param logits [… × classes] @param shares [… × classes], 1 in each row
 */
export function softCrossEntropy(logits: Expression, shares: Expression): Expression {
  return mul(mean(sum(mul(logSoftmax(logits), shares), -1)), -1)
}

/**
 * Softmax cross-entropy of one right answer against some drawn others. For the bias of drawing by
 * popularity, take log q of each item from its logit before (Bengio & Senécal 2008).
 * @param positive [… ] @param negatives [… × drawn] logits
 */
export function sampledSoftmax(
  positive: Expression,
  negatives: Expression,
  weights?: Expression,
): Expression {
  const column = reshape(positive, [...positive.shape, 1])
  return weightedMean(sub(logSumExp(concat([column, negatives])), positive), weights)
}

/**
 * InfoNCE (van den Oord et al. 2018): each row of `a` finds its own row of `b` among all of them.
 * @param a [n × width] @param b [n × width], both of unit length as a rule
 */
export function infoNce(a: Expression, b: Expression, temperature: number): Expression {
  const scale = 1 / temperature
  const all = logSumExp(matmul(a, b, { transposeB: true, scale }))
  return mean(sub(all, mul(sum(mul(a, b), -1), scale)))
}

/** BPR (Rendle et al. 2009): -log σ(positive - negative). Shapes stretch. */
export function bpr(positive: Expression, negative: Expression): Expression {
  return mean(softplus(sub(negative, positive)))
}

/** Binary cross-entropy: softplus(z) - y z. @param labels in [0, 1] @param weights like the labels */
export function binaryCrossEntropy(
  logits: Expression,
  labels: Operand,
  weights?: Expression,
): Expression {
  return weightedMean(sub(softplus(logits), mul(labels, logits)), weights)
}

/** Σ w x / Σ w; nothing at all weighs 0. */
function weightedMean(x: Expression, weights: Expression | undefined): Expression {
  if (!weights) return mean(x)
  return div(sum(mul(x, weights)), add(sum(weights), 1e-9))
}
