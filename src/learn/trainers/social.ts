/**
 * The contrastive graph model with the friend graph: what people have is propagated between people and
 * items, and at the end each person's row takes in those of their friends (the social diffusion of
 * DiffNet, Wu et al., SIGIR 2019, and SocialLGN, Liao et al. 2022, as one step after the fit).
 */
import { KithError } from '../../errors.ts'
import { fitGraph } from '../graph/fit-graph.ts'
import { withFriends } from '../graph/friends-rows.ts'
import { graphTrainer } from '../graph/graph-trainer.ts'
import { softmaxObjective } from '../graph/softmax.ts'
import type { Tunable } from '../search/space.ts'
import type { Trainer } from '../trainer.ts'
import { type ContrastiveOptions, contrastiveDefaults, contrastiveSpace } from './contrastive.ts'

export interface SocialOptions extends ContrastiveOptions {
  /** What the mean of the friends' rows counts beside the person's own. */
  readonly tieWeight: number
}

/**
 * Chosen on one validation part of lastfm. Friends gain with exponents of .4 and lose with the .3 of
 * `contrastive` (docs/reference/graph-trainers.md). Ties as edges of the graph, tried first, took away.
 */
export const socialDefaults: SocialOptions = {
  ...contrastiveDefaults,
  into: 0.4,
  out: 0.4,
  tieWeight: 0.25,
}

export function socialTrainer(options: Partial<SocialOptions> = {}): Trainer {
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
      return await fitGraph(train, chosen, context, (scene) => {
        const objective = softmaxObjective(scene, chosen)
        return {
          ...objective,
          finish: (factors) => withFriends(objective.finish(factors), train, chosen.tieWeight),
        }
      })
    },
  })
}

export const socialTunable: Tunable = {
  name: 'social',
  defaults: { ...socialDefaults },
  space: { ...contrastiveSpace, tieWeight: { kind: 'real', from: 0.05, to: 1, isLog: true } },
  make: (options) => socialTrainer(options),
}
