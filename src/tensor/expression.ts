/**
 * Expressions: what is to be computed, before anything is. An expression has a shape and knows its
 * derivative; `compile.ts` makes one ONNX graph of many, `reference.ts` works them out plainly.
 */
import type { Random } from '../math/random.ts'
import type { Graph, Shape, Value } from './onnx.ts'
import type { Dimension } from './shape.ts'

export type ValueType = 'float32' | 'int32'

export interface Expression {
  readonly shape: Shape
  readonly type: ValueType
  readonly source: Operation | Leaf
  readonly inputs: readonly Expression[]
}

/** What an operation means, its derivative, and how ONNX says it: side by side. */
export interface Operation {
  readonly kind: 'operation'
  readonly name: string
  /** ONNX Runtime gets it wrong on several threads. */
  readonly needsOneThread?: boolean
  /** The meaning, slow and obvious, in doubles. @param shape of the result */
  evaluate(inputs: readonly Plain[], shape: readonly number[], sizes: SizeOf): Plain
  /**
   * The loss by each input, given the loss by the output ("upstream"); undefined where none flows.
   * Left out: the operation has no derivative.
   */
  gradient?(upstream: Expression, output: Expression): readonly (Expression | undefined)[]
  emit(emitter: Emitter, inputs: readonly Value[], output: Expression): Value
}

/** A tensor in plain JavaScript; whole numbers too. */
export interface Plain {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

type SizeOf = (dimension: Dimension) => number

export type Leaf =
  | {
      readonly kind: 'parameter'
      readonly name: string
      readonly initial: Initial
      readonly decays: boolean
    }
  | { readonly kind: 'input'; readonly name: string; readonly wantsGradient: boolean }
  | { readonly kind: 'constant'; readonly data: Float32Array | Int32Array }
  /** Drawn anew in every step: 0 with the probability `rate`, else 1 / (1 - rate). */
  | { readonly kind: 'mask'; readonly rate: number }
  /** Kept between steps beside a parameter. */
  | { readonly kind: 'moment'; readonly name: string }

/** Writes expressions into a graph. */
export interface Emitter {
  readonly graph: Graph
  value(of: Expression): Value
  /** [shape.length] int64 */
  sizes(shape: Shape): Value
  /** [] float32 */
  number(value: number): Value
  /** [values.length] int64 */
  integers(values: readonly number[]): Value
  /** Further outputs of a node, by the expression it was made for. */
  readonly beside: Map<Expression, Readonly<Record<string, Value>>>
}

/** How a parameter begins. @param shape of numbers: parameters have no open dimensions */
export type Initial = (shape: readonly number[], random: Random) => Float32Array

export interface ParameterOptions {
  /** False: weight decay leaves it alone, as is right for biases and norms. Default: true. */
  readonly decays?: boolean
}

/** What training changes. Names are unique within one compilation. */
export function parameter(
  name: string,
  shape: readonly number[],
  initial: Initial,
  { decays = true }: ParameterOptions = {},
): Expression {
  return leaf({ kind: 'parameter', name, initial, decays }, shape)
}

export interface InputOptions {
  /**
   * Each step also returns the loss by this input: for rows of tables that are too large for the
   * graph, which the caller gathers before a step and updates after it.
   */
  readonly wantsGradient?: boolean
}

/** What every run is fed with. @param shape names leave dimensions open: ['batch', 50] */
export function input(
  name: string,
  type: ValueType,
  shape: Shape,
  { wantsGradient = false }: InputOptions = {},
): Expression {
  return leaf({ kind: 'input', name, wantsGradient }, shape, type)
}

export function constant(
  shape: readonly number[],
  data: Float32Array | Int32Array | readonly number[],
): Expression {
  const held = Array.isArray(data) ? Float32Array.from(data) : (data as Float32Array | Int32Array)
  return leaf(
    { kind: 'constant', data: held },
    shape,
    held instanceof Int32Array ? 'int32' : 'float32',
  )
}

export function leaf(source: Leaf, shape: Shape, type: ValueType = 'float32'): Expression {
  return { shape, type, source, inputs: [] }
}

/** Operations take plain numbers where they take expressions. */
export type Operand = Expression | number

export function asExpression(operand: Operand): Expression {
  return typeof operand === 'number' ? constant([], [operand]) : operand
}

/** The result of an operation. */
export function apply(
  operation: Omit<Operation, 'kind'>,
  inputs: readonly Expression[],
  shape: Shape,
  type: ValueType = 'float32',
): Expression {
  return { shape, type, source: { kind: 'operation', ...operation }, inputs }
}

/** Every expression these are made of, each after its inputs. */
export function inOrder(roots: readonly Expression[]): Expression[] {
  const done = new Set<Expression>()
  const open = [...roots].reverse()
  while (open.length > 0) {
    const next = open.at(-1)!
    const missing = done.has(next) ? [] : next.inputs.filter((given) => !done.has(given))
    if (missing.length > 0) open.push(...missing)
    else {
      open.pop()
      done.add(next)
    }
  }
  return [...done]
}
