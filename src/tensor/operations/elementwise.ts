/** Functions of one number, applied to each element, each with its slope. */
import { apply, constant, type Expression } from '../expression.ts'
import type { Graph, Value } from '../onnx.ts'
import { add, div, mul, sub } from './arithmetic.ts'

export function exp(x: Expression): Expression {
  return unary('Exp', x, Math.exp, (_, y) => y)
}

export function log(x: Expression): Expression {
  return unary('Log', x, Math.log, (given) => div(1, given))
}

export function sqrt(x: Expression): Expression {
  return unary('Sqrt', x, Math.sqrt, (_, y) => div(0.5, y))
}

export function square(x: Expression): Expression {
  const emit: Emit = (graph, value) => graph.node('Mul', [value, value])
  return unary(
    'Square',
    x,
    (value) => value * value,
    (given) => mul(given, 2),
    emit,
  )
}

export function sigmoid(x: Expression): Expression {
  return unary('Sigmoid', x, logistic, (_, y) => mul(y, sub(1, y)))
}

export function tanh(x: Expression): Expression {
  return unary('Tanh', x, Math.tanh, (_, y) => sub(1, square(y)))
}

/** At 0 the slope is taken as 0. */
export function relu(x: Expression): Expression {
  return unary(
    'Relu',
    x,
    (value) => Math.max(0, value),
    (_, y) => sign(y),
  )
}

/** log(1 + eˣ): the logistic loss of a negative is softplus(z), of a positive softplus(-z). */
export function softplus(x: Expression): Expression {
  return unary('Softplus', x, (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), sigmoid)
}

/** x Φ(x), exact (Hendrycks & Gimpel 2016); the slope is Φ(x) + x φ(x). */
export function gelu(x: Expression): Expression {
  const emit: Emit = (graph, value) => graph.node('Gelu', [value], {}, { domain: 'com.microsoft' })
  return unary('Gelu', x, (z) => z * normalCdf(z), geluSlope, emit)
}

/** Few passes over what is the widest tensor of an encoder. */
function geluSlope(x: Expression): Expression {
  const cdf = halfAndHalf(erf(mul(x, Math.SQRT1_2)))
  const bell = exp(mul(x, mul(x, -0.5)))
  return add(cdf, mul(mul(x, bell), 1 / Math.sqrt(2 * Math.PI)))
}

/** (1 + x) / 2 of what lies between -1 and 1, in one operator. */
function halfAndHalf(x: Expression): Expression {
  return unary(
    'HardSigmoid',
    x,
    (value) => Math.min(1, Math.max(0, 0.5 + 0.5 * value)),
    () => constant([], [0.5]),
    (graph, value) =>
      graph.node('HardSigmoid', [value], { alpha: { float: 0.5 }, beta: { float: 0.5 } }),
  )
}

function erf(x: Expression): Expression {
  return unary('Erf', x, errorFunction, (given) =>
    mul(exp(mul(square(given), -1)), 2 / Math.sqrt(Math.PI)),
  )
}

/** -1, 0 or 1; its slope is 0. */
function sign(x: Expression): Expression {
  return unary('Sign', x, Math.sign)
}

type Emit = (graph: Graph, value: Value) => Value

/** @param slope of the input and the output; left out: no gradient passes */
function unary(
  name: string,
  x: Expression,
  of: (value: number) => number,
  slope?: (x: Expression, y: Expression) => Expression,
  emit: Emit = (graph, value) => graph.node(name, [value]),
): Expression {
  return apply(
    {
      name,
      evaluate: ([given], shape) => ({ shape, data: given!.data.map(of) }),
      gradient: (upstream, output) => [slope && mul(upstream, slope(x, output))],
      emit: ({ graph }, [value]) => emit(graph, value!),
    },
    [x],
    x.shape,
  )
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z))
}

function normalCdf(z: number): number {
  return 0.5 * (1 + errorFunction(z * Math.SQRT1_2))
}

/** Abramowitz & Stegun 7.1.6: a series of positive terms. */
function errorFunction(z: number): number {
  if (Math.abs(z) > 6) return Math.sign(z)
  let term = z
  let total = z
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
    term *= (2 * z * z) / (2 * n + 1)
    total += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * total
}
