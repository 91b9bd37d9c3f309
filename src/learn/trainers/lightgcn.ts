/**
 * LightGCN (He et al., SIGIR 2020): embeddings that are means over neighbours of neighbours, nothing
 * else, learned by pairwise ranking.
 */
import { fitGraph, type GraphOptions } from '../graph/fit-graph.ts'
import { graphTrainer } from '../graph/graph-trainer.ts'
import { pairwiseObjective } from '../graph/pairwise.ts'
import type { Trainer } from '../trainer.ts'

/** Of the paper: 3 layers that count alike, 64 wide, symmetric normalisation. */
export const lightgcnDefaults: GraphOptions = {
  width: 64,
  layerWeights: [0.25, 0.25, 0.25, 0.25],
  into: 0.5,
  out: 0.5,
  tieWeight: 0,
  epochs: 60,
  patience: 10,
  batch: 2048,
  rate: 0.005,
  lastRate: 0.1,
  decay: 0.01,
  spread: 0.1,
  threads: 1,
}

export function lightgcnTrainer(options: Partial<GraphOptions> = {}): Trainer {
  const chosen = { ...lightgcnDefaults, ...options }
  return graphTrainer({
    name: 'lightgcn',
    knowsStrangers: false,
    learn: (train, context) => fitGraph(train, chosen, context, pairwiseObjective),
  })
}
