/** Writes expressions into one ONNX graph; an expression that is used twice becomes one node. */
import { type Emitter, type Expression, inOrder, type Leaf } from './expression.ts'
import type { Graph, Shape, Value } from './onnx.ts'
import type { Dimension } from './shape.ts'

/** Leaves that a run must be fed with, by the name they have in the graph. */
export type FedLeaf = Exclude<Leaf, { kind: 'constant' }>

/**
 * @param roots everything the graph is to compute, at once
 * @param nameOf unique among the leaves; undefined leaves a mask out, as if it were 1
 */
export function createEmitter(
  graph: Graph,
  roots: readonly Expression[],
  nameOf: (leaf: FedLeaf) => string | undefined,
): Emitter {
  const order = inOrder(roots)
  const values = new Map<Expression, Value>()
  const constants = new Map<string, Value>()

  function held(key: string, make: () => Value): Value {
    const value = constants.get(key) ?? make()
    constants.set(key, value)
    return value
  }
  function dimension(size: Dimension): Value {
    if (typeof size === 'number') return emitter.integers([size])
    return held(`size ${size}`, () => {
      const terms = size.split('+').map((term) => {
        const parts = term.split('*').map(factor)
        return parts.reduce((left, right) => graph.node('Mul', [left, right]))
      })
      return terms.reduce((left, right) => graph.node('Add', [left, right]))
    })
  }
  function factor(part: string): Value {
    if (/^\d+$/.test(part)) return emitter.integers([Number(part)])
    return held(`size ${part}`, () => {
      const source = order.find(
        ({ source: { kind }, shape }) => kind === 'input' && shape.includes(part),
      )
      if (!source) throw new RangeError(`No input says how large "${part}" is.`)
      const start = { integer: source.shape.indexOf(part) }
      const end = { integer: source.shape.indexOf(part) + 1 }
      return graph.node('Shape', [emitter.value(source)], { start, end })
    })
  }
  function make(expression: Expression): Value {
    const { source, inputs, shape, type } = expression
    if (source.kind === 'operation')
      return source.emit(emitter, inputs.map(emitter.value), expression)
    if (source.kind === 'constant')
      return graph.constant(type, shape as readonly number[], source.data)
    const name = nameOf(source)
    if (name !== undefined) return graph.input(name, type, shape)
    // A mask is multiplied with, so that one number does for all of it.
    return emitter.number(1)
  }

  const emitter: Emitter = {
    graph,
    beside: new Map(),
    value(of) {
      const value = values.get(of) ?? make(of)
      values.set(of, value)
      return value
    },
    sizes(shape: Shape) {
      if (shape.every((size) => typeof size === 'number')) return emitter.integers(shape)
      const parts = shape.map(dimension)
      if (parts.length === 1) return parts[0]!
      return graph.node('Concat', parts, { axis: { integer: 0 } })
    },
    number: (value) =>
      held(`number ${value}`, () => graph.constant('float32', [], Float32Array.of(value))),
    integers: (given) =>
      held(`integers ${given}`, () =>
        graph.constant('int64', [given.length], BigInt64Array.from(given, BigInt)),
      ),
  }
  for (const expression of order) emitter.value(expression)
  return emitter
}
