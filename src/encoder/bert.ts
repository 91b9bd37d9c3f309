/**
 * Builds the ONNX graph of a BERT text encoder from its weights: tokens in, one vector a text out
 * (mean of the tokens, then length one). In brackets: B texts of a batch, S tokens, H width.
 */
import { KithError } from '../errors.ts'
import { floatLinear, int8Linear, type Linear } from '../tensor/linear.ts'
import { createGraph, type Graph, type Value } from '../tensor/onnx.ts'
import { alignedCopy, floatsOf, type StoredTensor } from '../tensor/safetensors.ts'

export interface BertOptions {
  readonly layers: number
  readonly heads: number
  readonly epsilon: number
  /**
   * `int8` is about twice as fast; beside floats the mean cosine on 256 tweets is .9966 (least
   * .992), on texts under ten tokens .994 (least .97).
   */
  readonly precision: 'float' | 'int8'
}

interface Builder {
  readonly graph: Graph
  readonly options: BertOptions
  readonly linear: Linear
  readonly width: number
  stored(name: string): StoredTensor
}

const fused = { domain: 'com.microsoft' } as const
const float32Code = { to: { integer: 1 } }
const int32Code = { to: { integer: 6 } }

/**
 * Inputs `ids` int64 [B, S] and `mask` int32 [B, S], ones before zeros; output `embedding` [B, H].
 * @param tensors named as by Hugging Face's BertModel
 */
export function buildBert(
  tensors: ReadonlyMap<string, StoredTensor>,
  options: BertOptions,
): Uint8Array {
  const builder = createBuilder(tensors, options)
  const { graph, width } = builder
  const ids = graph.input('ids', 'int64', ['B', 'S'])
  const mask = graph.input('mask', 'int32', ['B', 'S'])
  const lengths = graph.node(
    'Cast',
    [graph.node('ReduceSum', [mask, integers(graph, 1)], { keepdims: { integer: 0 } })],
    int32Code,
  )
  let x = embedTokens(builder, ids)
  for (let layer = 0; layer < options.layers; layer++) {
    const attended = attend(builder, x, lengths, `encoder.layer.${layer}.attention`)
    x = think(builder, attended, `encoder.layer.${layer}`)
  }
  graph.output('embedding', meanDirection(graph, x, mask), 'float32', ['B', width])
  return graph.toBytes()
}

function createBuilder(tensors: ReadonlyMap<string, StoredTensor>, options: BertOptions): Builder {
  function stored(name: string): StoredTensor {
    const tensor = tensors.get(name)
    if (tensor) return tensor
    throw new KithError(
      'misconfigured',
      `The weights have no tensor "${name}": this is not a BERT encoder of ${options.layers} layers. Check the file.`,
    )
  }
  return {
    graph: createGraph('bert'),
    options,
    linear: options.precision === 'int8' ? int8Linear : floatLinear,
    width: stored('embeddings.word_embeddings.weight').shape[1] ?? 0,
    stored,
  }
}

/** Token + position + kind (always the first), normalised: [B, S, H]. */
function embedTokens(builder: Builder, ids: Value): Value {
  const { graph, width, stored } = builder
  const positions = stored('embeddings.position_embeddings.weight')
  const places = floatsOf(positions)
  const kinds = floatsOf(stored('embeddings.token_type_embeddings.weight'))
  for (let at = 0; at < places.length; at++) {
    places[at] = (places[at] ?? 0) + (kinds[at % width] ?? 0)
  }
  const length = graph.node('Shape', [ids], { start: { integer: 1 } })
  const used = graph.node('Slice', [
    graph.constant('float32', positions.shape, places),
    integers(graph, 0),
    length,
    integers(graph, 0),
  ])
  const tokens = gatherTokens(builder, ids)
  return normalize(builder, graph.node('Add', [tokens, used]), 'embeddings.LayerNorm')
}

