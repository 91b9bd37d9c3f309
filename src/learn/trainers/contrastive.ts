/**
 * Graph embeddings learned by contrast: LightGCN's propagation under a sampled softmax on cosines, with
 * a temperature, which converges in tens of epochs (Wu et al., TOIS 2024; LightGCN++, RecSys 2024).
 */
import { fitGraph, type GraphOptions } from '../graph/fit-graph.ts'
import { graphTrainer } from '../graph/graph-trainer.ts'
import { type SoftmaxOptions, softmaxObjective } from '../graph/softmax.ts'
import type { Space, Tunable } from '../search/space.ts'
import type { Trainer } from '../trainer.ts'

export interface ContrastiveOptions extends GraphOptions, SoftmaxOptions {}

export const contrastiveDefaults: ContrastiveOptions = {
  width: 64,
  layers: 2,
  into: 0.3,
  out: 0.3,
  epochs: 30,
  patience: 8,
  stepsPerEpoch: 100,
  leastBatch: 4096,
  rate: 0.02,
  lastRate: 0.05,
  decay: 0,
  spread: 0.1,
  threads: 2,
  temperature: 0.12,
  group: 1024,
  negatives: 256,
}

export function contrastiveTrainer(options: Partial<ContrastiveOptions> = {}): Trainer {
  const chosen = { ...contrastiveDefaults, ...options }
  return graphTrainer({
    name: 'contrastive',
    knowsStrangers: false,
    learn: (train, context) =>
      fitGraph(train, chosen, context, (scene) => softmaxObjective(scene, chosen)),
  })
}

export const contrastiveSpace: Space = {
  layers: { kind: 'whole', from: 1, to: 3 },
  into: { kind: 'real', from: 0.1, to: 0.6 },
  out: { kind: 'real', from: 0.1, to: 0.6 },
  rate: { kind: 'real', from: 0.003, to: 0.05, isLog: true },
  temperature: { kind: 'real', from: 0.05, to: 0.3, isLog: true },
  negatives: { kind: 'choice', values: [128, 256, 512] },
  epochs: { kind: 'whole', from: 5, to: 40, isLog: true },
}

export const contrastiveTunable: Tunable = {
  name: 'contrastive',
  defaults: { ...contrastiveDefaults },
  space: contrastiveSpace,
  make: (options) => contrastiveTrainer(options),
}
