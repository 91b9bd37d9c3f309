/**
 * LightGCN (He et al., SIGIR 2020): embeddings that are means over neighbours of neighbours, nothing
 * else, learned by pairwise ranking.
 */
import { fitGraph, type GraphOptions } from '../graph/fit-graph.ts'
import { graphTrainer } from '../graph/graph-trainer.ts'
import { pairwiseObjective } from '../graph/pairwise.ts'
import type { Tunable } from '../search/space.ts'
import type { Trainer } from '../trainer.ts'

/** Of the paper: 3 layers that count alike, 64 wide, symmetric normalisation. */
export const lightgcnDefaults: GraphOptions = {
  width: 64,
  layers: 3,
  into: 0.5,
  out: 0.5,
  epochs: 60,
  patience: 10,
  stepsPerEpoch: 100,
  leastBatch: 512,
  rate: 0.005,
  lastRate: 0.1,
  decay: 0.01,
  spread: 0.1,
  threads: 2,
}

export function lightgcnTrainer(options: Partial<GraphOptions> = {}): Trainer {
  const chosen = { ...lightgcnDefaults, ...options }
  return graphTrainer({
    name: 'lightgcn',
    knowsStrangers: false,
    learn: (train, context) => fitGraph(train, chosen, context, pairwiseObjective),
  })
}

export const lightgcnTunable: Tunable = {
  name: 'lightgcn',
  defaults: { ...lightgcnDefaults },
  space: {
    layers: { kind: 'whole', from: 1, to: 4 },
    rate: { kind: 'real', from: 0.001, to: 0.03, isLog: true },
    decay: { kind: 'real', from: 0.0001, to: 0.3, isLog: true },
    epochs: { kind: 'whole', from: 10, to: 100, isLog: true },
  },
  make: (options) => lightgcnTrainer(options),
}
