/** Puts a program into one ONNX graph: a training step with its optimizer, or answers only. */
import { createEmitter, type FedLeaf } from './emit.ts'
import { type Expression, inOrder, input, leaf } from './expression.ts'
import { gradientsOf } from './gradient.ts'
import { createGraph, type ElementType, type Shape } from './onnx.ts'
import { add, div, maximum, mul } from './operations/arithmetic.ts'
import { sqrt, square } from './operations/elementwise.ts'
import { sum } from './operations/reduce.ts'
import type { Optimizer } from './optimizers.ts'
import type { Schedule } from './schedules.ts'

/** What a run works out, and what it keeps for the next. */
export interface Program {
  /** Leaves that stay in the worker, with what they are after a run; undefined: as before. */
  readonly states: readonly State[]
  /** What a run gives back. */
  readonly results: Readonly<Record<string, Expression>>
}

export interface State {
  readonly name: string
  /** A parameter or a moment. */
  readonly leaf: Expression
  readonly next?: Expression
}

export interface TrainingOptions {
  /** [] */
  readonly loss: Expression
  readonly optimizer: Optimizer
  readonly schedule: Schedule
  /** The largest norm of all gradients together (Pascanu et al. 2013, algorithm 1). Default: none. */
  readonly clip?: number
  /** Also given back by each step. */
  readonly results?: Readonly<Record<string, Expression>>
}

export interface Training {
  readonly program: Program
  readonly optimizer: Optimizer
  readonly schedule: Schedule
}

/** Prefix of the results that are the loss by an input. */
export const gradientPrefix = 'gradient of '

/** Forward, backward and optimizer for every parameter that the loss depends on. */
export function compileTraining(options: TrainingOptions): Training {
  const { loss, optimizer, schedule, clip, results = {} } = options
  const leaves = inOrder([loss])
  const parameters = leaves.filter(({ source }) => source.kind === 'parameter')
  const wanting = leaves.filter(({ source }) => source.kind === 'input' && source.wantsGradient)
  const slopes = gradientsOf(loss, [...parameters, ...wanting])
  const clipped = clip === undefined ? slopes : clipTo(clip, slopes)
  const scalars = scalarsOf(optimizer)
  const states = parameters.flatMap((one, n) => statesOf(one, clipped[n]!, optimizer, scalars))
  const gradients = wanting.map((one, n) => [
    gradientPrefix + nameOf(one),
    clipped[parameters.length + n]!,
  ])
  const program = { states, results: { ...results, ...Object.fromEntries(gradients), loss } }
  return { program, optimizer, schedule }
}

/** For answers: masks pass everything, parameters stay as they are given. */
export function compileForward(outputs: Readonly<Record<string, Expression>>): Program {
  const parameters = inOrder(Object.values(outputs)).filter(
    ({ source }) => source.kind === 'parameter',
  )
  return {
    states: parameters.map((one) => ({ name: nameOf(one), leaf: one })),
    results: outputs,
  }
}

function clipTo(limit: number, gradients: readonly Expression[]): Expression[] {
  const squares = gradients.map((gradient) => sum(square(gradient))).reduce(add)
  const share = div(limit, maximum(sqrt(squares), limit))
  return gradients.map((gradient) => mul(gradient, share))
}

/** The numbers that the trainer feeds: the rate first, then what the optimizer needs. */
function scalarsOf(optimizer: Optimizer): readonly [Expression, ...Expression[]] {
  const [rate, ...others] = scalarFeeds(optimizer, () => 0, 1)
  return [input(rate![0], 'float32', []), ...others.map(([name]) => input(name, 'float32', []))]
}

const scalarPrefix = 'training scalar '

/** @param step from 1 */
export function scalarFeeds(
  optimizer: Optimizer,
  schedule: Schedule,
  step: number,
): (readonly [name: string, value: number])[] {
  const values = [schedule(step), ...optimizer.scalars(step)]
  return values.map((value, n) => [scalarPrefix + n, value] as const)
}

function statesOf(
  parameter: Expression,
  gradient: Expression,
  optimizer: Optimizer,
  [rate, ...scalars]: readonly [Expression, ...Expression[]],
): State[] {
  const { source, shape } = parameter
  const name = nameOf(parameter)
  const moments = optimizer.moments.map((moment) =>
    leaf({ kind: 'moment', name: `${name}/${moment}` }, shape),
  )
  const next = optimizer.next({
    parameter,
    gradient,
    moments,
    scalars,
    rate,
    decays: source.kind === 'parameter' && source.decays,
  })
  return [
    { name, leaf: parameter, next: next.parameter },
    ...moments.map((moment, n) => ({ name: nameOf(moment), leaf: moment, next: next.moments[n]! })),
  ]
}

function nameOf({ source }: Expression): string {
  return 'name' in source ? source.name : ''
}

/** A program as ONNX Runtime takes it, with the names of what goes in and out. */
export interface CompiledProgram {
  readonly bytes: Uint8Array
  /** The most threads it may run on. */
  readonly threadLimit: number
  /** What the caller feeds; a trainer's own numbers are not among them. */
  readonly inputs: readonly {
    readonly name: string
    readonly type: ElementType
    readonly shape: Shape
  }[]
  readonly masks: readonly { readonly name: string; readonly rate: number; readonly shape: Shape }[]
  /** `output` holds what the state is after a run. */
  readonly states: readonly { readonly name: string; readonly output?: string }[]
  /** Result by output. */
  readonly outputs: Readonly<Record<string, string>>
}

/** @param drops whether masks are drawn; else they pass everything */
export function emitProgram(program: Program, drops: boolean): CompiledProgram {
  const graph = createGraph('kith')
  const roots = rootsOf(program)
  const all = inOrder(roots)
  const masks = all.filter(({ source }) => source.kind === 'mask')
  const names = new Map(masks.map(({ source }, n) => [source, `mask ${n}`]))
  const { value } = createEmitter(graph, roots, (one: FedLeaf) =>
    one.kind === 'mask' ? (drops ? names.get(one) : undefined) : one.name,
  )
  const states = program.states.map(({ name, leaf: { shape }, next }) => {
    if (!next) return { name }
    const output = `next ${name}`
    graph.output(output, value(next), 'float32', shape)
    return { name, output }
  })
  const outputs = Object.entries(program.results).map(([name, result]) => {
    const output = `result ${name}`
    graph.output(output, value(result), result.type, result.shape)
    return [name, output]
  })
  return {
    bytes: graph.toBytes(),
    threadLimit: all.some(({ source }) => needsOneThread(source)) ? 1 : Infinity,
    inputs: all.flatMap(({ source, type, shape }) =>
      source.kind === 'input' && !source.name.startsWith(scalarPrefix)
        ? [{ name: source.name, type, shape }]
        : [],
    ),
    masks: drops
      ? masks.flatMap(({ source, shape }) =>
          source.kind === 'mask' ? [{ name: names.get(source)!, rate: source.rate, shape }] : [],
        )
      : [],
    states,
    outputs: Object.fromEntries(outputs),
  }
}

function needsOneThread(source: Expression['source']): boolean {
  return source.kind === 'operation' && (source.needsOneThread ?? false)
}

/** Everything a program works out. */
export function rootsOf({ states, results }: Program): Expression[] {
  return [
    ...states.flatMap(({ leaf: one, next }) => [one, ...(next ? [next] : [])]),
    ...Object.values(results),
  ]
}
