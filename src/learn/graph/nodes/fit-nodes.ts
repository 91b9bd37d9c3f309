/**
 * Vectors of the nodes of a graph, learned by finding hidden ties among strangers. Each node has a row
 * of its own and, where something is known of it, its features through one learned map; rows travel
 * over the ties that are not asked for (LightGCN, He et al. 2020, eq. 7–8, with features), and a softmax
 * over a tie and nodes by lot moves both.
 */
import type { PackedFactor } from '../../../kernel/learning/dense.ts'
import type { LearningKernel } from '../../../kernel/learning-kernel.ts'
import type { Table } from '../../../kernel/learning-memory.ts'
import { degreeOf, type Graph } from '../../../math/graph.ts'
import { normal, type Random, shuffle } from '../../../math/random.ts'
import type { Pairs } from '../../links/links.ts'
import type { FitContext } from '../../trainer.ts'
import { type MaskedTies, maskedTies } from './masked-ties.ts'
import { type NodeFeatures, type NodeModel, standingOf, standingWidth } from './node-model.ts'
import { drawSamples, type SampleOptions, type Samples } from './node-samples.ts'

export interface NodeOptions extends SampleOptions {
  /** Numbers per node, a multiple of 8. */
  readonly width: number
  /** How far rows travel. */
  readonly layers: number
  /** Exponent of the degrees; 1/2 is LightGCN's. */
  readonly into: number
  readonly epochs: number
  /** Of the ties, hidden from one epoch's propagation and asked for in it. */
  readonly askedShare: number
  /** Steps an epoch is cut into, but none of fewer ties than `leastBatch`. */
  readonly stepsPerEpoch: number
  readonly leastBatch: number
  /** Of Adam; falls by a cosine to nearly nothing. */
  readonly rate: number
  readonly decay: number
  readonly temperature: number
  /** Standard deviation of the rows at the start. */
  readonly spread: number
}

export const nodeDefaults: NodeOptions = {
  ...{ width: 64, layers: 3, into: 0.5, epochs: 50, askedShare: 0.2 },
  ...{ stepsPerEpoch: 4, leastBatch: 1_024, negatives: 16, near: 0 },
  ...{ rate: 0.05, decay: 3, temperature: 1, spread: 0.05 },
}

export type NodeContext = Pick<FitContext, 'random' | 'signal' | 'progress' | 'report' | 'breathe'>

export interface NodeFit {
  readonly kernel: LearningKernel
  readonly graph: Graph
  readonly features?: NodeFeatures | undefined
  readonly options?: Partial<NodeOptions> | undefined
}

/** Tables of one fit; all but the map's are [nodes × width]. */
interface Fit {
  readonly kernel: LearningKernel
  readonly graph: Graph
  readonly options: NodeOptions
  readonly context: NodeContext
  readonly ties: MaskedTies
  readonly rows: Learned
  readonly map: Learned & Inputs
  /** A node by itself: its row and its features. */
  readonly first: Table
  /** Layers on the way, and back. */
  readonly spare: readonly [Table, Table]
  /** Sum of all layers, and the gradient there. */
  readonly final: Table
  readonly slope: Table
  /** Who asks and whom they choose from, for the longest batch so far. */
  room: Samples
}

/** A table that moves. */
interface Learned {
  readonly values: Table
  readonly gradient: Table
  readonly moments: { readonly mean: Table; readonly square: Table }
}

interface Inputs {
  /** [nodes × featureWidth] */
  readonly features: Table
  /** [featureWidth × nodes] */
  readonly turned: Table
  /** The map and the rows' gradient as right factors, laid out anew at each step. */
  packed?: PackedFactor | undefined
  slopes?: PackedFactor | undefined
}

export async function fitNodes(asked: NodeFit, context: NodeContext): Promise<NodeModel> {
  const fit = await prepare(asked, context)
  const { options, ties } = fit
  let step = 0
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    context.progress?.(epoch, options.epochs)
    await drawTies(fit, options.askedShare, context.random)
    const batches = batchesOf(ties.asked, options, context.random)
    let loss = 0
    for (const [n, batch] of batches.entries()) {
      context.signal?.throwIfAborted()
      const done = (epoch + n / batches.length) / options.epochs
      loss += await runStep(fit, batch, { step: ++step, done })
      await context.breathe?.()
    }
    context.report?.('loss', epoch + 1, loss / Math.max(1, batches.length))
  }
  context.progress?.(options.epochs, options.epochs)
  return modelOf(fit)
}

async function prepare(
  { kernel, graph, features, options: given }: NodeFit,
  context: NodeContext,
): Promise<Fit> {
  const options = { ...nodeDefaults, ...given }
  const table = (): Table => kernel.table(graph.size, options.width)
  const rows = learned(kernel, graph.size, options.width)
  fillNormal(rows.values, options.spread, context.random)
  return {
    ...{ kernel, graph, options, context, rows },
    ties: maskedTies(kernel, graph, options.into),
    map: await prepareMap(kernel, graph.size, features, options, context.random),
    ...{ first: table(), spare: [table(), table()], final: table(), slope: table() },
    room: { anchors: kernel.integers([]), choices: kernel.integers([]) },
  }
}

async function prepareMap(
  kernel: LearningKernel,
  nodes: number,
  given: NodeFeatures | undefined,
  { width, spread }: NodeOptions,
  random: Random,
): Promise<Learned & Inputs> {
  const known = given?.width ?? 0
  const featureWidth = known + standingWidth
  const features = plainTable(kernel, nodes, featureWidth)
  for (let node = 0; node < nodes; node++) {
    const row = given?.values.subarray(node * known, (node + 1) * known) ?? []
    features.values.set(row, node * featureWidth)
  }
  const map = learned(kernel, featureWidth, width)
  fillNormal(map.values, spread, random)
  return { ...map, features, turned: plainTable(kernel, featureWidth, nodes) }
}

