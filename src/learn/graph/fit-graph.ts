/**
 * The loop that every graph trainer runs: embeddings of all nodes, propagated over the graph, moved
 * by Adam along the gradient of a loss on batches of interactions.
 */
import { type LearningKernel, openLearningKernel } from '../../kernel/learning-kernel.ts'
import type { Table } from '../../kernel/learning-memory.ts'
import { integer, normal, type Random, seededRandom } from '../../math/random.ts'
import { type Dataset, size } from '../data/dataset.ts'
import type { FitContext } from '../trainer.ts'
import type { Factors } from '../trainers/factor-model.ts'
import { adjacencyOf, nodesOf } from './adjacency.ts'
import { type Batch, epochBatches } from './batches.ts'
import { createPropagation, type Propagation } from './propagation.ts'
import { type FitState, keepState, restoreState } from './state.ts'
import { createValidation, type Validate } from './validation.ts'

export interface GraphOptions {
  /** Numbers per node, a multiple of 8. */
  readonly width: number
  /** How far rows travel; all layers and the nodes' own rows count alike. */
  readonly layers: number
  /** Exponents of the degrees (see `adjacency.ts`). */
  readonly into: number
  readonly out: number
  /** The most; fewer when the gain on the validation part stops rising. */
  readonly epochs: number
  /** Epochs without a better gain on the validation part after which to stop. */
  readonly patience: number
  /** An epoch is so many batches … */
  readonly stepsPerEpoch: number
  /** … each of at least so many interactions: small data has shorter epochs, not noisier steps. */
  readonly leastBatch: number
  /** Of Adam; falls by a cosine to `lastRate` times that at the last of all epochs. */
  readonly rate: number
  readonly lastRate: number
  /** Shrinking of the embeddings at each step, times the rate (AdamW). */
  readonly decay: number
  /** Standard deviation of the embeddings at the start. */
  readonly spread: number
  readonly threads: number
}

/** What a loss works on. Node numbers: person u is u, item i is people + i. */
export interface Scene {
  readonly kernel: LearningKernel
  readonly train: Dataset
  /** Interactions per step. */
  readonly batch: number
  /** [nodes × width] after propagation */
  readonly final: Table
  /** [nodes × width] cleared before each batch; losses add to it. */
  readonly gradient: Table
}

export interface Objective {
  /** Adds the gradient of the mean loss of a batch; returns that loss. */
  step(batch: Batch, random: Random): Promise<number>
  /** How the final rows serve in an inner product, in place. */
  finish?(embeddings: Factors): Factors
}

interface Fit extends Scene {
  readonly options: GraphOptions
  readonly propagation: Propagation
  readonly objective: Objective
  readonly state: FitState
  readonly context: FitContext
  /** Undefined without a validation part. */
  readonly validate: Validate | undefined
  readonly stepsPerEpoch: number
}

/** @param createObjective gets the scene once; its tables live as long as the fit */
export async function fitGraph(
  train: Dataset,
  options: GraphOptions,
  context: FitContext,
  createObjective: (scene: Scene) => Objective,
): Promise<Factors> {
  const kernel = openLearningKernel({ threads: options.threads, ...context.machine })
  try {
    const nodes = nodesOf(train)
    const { width } = options
    const { valid } = context
    const isValidated = valid !== undefined && size(valid) > 0
    const scene: Scene = {
      kernel,
      train,
      batch: batchOf(size(train), options),
      final: kernel.table(nodes, width),
      gradient: kernel.table(nodes, width),
    }
    const fit: Fit = {
      ...scene,
      options,
      context,
      propagation: createPropagation(kernel, adjacencyOf(train, options), layerWeights(options)),
      objective: createObjective(scene),
      validate: isValidated ? createValidation(kernel, train, valid, width) : undefined,
      state: createState(kernel, nodes, options, context.random),
      stepsPerEpoch: Math.ceil(size(train) / scene.batch),
    }
    await restoreState(fit.state, context.checkpoint)
    await runEpochs(fit)
    return fit.state.best ?? (await currentEmbeddings(fit))
  } finally {
    await kernel.close()
  }
}

