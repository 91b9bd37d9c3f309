/**
 * Graph embeddings learned by contrast: LightGCN's propagation under a sampled softmax on cosines, with
 * a temperature, which converges in tens of epochs (Wu et al., TOIS 2024; LightGCN++, RecSys 2024).
 */
import { fitGraph, type GraphOptions } from '../graph/fit-graph.ts'
import { graphTrainer } from '../graph/graph-trainer.ts'
import { type SoftmaxOptions, softmaxObjective } from '../graph/softmax.ts'
import type { Trainer } from '../trainer.ts'

export interface ContrastiveOptions extends GraphOptions, SoftmaxOptions {}

export const contrastiveDefaults: ContrastiveOptions = {
  width: 64,
  layerWeights: [1 / 3, 1 / 3, 1 / 3],
  into: 0.5,
  out: 0.5,
  tieWeight: 0,
  epochs: 40,
  patience: 8,
  batch: 4096,
  rate: 0.01,
  lastRate: 0.1,
  decay: 0,
  spread: 0.1,
  threads: 1,
  temperature: 0.15,
  negatives: 512,
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
