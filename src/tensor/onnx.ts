/**
 * Writes ONNX models: a graph is put together in TypeScript and run by ONNX Runtime. Field numbers
 * are those of onnx.proto3.
 */
import { KithError } from '../errors.ts'
import { createProtobufWriter, type ProtobufWriter } from './protobuf.ts'

/** What an edge of the graph carries. Made by a graph, and valid in that graph only. */
export type Value = string & { readonly isValue: true }

/** A number fixes a dimension, a name leaves it open; equal names must be equal sizes in a run. */
export type Shape = readonly (number | string)[]

export type Attribute =
  | { readonly integer: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly integers: readonly number[] }
  | { readonly floats: readonly number[] }

export type Attributes = Readonly<Record<string, Attribute>>

/** The memory that holds each element type. Half floats and truth values are their bits. */
interface ElementArrays {
  float32: Float32Array
  uint8: Uint8Array
  int8: Int8Array
  int32: Int32Array
  int64: BigInt64Array
  bool: Uint8Array
  float16: Uint16Array
  float64: Float64Array
}

export type ElementType = keyof ElementArrays

const elementCodes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
}

export interface NodeOptions {
  /** `com.microsoft` holds ONNX Runtime's fused operators. Default: the ONNX standard. */
  readonly domain?: keyof typeof operatorSets
}

export interface Graph {
  input(name: string, type: ElementType, shape: Shape): Value
  /** An initialiser. Its memory is not copied before `toBytes`. */
  constant<Type extends ElementType>(
    type: Type,
    shape: readonly number[],
    data: ElementArrays[Type],
  ): Value
  /** Adds an operator and returns its first output; `undefined` leaves an optional input out. */
  node(
    operator: string,
    inputs: readonly (Value | undefined)[],
    attributes?: Attributes,
    options?: NodeOptions,
  ): Value
  /** The same for an operator of several outputs, which are named here in its order. */
  nodeOf<Name extends string>(
    outputs: readonly Name[],
    operator: string,
    inputs: readonly (Value | undefined)[],
    attributes?: Attributes,
    options?: NodeOptions,
  ): Record<Name, Value>
  output(name: string, value: Value, type: ElementType, shape: Shape): void
  toBytes(): Uint8Array
}

const irVersion = 10
const operatorSets = { '': 21, 'ai.onnx.ml': 5, 'com.microsoft': 1 } as const
/** Protocol buffers hold no message larger. */
const byteLimit = 2 ** 31 - 1

export function createGraph(name: string): Graph {
  const nodes: ProtobufWriter[] = []
  const constants: ProtobufWriter[] = []
  const inputs: ProtobufWriter[] = []
  const outputs: ProtobufWriter[] = []
  const names = new Set<string>()
  let made = 0

  function claim(wanted: string): Value {
    if (names.has(wanted)) {
      throw new RangeError(`Graph "${name}" already has a value named "${wanted}".`)
    }
    names.add(wanted)
    return wanted as Value
  }
  function addNode(count: number, operator: string, ...rest: NodeRest): Value[] {
    const values = Array.from({ length: count }, () => claim(`${operator}_${made++}`))
    nodes.push(nodeMessage(operator, values, ...rest))
    return values
  }

  return {
    input(wanted, type, shape) {
      const value = claim(wanted)
      inputs.push(valueMessage(wanted, type, shape))
      return value
    },
    constant(type, shape, data) {
      const value = claim(`constant_${made++}`)
      constants.push(tensorMessage(value, type, shape, data))
      return value
    },
    node: (operator, ...rest) => addNode(1, operator, ...rest)[0]!,
    nodeOf<Name extends string>(given: readonly Name[], operator: string, ...rest: NodeRest) {
      const values = addNode(given.length, operator, ...rest)
      return Object.fromEntries(given.map((key, n) => [key, values[n]!])) as Record<Name, Value>
    },
    output(wanted, value, type, shape) {
      nodes.push(nodeMessage('Identity', [claim(wanted)], [value]))
      outputs.push(valueMessage(wanted, type, shape))
    },
    toBytes() {
      const graph = createProtobufWriter()
      for (const node of nodes) graph.message(1, node)
      graph.text(2, name)
      for (const constant of constants) graph.message(5, constant)
      for (const input of inputs) graph.message(11, input)
      for (const output of outputs) graph.message(12, output)
      return modelBytes(graph)
    },
  }
}

type NodeRest = [
  inputs: readonly (Value | undefined)[],
  attributes?: Attributes,
  options?: NodeOptions,
]

function modelBytes(graph: ProtobufWriter): Uint8Array {
  if (graph.byteLength > byteLimit) {
    throw new KithError(
      'invalid-input',
      `A model of ${graph.byteLength} bytes does not fit into one ONNX file, which holds at most ${byteLimit}. Use smaller weights.`,
    )
  }
  const model = createProtobufWriter()
  model.integer(1, irVersion)
  model.text(2, 'kith')
  model.message(7, graph)
  for (const [domain, version] of Object.entries(operatorSets)) {
    const set = createProtobufWriter()
    set.text(1, domain)
    set.integer(2, version)
    model.message(8, set)
  }
  return model.toBytes()
}

function nodeMessage(operator: string, outputs: Value[], ...rest: NodeRest): ProtobufWriter {
  const [inputs, attributes = {}, { domain } = {}] = rest
  const message = createProtobufWriter()
  for (const input of inputs) message.text(1, input ?? '')
  for (const output of outputs) message.text(2, output)
  message.text(3, `make_${outputs[0]}`)
  message.text(4, operator)
  for (const [name, attribute] of Object.entries(attributes)) {
    message.message(5, attributeMessage(name, attribute))
  }
  if (domain) message.text(7, domain)
  return message
}

const attributeTypes = { float: 1, integer: 2, text: 3, floats: 6, integers: 7 } as const

function attributeMessage(name: string, attribute: Attribute): ProtobufWriter {
  const message = createProtobufWriter()
  message.text(1, name)
  if ('float' in attribute) message.float(2, attribute.float)
  if ('integer' in attribute) message.integer(3, attribute.integer)
  if ('text' in attribute) message.text(4, attribute.text)
  if ('floats' in attribute) for (const value of attribute.floats) message.float(7, value)
  if ('integers' in attribute) for (const value of attribute.integers) message.integer(8, value)
  const [kind] = Object.keys(attribute) as [keyof typeof attributeTypes]
  message.integer(20, attributeTypes[kind])
  return message
}

function tensorMessage(
  name: string,
  type: ElementType,
  shape: readonly number[],
  data: ElementArrays[ElementType],
): ProtobufWriter {
  const size = shape.reduce((product, dimension) => product * dimension, 1)
  if (size !== data.length) {
    throw new RangeError(`A constant of [${shape}] has ${size} elements, not ${data.length}.`)
  }
  const message = createProtobufWriter()
  for (const dimension of shape) message.integer(1, dimension)
  message.integer(2, elementCodes[type])
  message.text(8, name)
  message.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return message
}

function valueMessage(name: string, type: ElementType, shape: Shape): ProtobufWriter {
  const dimensions = createProtobufWriter()
  for (const size of shape) {
    const dimension = createProtobufWriter()
    if (typeof size === 'number') dimension.integer(1, size)
    else dimension.text(2, size)
    dimensions.message(1, dimension)
  }
  const tensor = createProtobufWriter()
  tensor.integer(1, elementCodes[type])
  tensor.message(2, dimensions)
  const kind = createProtobufWriter()
  kind.message(1, tensor)
  const value = createProtobufWriter()
  value.text(1, name)
  value.message(2, kind)
  return value
}