function layerWeights({ layers }: GraphOptions): number[] {
  return Array.from({ length: layers + 1 }, () => 1 / (layers + 1))
}

function batchOf(interactions: number, { stepsPerEpoch, leastBatch }: GraphOptions): number {
  return Math.min(interactions, Math.max(leastBatch, Math.ceil(interactions / stepsPerEpoch)))
}

function createState(
  kernel: LearningKernel,
  nodes: number,
  { width, spread }: GraphOptions,
  random: Random,
): FitState {
  const weights = kernel.table(nodes, width)
  for (let at = 0; at < weights.values.length; at++) weights.values[at] = spread * normal(random)
  const moments = { mean: kernel.table(nodes, width), square: kernel.table(nodes, width) }
  // Every epoch has its own chance, so that a fit that goes on after a kill draws the same.
  const seed = integer(random, 0, 2 ** 31)
  return { weights, moments, seed, epoch: 0, bestEpoch: 0, bestGain: -Infinity, best: undefined }
}

async function runEpochs(fit: Fit): Promise<void> {
  const { state, options, context } = fit
  while (state.epoch < options.epochs) {
    context.progress?.(state.epoch, options.epochs)
    const loss = await runEpoch(fit)
    state.epoch += 1
    context.report?.('loss', state.epoch, loss)
    await judge(fit)
    await keepState(state, context.checkpoint)
    if (fit.validate && state.epoch - state.bestEpoch >= options.patience) break
  }
  context.progress?.(options.epochs, options.epochs)
}

/** @returns the mean loss */
async function runEpoch(fit: Fit): Promise<number> {
  const { state, train, batch: length, context, stepsPerEpoch } = fit
  const random = seededRandom(state.seed + state.epoch)
  let sum = 0
  let step = state.epoch * stepsPerEpoch
  for (const batch of epochBatches(train.interactions, length, random)) {
    context.signal?.throwIfAborted()
    step += 1
    sum += await runStep(fit, batch, random, step)
  }
  return sum / stepsPerEpoch
}

async function runStep(fit: Fit, batch: Batch, random: Random, step: number): Promise<number> {
  const { kernel, propagation, objective, state, final, gradient, options, stepsPerEpoch } = fit
  await propagation.forward(state.weights, final)
  await kernel.scaleBy(gradient, 0)
  const loss = await objective.step(batch, random)
  // The final rows have done their work in this step: their table takes the gradient of the weights.
  await propagation.backward(gradient, final)
  const rate = cosineRate(step / (stepsPerEpoch * options.epochs), options)
  const { decay } = options
  await kernel.adam(state.weights, final, state.moments, { step, rate, decay })
  return loss
}

function cosineRate(done: number, { rate, lastRate }: GraphOptions): number {
  return rate * (lastRate + (1 - lastRate) * 0.5 * (1 + Math.cos(Math.PI * done)))
}

/** Keeps the embeddings of the best epoch, where a validation part says which that is. */
async function judge(fit: Fit): Promise<void> {
  const { state, context } = fit
  if (!fit.validate) return
  const embeddings = await currentEmbeddings(fit)
  const gain = await fit.validate(embeddings)
  context.report?.('valid ndcg@10', state.epoch, gain)
  if (gain <= state.bestGain) return
  state.bestGain = gain
  state.bestEpoch = state.epoch
  state.best = embeddings
}

async function currentEmbeddings(fit: Fit): Promise<Factors> {
  const { propagation, state, final, train, options, objective } = fit
  await propagation.forward(state.weights, final)
  const { width } = options
  const people = train.users.size
  const embeddings = {
    width,
    users: Float32Array.from(final.values.subarray(0, people * width)),
    items: Float32Array.from(final.values.subarray(people * width)),
  }
  return objective.finish?.(embeddings) ?? embeddings
}
