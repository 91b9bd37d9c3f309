/** Where an encoder's graph takes its weights from: as they are, adapted by LoRA, or trained whole. */
import { constant, type Expression, parameter } from '../../tensor/expression.ts'
import { normal, zeros } from '../../tensor/initial.ts'
import { add } from '../../tensor/operations/arithmetic.ts'
import { dropout } from '../../tensor/operations/dropout.ts'
import { matmul } from '../../tensor/operations/matmul.ts'
import { roundedLinear } from '../../tensor/operations/rounded.ts'
import type { Parameters } from '../../tensor/trainer.ts'
import { type NetworkTensor, type TextNetwork, tensorOf } from './text-network.ts'

export interface Layers {
  /** x Wᵀ + b of `path.weight` and `path.bias` */
  linear(path: string, x: Expression): Expression
  weight(path: string): Expression
}

/** The linear layers of a BERT layer. */
export const projections = {
  query: 'attention.self.query',
  key: 'attention.self.key',
  value: 'attention.self.value',
  output: 'attention.output.dense',
  wide: 'intermediate.dense',
  narrow: 'output.dense',
} as const
export type Projection = keyof typeof projections

/** What of an encoder is trained. */
export type Tuning =
  /** Nothing: only what stands on top of it. */
  { readonly kind: 'head' } | LoraTuning | FullTuning

/** Low-rank adaptation (Hu et al. 2022, eq. 3): W + alpha / rank · (A B)ᵀ, A and B trained. */
export interface LoraTuning {
  readonly kind: 'lora'
  readonly rank: number
  readonly alpha: number
  readonly on: readonly Projection[]
  /** Of what goes into A. */
  readonly dropout: number
  /** Layers below this one stay as they are. */
  readonly from: number
}

export interface FullTuning {
  readonly kind: 'full'
  /** Layers below this one stay as they are. */
  readonly from: number
  /** The table of words too: its rows of a batch, outside the graph. */
  readonly words: boolean
}

export interface LayersOptions {
  /** Products with weights that stay are worked out in eight bits, in twice the speed. Default: false. */
  readonly rounds?: boolean | undefined
}

/** One expression per weight, however often it is asked for. */
export function layersOf(
  network: TextNetwork,
  tuning: Tuning,
  { rounds = false }: LayersOptions = {},
): Layers {
  const known = new Map<string, Expression>()
  const once = (path: string, make: () => Expression): Expression => {
    const found = known.get(path) ?? make()
    known.set(path, found)
    return found
  }
  const weight = (path: string): Expression =>
    once(path, () => leafOf(path, tensorOf(network, path), tuning))
  const plainProduct = (path: string, x: Expression): Expression => {
    if (!rounds || isTrained(path, tuning))
      return matmul(x, weight(`${path}.weight`), { transposeB: true })
    const { shape, data } = tensorOf(network, `${path}.weight`)
    return roundedLinear(x, { values: data, outputs: shape[0]!, inputs: shape[1]! })
  }
  return {
    weight,
    linear(path, x) {
      const y = add(plainProduct(path, x), weight(`${path}.bias`))
      if (!isAdapted(path, tuning)) return y
      const [outputs, inputs] = tensorOf(network, `${path}.weight`).shape as [number, number]
      const { rank, alpha, dropout: rate } = tuning
      const a = once(`${path}.a`, () =>
        parameter(`${path}.a`, [inputs, rank], normal(1 / Math.sqrt(inputs))),
      )
      const b = once(`${path}.b`, () => parameter(`${path}.b`, [rank, outputs], zeros))
      return add(y, matmul(matmul(dropout(x, rate), a), b, { scale: alpha / rank }))
    },
  }
}

function leafOf(path: string, { shape, data }: NetworkTensor, tuning: Tuning): Expression {
  if (!isTrained(path, tuning)) return constant(shape, data)
  return parameter(path, shape, () => data, { decays: shape.length > 1 })
}

function isTrained(path: string, tuning: Tuning): boolean {
  return tuning.kind === 'full' && (tuning.from === 0 || layerOf(path) >= tuning.from)
}

/** 0 and more in a layer, -1 for the embeddings' norm. */
function layerOf(path: string): number {
  return Number(/^encoder\.layer\.(\d+)\./.exec(path)?.[1] ?? -1)
}

function isAdapted(path: string, tuning: Tuning): tuning is LoraTuning {
  return (
    tuning.kind === 'lora' &&
    layerOf(path) >= tuning.from &&
    tuning.on.some((name) => path.endsWith(`.${layerOf(path)}.${projections[name]}`))
  )
}

/** What was learned put into plain weights: the network that gives the same vectors without help. */
export function merged(network: TextNetwork, tuning: Tuning, learned: Parameters): TextNetwork {
  const tensors = Object.entries(network.tensors).map(([path, tensor]) => {
    const whole = learned[path]
    if (whole) return [path, { ...tensor, data: whole.slice() }]
    const base = path.replace(/\.weight$/, '')
    const [a, b] = [learned[`${base}.a`], learned[`${base}.b`]]
    if (!(a && b && tuning.kind === 'lora')) return [path, tensor]
    return [path, addedLow(tensor, a, b, tuning)]
  })
  return { ...network, tensors: Object.fromEntries(tensors) }
}

/** @param a [inputs × rank] @param b [rank × outputs] */
function addedLow(
  { shape, data }: NetworkTensor,
  a: Float32Array,
  b: Float32Array,
  { rank, alpha }: LoraTuning,
): NetworkTensor {
  const [outputs, inputs] = shape as [number, number]
  const sum = data.slice()
  for (let output = 0; output < outputs; output++) {
    for (let k = 0; k < rank; k++) {
      const share = (alpha / rank) * b[k * outputs + output]!
      for (let n = 0; n < inputs; n++) sum[output * inputs + n]! += share * a[n * rank + k]!
    }
  }
  return { shape, data: sum }
}