/** Draws which ties are asked for; how many are left to each node is one of its features. */
async function drawTies({ kernel, graph, ties, map }: Fit, share: number, random: Random) {
  ties.draw(share, random)
  const { features, turned } = map
  for (let node = 0; node < graph.size; node++) {
    const end = (node + 1) * features.width
    standingOf(ties.degrees[node]!, features.values.subarray(end - standingWidth, end))
  }
  await kernel.transpose(features, turned)
}

/** Not rounded up in width, for products. */
function plainTable(kernel: LearningKernel, rows: number, width: number): Table {
  return { rows, width, values: kernel.floats(rows * width) }
}

function learned(kernel: LearningKernel, rows: number, width: number): Learned {
  const table = (): Table => kernel.table(rows, width)
  return { values: table(), gradient: table(), moments: { mean: table(), square: table() } }
}

function fillNormal({ values }: Table, spread: number, random: Random): void {
  for (let at = 0; at < values.length; at++) values[at] = spread * normal(random)
}

/** Ties in a new order, in batches of about equal size. */
function batchesOf({ from, to }: Pairs, options: NodeOptions, random: Random): Pairs[] {
  const { stepsPerEpoch, leastBatch } = options
  const order = shuffle(random, Int32Array.from(from.keys()))
  const wanted = Math.max(leastBatch, Math.ceil(order.length / stepsPerEpoch))
  const count = Math.max(1, Math.round(order.length / wanted))
  const length = Math.ceil(order.length / count)
  const batches: Pairs[] = []
  for (let start = 0; start < order.length; start += length) {
    const places = order.subarray(start, start + length)
    batches.push({ from: places.map((at) => from[at]!), to: places.map((at) => to[at]!) })
  }
  return batches
}

async function runStep(
  fit: Fit,
  batch: Pairs,
  { step, done }: { readonly step: number; readonly done: number },
): Promise<number> {
  const { kernel, graph, options, context, final, slope } = fit
  await forward(fit)
  await kernel.scaleBy(slope, 0)
  const samples = samplesOf(fit, batch.from.length)
  drawSamples(graph, batch, options, context.random, samples)
  const tables = { users: final, items: final, userGradient: slope, itemGradient: slope }
  const loss = await kernel.sampledLoss(
    { users: samples.anchors, items: samples.choices },
    tables,
    { kind: 'softmax', temperature: options.temperature },
  )
  await backward(fit)
  const rate = options.rate * (0.01 + 0.495 * (1 + Math.cos(Math.PI * done)))
  for (const table of [fit.rows, fit.map]) {
    const moved = { step, rate, decay: options.decay }
    await kernel.adam(table.values, table.gradient, table.moments, moved)
  }
  return loss
}

/** final = Σ_l 1/(layers + 1) Â^l (E + X W) */
async function forward(fit: Fit): Promise<void> {
  const { kernel, rows, map, first, final, options } = fit
  await kernel.scaleBy(first, 0)
  await kernel.addScaled(first, rows.values, 1)
  map.packed = await kernel.pack(map.values, { into: map.packed })
  await kernel.multiply(map.features, map.packed, first, { isAdding: true })
  await spread(fit, first, final, options.layers)
}

/** The way back is the way there, since  is symmetric. */
async function backward(fit: Fit): Promise<void> {
  const { kernel, rows, map, slope, options } = fit
  await spread(fit, slope, rows.gradient, options.layers)
  map.slopes = await kernel.pack(rows.gradient, { into: map.slopes })
  await kernel.multiply(map.turned, map.slopes, map.gradient)
}

async function spread(
  { kernel, ties, spare }: Pick<Fit, 'kernel' | 'ties' | 'spare'>,
  from: Table,
  out: Table,
  layers: number,
): Promise<void> {
  const weight = 1 / (layers + 1)
  await kernel.scaleBy(out, 0)
  await kernel.addScaled(out, from, weight)
  let at = from
  for (let layer = 0; layer < layers; layer++) {
    const next = spare[layer % 2]!
    await kernel.sparseDense(ties.matrix, at, next)
    await kernel.addScaled(out, next, weight)
    at = next
  }
}

/** Views of memory that is used again: what the kernel hands out it takes back only as a whole. */
function samplesOf(fit: Fit, count: number): Samples {
  const each = 1 + fit.options.negatives
  if (fit.room.anchors.length < count) {
    const [anchors, choices] = [new Int32Array(count), new Int32Array(count * each)]
    fit.room = { anchors: fit.kernel.integers(anchors), choices: fit.kernel.integers(choices) }
  }
  const { anchors, choices } = fit.room
  return { anchors: anchors.subarray(0, count), choices: choices.subarray(0, count * each) }
}

/** With every tie carrying again. */
async function modelOf(fit: Fit): Promise<NodeModel> {
  const { graph, ties, rows, map, first, final, options } = fit
  await drawTies(fit, 0, fit.context.random)
  await forward(fit)
  const { width, layers, into } = options
  await spread(fit, first, final, layers - 1)
  const weight = 1 / (layers + 1)
  // `spread` gave each of its layers 1/layers.
  const ofGiven = weight * layers
  const given = Float32Array.from(final.values, (value, at) => {
    return value * ofGiven * ties.scale[Math.floor(at / width)]!
  })
  const own = Float32Array.from(rows.values.values, (value, at) =>
    // A node without ties was never moved: its row is chance.
    degreeOf(graph, Math.floor(at / width)) === 0 ? 0 : weight * value,
  )
  return {
    ...{ width, into, own, given },
    featureWidth: map.features.width - standingWidth,
    map: Float32Array.from(map.values.values, (value) => weight * value),
  }
}
