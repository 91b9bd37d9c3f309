/**
 * The contrastive graph model with the friend graph in it: a person's row gathers their friends' rows
 * beside their items', layer by layer (as SocialLGN, Liao et al. 2022, with one graph in place of two).
 */
import { KithError } from '../../errors.ts'
import { fitGraph } from '../graph/fit-graph.ts'
import { graphTrainer } from '../graph/graph-trainer.ts'
import { softmaxObjective } from '../graph/softmax.ts'
import type { Tunable } from '../space.ts'
import type { Trainer } from '../trainer.ts'
import { type ContrastiveOptions, contrastiveDefaults, contrastiveSpace } from './contrastive.ts'

export const socialDefaults: ContrastiveOptions = { ...contrastiveDefaults, tieWeight: 0.5 }

export function socialTrainer(options: Partial<ContrastiveOptions> = {}): Trainer {
  const chosen = { ...socialDefaults, ...options }
  return graphTrainer({
    name: 'social',
    knowsStrangers: true,
    async learn(train, context) {
      if (!train.ties) {
        throw new KithError(
          'invalid-input',
          'The row "social" needs ties between people: give a file of "user friend" lines with --social, or take the row "contrastive".',
        )
      }
      return await fitGraph(train, chosen, context, (scene) => softmaxObjective(scene, chosen))
    },
  })
}

export const socialTunable: Tunable = {
  name: 'social',
  defaults: { ...socialDefaults },
  space: { ...contrastiveSpace, tieWeight: { kind: 'real', from: 0.05, to: 2, isLog: true } },
  make: (options) => socialTrainer(options),
}