/** Half the weights are this table: halves stay halves, and only the rows in use become floats. */
function gatherTokens({ graph, stored }: Builder, ids: Value): Value {
  const table = stored('embeddings.word_embeddings.weight')
  if (table.type === 'F16') {
    const halves = new Uint16Array(alignedCopy(table.bytes))
    const rows = graph.node('Gather', [graph.constant('float16', table.shape, halves), ids])
    return graph.node('Cast', [rows], float32Code)
  }
  return graph.node('Gather', [graph.constant('float32', table.shape, floatsOf(table)), ids])
}

/** Tokens look at each other; what they saw is added to what they were. */
function attend(builder: Builder, x: Value, lengths: Value, path: string): Value {
  const { graph, width, options } = builder
  const parts = ['query', 'key', 'value'].map((part) => `${path}.self.${part}`)
  const weight = { values: joined(builder, parts, 'weight'), outputs: 3 * width, inputs: width }
  const together = builder.linear(graph, x, weight)
  const axis = { axis: { integer: -1 }, num_outputs: { integer: 3 } }
  const { q, k, v } = graph.nodeOf(['q', 'k', 'v'], 'Split', [together], axis)
  const biases = graph.constant('float32', [3 * width], joined(builder, parts, 'bias'))
  const seen = graph.node(
    'MultiHeadAttention',
    [q, k, v, biases, lengths],
    { num_heads: { integer: options.heads } },
    fused,
  )
  const result = addBias(
    builder,
    project(builder, seen, `${path}.output.dense`),
    `${path}.output.dense`,
  )
  return normalize(builder, graph.node('Add', [result, x]), `${path}.output.LayerNorm`)
}

/** Each token by itself through a wider layer and back; added to what it was. */
function think(builder: Builder, x: Value, path: string): Value {
  const { graph } = builder
  const wide = `${path}.intermediate.dense`
  const narrow = `${path}.output.dense`
  const hidden = graph.node('Gelu', [addBias(builder, project(builder, x, wide), wide)])
  const result = addBias(builder, project(builder, hidden, narrow), narrow)
  return normalize(builder, graph.node('Add', [result, x]), `${path}.output.LayerNorm`)
}

function project(builder: Builder, x: Value, path: string): Value {
  const tensor = builder.stored(`${path}.weight`)
  const [outputs = 0, inputs = 0] = tensor.shape
  return builder.linear(builder.graph, x, { values: floatsOf(tensor), outputs, inputs })
}

function addBias({ graph, stored }: Builder, x: Value, path: string): Value {
  const tensor = stored(`${path}.bias`)
  return graph.node('Add', [x, graph.constant('float32', tensor.shape, floatsOf(tensor))])
}

function normalize({ graph, stored, options }: Builder, x: Value, path: string): Value {
  const [scale, shift] = ['weight', 'bias'].map((part) => {
    const tensor = stored(`${path}.${part}`)
    return graph.constant('float32', tensor.shape, floatsOf(tensor))
  })
  return graph.node('LayerNormalization', [x, scale, shift], {
    axis: { integer: -1 },
    epsilon: { float: options.epsilon },
  })
}

/** [B, 1, S] · [B, S, H]: padding weighs nothing. A mean and a sum have the same direction. */
function meanDirection(graph: Graph, x: Value, mask: Value): Value {
  const row = graph.node('Unsqueeze', [mask, integers(graph, 1)])
  const sum = graph.node('MatMul', [graph.node('Cast', [row], float32Code), x])
  return graph.node('LpNormalization', [graph.node('Squeeze', [sum, integers(graph, 1)])], {
    axis: { integer: -1 },
    p: { integer: 2 },
  })
}

function joined({ stored }: Builder, paths: readonly string[], part: string): Float32Array {
  const pieces = paths.map((path) => floatsOf(stored(`${path}.${part}`)))
  const whole = new Float32Array(pieces.reduce((total, piece) => total + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function integers(graph: Graph, ...values: number[]): Value {
  return graph.constant('int64', [values.length], BigInt64Array.from(values, BigInt))
}
